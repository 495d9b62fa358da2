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

describe('what stands beside a message', () => {
  it('is found by its id, without what was deleted', () => {
    const recent = createRecent();
    const ids = row(recent, 'abc');
    const beside = (id = ''): string[] => recent.beside('support', id).map(({ id }) => id);
    expect(beside(ids[1])).toEqual([ids[0], ids[2]]);
    expect(beside(ids[0])).toEqual([ids[1]]);
    expect(beside(later())).toEqual([ids[2]]);
    recent.deleted('harbour', 'support', new Set([ids[1] ?? '']), start);
    expect(beside(ids[2])).toEqual([ids[0]]);
  });

  it('stands in the same channel', () => {
    const recent = createRecent();
    row(recent, 'a', 'elsewhere');
    expect(recent.beside('support', later())).toEqual([]);
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
    expect(recent.beside('support', '10').map(({ id }) => id)).toEqual(['9']);
    expect(recent.beside('support', '9').map(({ id }) => id)).toEqual(['10']);
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
    const gone = [early, unheard];
    expect(recent.deleted('harbour', 'support', gone, start)).toEqual(gone.map((id) => ({ id, author: undefined })));
    expect(recent.deleted('harbour', 'support', gone, start)).toEqual([]);
    recent.deleted('harbour', 'nowhere', new Set([early]), start);
    expect(recent.has('support', early)).toBe(true);
    expect(recent.has('support', unheard)).toBe(true);
    expect(recent.has('nowhere', early)).toBe(true);
    expect(recent.beside('support', snowflake(start + minutes(61))).map(({ id }) => id)).toEqual([newest]);
    expect(recent.deleted('harbour', 'support', [newest], start)).toEqual([{ id: newest, author: 'b' }]);
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
