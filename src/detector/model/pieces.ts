/** From two texts to what the encoder reads: [CLS] reply [SEP] post [SEP]. training/text.py does the same. */
import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';

/** Ids of pieces, and to which text each belongs: 0 the reply, 1 the post. Of one length. */
export type Pieces = { ids: readonly number[]; types: readonly number[] };

/** Pieces at most, with the three that part them. */
export const mostPieces = 160;
/** A reply of no more pieces than this is read whole; a post gives way to it. */
const leastReply = 96;
/** Of a text of more than two of these, in UTF-16 units, what lies between is not looked at. */
const mostText = 2_000;

export type Compose = (reply: string, post: string) => Pieces;

/** @param file a tokenizer.json without special pieces, so that nobody can write one. */
export function openPieces(file: string): Compose {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(file, 'utf8')), {});
  const idOf = (piece: string) => {
    const id = tokenizer.token_to_id(piece);
    if (id === undefined) throw new Error(`${file} has no piece ${piece}`);
    return id;
  };
  const [cls, sep] = [idOf('[CLS]'), idOf('[SEP]')];
  const idsOf = (text: string) =>
    text === '' ? [] : tokenizer.encode(parted(tidy(text)), { add_special_tokens: false }).ids;
  return (reply, post) => {
    const room = mostPieces - 3;
    const posted = idsOf(post);
    const first = cut(idsOf(reply), Math.max(leastReply, room - posted.length));
    const second = cut(posted, room - first.length);
    return {
      ids: [cls, ...first, sep, ...second, sep],
      types: [...new Array(first.length + 2).fill(0), ...new Array(second.length + 1).fill(1)],
    };
  };
}

/** The ends of a text, with straight quotation marks, and no letter more than twice in a row. */
export const tidy = (text: string): string =>
  ends(text)
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/(\p{L})\1{2,}/gu, '$1$1');

/** Rare Chinese signs are words of their own, as the common ones are. Python's tokenizer knows that, this one does not. */
const parted = (text: string): string =>
  text.replace(/[\u{20000}-\u{2A6DF}\u{2A700}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu, ' $& ');

/** What does not fit is left out before the last third: a long text turns to its point at its end. */
function cut(pieces: readonly number[], room: number): readonly number[] {
  if (pieces.length <= room) return pieces;
  const tail = Math.floor(room / 3);
  return [...pieces.slice(0, room - tail), ...pieces.slice(pieces.length - tail)];
}

const ends = (text: string): string =>
  // Half a sign at the cut becomes one that the tokenizer leaves out.
  text.length <= 2 * mostText ? text : `${text.slice(0, mostText)} ${text.slice(-mostText)}`.toWellFormed();
