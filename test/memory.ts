import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/**
 * How often each of these words stands anywhere in the memory of a process, as UTF-8 or UTF-16: the heaps of all its
 * threads, what libraries took beside them, and what was let go and not yet written over. Linux only.
 */
export function foundInMemory(pid: number, words: readonly string[]): Map<string, number> {
  const counts = new Map(words.map((word) => [word, 0]));
  const forms = words.flatMap((word) =>
    [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le')].map((form) => ({ word, form })),
  );
  const longest = Math.max(...forms.map(({ form }) => form.length));
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const [from, to] of writable(pid)) {
      const chunk = Buffer.alloc(Math.min(to - from, 16 * 2 ** 20));
      // Chunks overlap, so that no word is cut in two; what lies in both is counted with the first.
      for (let at = from; at < to; at += Math.max(1, chunk.length - longest)) {
        const read = readIfPossible(memory, chunk, at);
        const bytes = chunk.subarray(0, Math.min(read, to - at));
        for (const { word, form } of forms)
          for (let found = bytes.indexOf(form); found >= 0; found = bytes.indexOf(form, found + 1))
            if (found < chunk.length - longest || at + chunk.length >= to)
              counts.set(word, (counts.get(word) ?? 0) + 1);
        if (at + chunk.length >= to) break;
      }
    }
  } finally {
    closeSync(memory);
  }
  return counts;
}

/** Where memory is that can be read and written. */
const writable = (pid: number): (readonly [number, number])[] =>
  readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      return from && to && !line.includes('[v') ? [[Number.parseInt(from, 16), Number.parseInt(to, 16)] as const] : [];
    });

/** A place may be gone, or never have been used. */
function readIfPossible(file: number, into: Buffer, at: number): number {
  try {
    return readSync(file, into, 0, into.length, at);
  } catch {
    return 0;
  }
}
