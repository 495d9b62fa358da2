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

describe('the newest message before another', () => {
  it('is found by its id, not after it, and not when it was deleted', () => {
    const recent = createRecent();
    const ids = row(recent, 'abc');
    const newest = (id = ''): string | undefined => recent.lastBefore('support', id)?.id;
    expect(newest(ids[2])).toBe(ids[1]);
    expect(newest(later())).toBe(ids[2]);
    expect(newest(ids[0])).toBeUndefined();
    recent.deleted('harbour', 'support', new Set([ids[1] ?? '']), start);
    expect(newest(ids[2])).toBe(ids[0]);
  });

  it('stands in the same channel', () => {
    const recent = createRecent();
    row(recent, 'a', 'elsewhere');
    expect(recent.lastBefore('support', later())).toBeUndefined();
  });
});

describe('who wrote after a message', () => {
  it('is known by name and place, in whatever order it was heard', () => {
    const recent = createRecent();
    const ids = row(recent, 'ab');
    const [early] = row(recent, 'c', 'support', start - seconds(5));
    const wrote = (author: string, id = '', channel = 'support'): boolean => recent.wroteAfter(channel, author, id);
    expect(wrote('b', ids[0])).toBe(true);
    expect(wrote('b', ids[1])).toBe(false);
    expect(wrote('a', ids[0])).toBe(false);
    expect(wrote('c', ids[0])).toBe(false);
    expect(wrote('a', early)).toBe(true);
    expect(wrote('b', ids[0], 'elsewhere')).toBe(false);
  });

  it('also where one id is longer than the other', () => {
    const recent = createRecent();
    recent.add('harbour', 'support', { id: '10', author: 'a', at: start });
    recent.add('harbour', 'support', { id: '9', author: 'b', at: start });
    expect(recent.wroteAfter('support', 'a', '9')).toBe(true);
    expect(recent.wroteAfter('support', 'b', '10')).toBe(false);
    expect(recent.lastBefore('support', '10')?.id).toBe('9');
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
    recent.deleted('harbour', 'support', new Set([id]), start);
    expect(recent.has('support', id)).toBe(true);
    expect(recent.wroteAfter('support', 'a', '0')).toBe(false);
  });

  it('remembers the id of a message that was deleted before it was heard', () => {
    const recent = createRecent();
    const [, newest = ''] = row(recent, 'ab');
    const early = snowflake(start + seconds(5));
    const unheard = later();
    recent.deleted('harbour', 'support', new Set([early, unheard]), start);
    recent.deleted('harbour', 'nowhere', new Set([early]), start);
    expect(recent.has('support', early)).toBe(true);
    expect(recent.has('support', unheard)).toBe(true);
    expect(recent.has('nowhere', early)).toBe(true);
    expect(recent.lastBefore('support', snowflake(start + minutes(61)))?.id).toBe(newest);
    expect(recent.size).toBe(5);
    recent.sweep(start + minutes(10) + seconds(11));
    expect(recent.size).toBe(0);
  });

  it('is not kept from forgetting by the delete of what is old', () => {
    const recent = createRecent();
    row(recent, 'ab');
    recent.deleted('harbour', 'support', new Set(['1']), start + minutes(9));
    recent.sweep(start + minutes(11));
    expect(recent.size).toBe(1);
    expect(recent.wroteAfter('support', 'a', '0')).toBe(false);
  });
});
