import { createWriteStream, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { writeHeapSnapshot } from 'node:v8';
import type { Worker } from 'node:worker_threads';

/**
 * Loaded into a process before its own code (`--import`): on SIGUSR2 the heap of every thread of it, after a full
 * collection, goes to a file where it runs, `<thread>.heapsnapshot`, and then there is a file `heaps-written`.
 */

const threads = new Set<Worker>();
process.on('worker', (thread) => {
  threads.add(thread);
  thread.once('exit', () => threads.delete(thread));
});

process.on('SIGUSR2', async () => {
  const others = [...threads].map(async (thread) => {
    await pipeline(await thread.getHeapSnapshot(), createWriteStream(`${thread.threadId}.heapsnapshot`));
  });
  await Promise.all(others);
  writeHeapSnapshot('0.heapsnapshot');
  writeFileSync('heaps-written', '');
});
