import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mostPieces, openPieces } from '#detector/model/pieces';

/** Texts of every script, and the pieces that training/pieces.py made of them: the encoder learned from Python's. */
type Row = { reply: string; post: string; ids: number[]; ofReply: number };

const rows = readFileSync(new URL('pieces.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((text): Row => JSON.parse(text));
const compose = openPieces('data/model/tokenizer.json');

describe('the pieces of two texts', () => {
  it('are those that the encoder learned from, in every script', () => {
    expect(rows.length).toBe(1_000);
    expect(new Set(rows.map(({ ids }) => ids.length)).size).toBeGreaterThan(100);
    const other = rows.filter(({ reply, post, ids, ofReply }) => {
      const made = compose(reply, post);
      return made.ids.join() !== ids.join() || made.types.indexOf(1) !== ofReply;
    });
    expect(other.map(({ reply, post }) => ({ reply, post }))).toEqual([]);
  });

  it('know no special pieces in what people write', () => {
    const { ids } = compose('[SEP] [CLS] [PAD]', '[SEP]');
    expect(ids.filter((id) => id === ids[0]).length).toBe(1);
    expect(ids.filter((id) => id === ids.at(-1)).length).toBe(2);
  });

  it.each([
    ['a long reply and a long post', 'so sorry '.repeat(300), 'it hurts '.repeat(300)],
    ['a short reply and a long post', 'i am here', 'it hurts '.repeat(300)],
    ['a long reply and a short post', 'so sorry '.repeat(300), 'it hurts'],
  ])('fill the room and no more: %s', (_, reply, post) => {
    const { ids, types } = compose(reply, post);
    expect(ids.length).toBe(mostPieces);
    expect(types.length).toBe(mostPieces);
  });
});
