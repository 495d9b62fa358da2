import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTurns, type What } from '#discord/turns';

/** Whose turn it is, and when. */

const gap = 500;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(mostWaiting = 10) {
  const turns = createTurns({ gap, mostWaiting, now: Date.now });
  const gone: string[] = [];
  const refused: string[] = [];
  const ask = (guild: string, name: string, what: What = 'note') =>
    void turns.take(guild, what).then((mayGo) => (mayGo ? gone : refused).push(name));
  return { turns, gone, refused, ask };
}

describe('turns', () => {
  it('the first goes at once, each further one after the gap', async () => {
    const { gone, ask } = open();
    for (const name of ['a1', 'a2', 'a3']) ask('a', name);
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toEqual(['a1']);
    await vi.advanceTimersByTimeAsync(gap - 1);
    expect(gone).toEqual(['a1']);
    await vi.advanceTimersByTimeAsync(1);
    expect(gone).toEqual(['a1', 'a2']);
    await vi.advanceTimersByTimeAsync(10 * gap);
    ask('a', 'a4');
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('keeps the gap after a quiet moment shorter than it', async () => {
    const { gone, ask } = open();
    ask('a', 'a1');
    await vi.advanceTimersByTimeAsync(gap / 2);
    ask('a', 'a2');
    await vi.advanceTimersByTimeAsync(gap / 2 - 1);
    expect(gone).toEqual(['a1']);
    await vi.advanceTimersByTimeAsync(1);
    expect(gone).toEqual(['a1', 'a2']);
  });

  it('a busy server does not hold up the others', async () => {
    const { gone, ask } = open();
    for (const name of ['a1', 'a2', 'a3']) ask('a', name);
    ask('b', 'b1');
    ask('c', 'c1');
    ask('b', 'b2');
    await vi.advanceTimersByTimeAsync(10 * gap);
    expect(gone).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2']);
  });

  it('what waits in too long a line of its own server is refused, and nobody else', async () => {
    const { gone, refused, ask } = open(2);
    for (const name of ['a1', 'a2', 'a3', 'a4']) ask('a', name);
    ask('b', 'b1');
    await vi.advanceTimersByTimeAsync(10 * gap);
    expect(refused).toEqual(['a4']);
    expect(gone.sort()).toEqual(['a1', 'a2', 'a3', 'b1']);
  });

  it('samples go when no note waits, of whichever server', async () => {
    const { gone, ask } = open();
    ask('a', 'a1');
    ask('a', 'sample', 'sample');
    ask('b', 'other sample', 'sample');
    ask('a', 'a2');
    ask('b', 'b1');
    await vi.advanceTimersByTimeAsync(10 * gap);
    expect(gone).toEqual(['a1', 'a2', 'b1', 'sample', 'other sample']);
  });

  it('samples do not use up the line of notes', async () => {
    const { gone, refused, ask } = open(2);
    ask('a', 'a1');
    for (const name of ['s1', 's2', 's3']) ask('a', name, 'sample');
    for (const name of ['a2', 'a3']) ask('a', name);
    await vi.advanceTimersByTimeAsync(10 * gap);
    expect(refused).toEqual(['s3']);
    expect(gone).toEqual(['a1', 'a2', 'a3', 's1', 's2']);
  });

  it('a clock that is set back or forward holds nobody up', async () => {
    const { gone, ask } = open();
    const then = Date.now();
    ask('a', 'a1');
    await vi.advanceTimersByTimeAsync(0);
    vi.setSystemTime(then - 86_400_000);
    ask('a', 'a2');
    await vi.advanceTimersByTimeAsync(gap);
    expect(gone).toEqual(['a1', 'a2']);
    vi.setSystemTime(then + 86_400_000);
    ask('a', 'a3');
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toEqual(['a1', 'a2', 'a3']);
  });

  it('nothing goes after the stop', async () => {
    const { turns, gone, refused, ask } = open();
    for (const name of ['a1', 'a2']) ask('a', name);
    ask('a', 's1', 'sample');
    turns.stop();
    expect(vi.getTimerCount()).toBe(0);
    ask('b', 'b1');
    await vi.advanceTimersByTimeAsync(10 * gap);
    expect(gone).toEqual(['a1']);
    expect(refused.sort()).toEqual(['a2', 'b1', 's1']);
  });
});
