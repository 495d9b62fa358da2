import { describe, expect, it } from 'vitest';
import type { Heard } from '#nudge/heard';
import { type Draft, join, messagesOf, startDraft, takeText } from '#nudge/reply';

const message = (id: string, text: string): Heard => ({
  id,
  guild: 'harbour',
  channel: 'support',
  author: 'ben',
  at: 1000 + Number(id),
  text,
});

function draftOf(...[first, ...others]: [Heard, ...Heard[]]): Draft {
  const draft = startDraft(first, { channel: 'support', id: '1' });
  for (const other of others) join(draft, other);
  return draft;
}

describe('a reply of several messages', () => {
  it('is in the order of writing and as old as its first message', () => {
    const draft = draftOf(message('20', 'two'), message('30', 'three'), message('9', 'one'));
    expect(messagesOf(draft)).toEqual(['9', '20', '30']);
    expect(draft.at).toBe(1009);
    expect(takeText(draft)).toBe('one\ntwo\nthree');
  });

  it('has no lines for messages without words, and keeps those that have', () => {
    expect(takeText(draftOf(message('2', ''), message('3', 'at least\nsomething'), message('4', ' ')))).toBe(
      'at least\nsomething',
    );
  });

  it('keeps no text once it was taken', () => {
    const draft = draftOf(message('2', 'at least'), message('3', 'a marked word'));
    takeText(draft);
    expect(JSON.stringify(draft)).not.toMatch(/least|marked/);
    expect(takeText(draft)).toBe('');
    expect(messagesOf(draft)).toEqual(['2', '3']);
  });
});
