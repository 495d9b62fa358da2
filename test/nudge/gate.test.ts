import { describe, expect, it } from 'vitest';
import { createGate } from '#nudge/gate';

/** Work that ends when it is told to, by its name. */
function scene(inside: number, longest = 1_000) {
  let now = 0;
  const gate = createGate({ inside, longest, now: () => now });
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  return {
    begun,
    passes(guild: string, name: string) {
      const end = Promise.withResolvers<string>();
      ends.set(name, end);
      return gate.pass(guild, () => {
        begun.push(name);
        return end.promise;
      });
    },
    async end(name: string) {
      ends.get(name)?.resolve(name);
      await new Promise(setImmediate);
    },
    async fails(name: string) {
      ends.get(name)?.reject(new Error('a fault'));
      await new Promise(setImmediate);
    },
    wait: (ms: number) => {
      now += ms;
    },
  };
}

describe('a gate', () => {
  it('lets in as many as there is room for, and the next when one has ended', async () => {
    const { passes, begun, end } = scene(2);
    const all = ['a', 'b', 'c'].map((name) => passes('harbour', name));
    await Promise.resolve();
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    await end('c');
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
  });

  it('lets the next in after one that failed, and tells of the fault', async () => {
    const { passes, begun, fails } = scene(1);
    const failed = expect(passes('harbour', 'a')).rejects.toThrow('a fault');
    void passes('harbour', 'b');
    await fails('a');
    await failed;
    expect(begun).toEqual(['a', 'b']);
  });

  it('lets guilds take turns, however many of one are waiting', async () => {
    const { passes, begun, end } = scene(1);
    for (const name of ['a', 'b', 'c']) void passes('busy', name);
    void passes('quiet', 'd');
    await end('a');
    await end('b');
    await end('d');
    expect(begun).toEqual(['a', 'b', 'd', 'c']);
  });

  it('turns away who has waited for too long, and lets in who came later', async () => {
    const { passes, begun, end, wait } = scene(1);
    void passes('harbour', 'a');
    const late = passes('harbour', 'b');
    wait(600);
    void passes('harbour', 'c');
    wait(600);
    await end('a');
    expect(await late).toBeUndefined();
    expect(begun).toEqual(['a', 'c']);
  });
});
