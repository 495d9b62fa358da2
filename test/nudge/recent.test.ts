import { describe, expect, it } from 'vitest';
import { createRecent } from '#nudge/recent';
import { minutes, seconds, snowflake } from './scene.ts';

const start = Date.UTC(2026, 4, 1);

/** Adds messages of the given authors, ten seconds apart; returns their ids. */
function row(recent: ReturnType<typeof createRecent>, authors: string, channel = 'support', from = start): string[] {
  return [...authors].map((author, n) => {
    const at = from + seconds(10 * n);
    const id = snowflake(at);
    recent.add('harbour', channel, { id, author, at });
    return id;
  });
}

const later = (): string => snowflake(start + minutes(60));

describe('the row around a message', () => {
  it.each([
    // authors in order of writing, the answered one, the row around it
    ['aaa', 2, [2, 0, 1]],
    ['aaa', 0, [0, 1, 2]],
    ['aabaab', 3, [3, 4]],
    ['abab', 2, [2]],
    ['aaaaaaa', 6, [6, 2, 3, 4, 5]],
    ['aaaaaaa', 1, [1, 0, 2, 3, 4]],
    ['baaab', 2, [2, 1, 3]],
  ])('%s, message %i', (authors, answered, expected) => {
    const recent = createRecent();
    const ids = row(recent, authors);
    const id = ids[answered] ?? '';
    const found = recent.rowAround({ channel: 'support', id }, later());
    expect(found.ids.map((each) => ids.indexOf(each))).toEqual(expected);
    expect(found).toMatchObject({ channel: 'support', id, author: 'a' });
  });

  it('ends where three minutes passed', () => {
    const recent = createRecent();
    const [early] = row(recent, 'a');
    const [near] = row(recent, 'a', 'support', start + minutes(3));
    const [far] = row(recent, 'a', 'support', start + minutes(6) + 1);
    const around = (id = ''): readonly string[] => recent.rowAround({ channel: 'support', id }, later()).ids;
    expect(around(near)).toEqual([near, early]);
    expect(around(far)).toEqual([far]);
  });

  it('ends at the reply, and goes on over what was deleted', () => {
    const recent = createRecent();
    const ids = row(recent, 'aabaa');
    recent.deleted('support', new Set([ids[2] ?? '']));
    const found = recent.rowAround({ channel: 'support', id: ids[1] ?? '' }, ids[4] ?? '');
    expect(found.ids).toEqual([ids[1], ids[0], ids[3]]);
  });

  it('is the message alone when nothing is known of it', () => {
    const recent = createRecent();
    row(recent, 'aaa');
    expect(recent.rowAround({ channel: 'support', id: '1' }, later())).toEqual({
      channel: 'support',
      id: '1',
      ids: ['1'],
    });
    expect(recent.rowAround({ channel: 'nowhere', id: '1', author: 'a' }, later())).toEqual({
      channel: 'nowhere',
      id: '1',
      ids: ['1'],
      author: 'a',
    });
  });
});

describe('the newest message of somebody else', () => {
  it('is found before a message, not after it, and not when it was deleted', () => {
    const recent = createRecent();
    const ids = row(recent, 'abcd');
    const newest = (index: number, author: string): string | undefined =>
      recent.newestOfOthers('support', ids[index] ?? '', author, start + minutes(1))?.id;
    expect(newest(3, 'd')).toBe(ids[2]);
    expect(newest(3, 'c')).toBe(ids[1]);
    expect(newest(0, 'a')).toBeUndefined();
    recent.deleted('support', new Set([ids[2] ?? '']));
    expect(newest(3, 'd')).toBe(ids[1]);
  });

  it('is at most ten minutes older', () => {
    const recent = createRecent();
    const [id] = row(recent, 'a');
    expect(recent.newestOfOthers('support', later(), 'b', start + minutes(10))?.id).toBe(id);
    expect(recent.newestOfOthers('support', later(), 'b', start + minutes(10) + 1)).toBeUndefined();
  });
});

describe('bounds', () => {
  it('keeps the newest hundred of a channel', () => {
    const recent = createRecent();
    const ids = row(recent, 'a'.repeat(130));
    expect(recent.size).toBe(100);
    expect(recent.has('support', ids[29] ?? '')).toBe(false);
    expect(recent.has('support', ids[30] ?? '')).toBe(true);
    expect(recent.has('support', ids[129] ?? '')).toBe(true);
  });

  it('keeps 20,000 in all, and forgets the channel first that was quiet for longest', () => {
    const recent = createRecent();
    for (let n = 0; n < 200; n++) row(recent, 'a'.repeat(100), `channel ${n}`);
    const [woken] = row(recent, 'b', 'channel 0', start + minutes(20));
    expect(recent.size).toBe(20_000);
    row(recent, 'a', 'one more', start + minutes(20));
    expect(recent.size).toBe(19_901);
    expect(recent.has('channel 0', woken ?? '')).toBe(true);
    expect(recent.wroteAfter('channel 1', 'a', '0')).toBe(false);
  });

  it('forgets what is older than ten minutes, channel by channel', () => {
    const recent = createRecent();
    row(recent, 'ab', 'old');
    const [, kept] = row(recent, 'ab', 'support');
    recent.sweep(start + minutes(10) + seconds(10));
    expect(recent.size).toBe(2);
    expect(recent.has('support', kept ?? '')).toBe(true);
    recent.sweep(start + minutes(10) + seconds(11));
    expect(recent.size).toBe(0);
  });

  it('knows a deleted message by its id alone', () => {
    const recent = createRecent();
    const [id = ''] = row(recent, 'a');
    recent.deleted('support', new Set([id]));
    expect(recent.has('support', id)).toBe(true);
    expect(recent.wroteAfter('support', 'a', '0')).toBe(false);
  });
});
