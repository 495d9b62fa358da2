// Runs the encoder off the event loop, on one thread. Told { number, ids, types } it answers { number, logits } or
// { number, failed }; told 'end' it ends when all is answered. No text comes here, only numbers of pieces. Plain JavaScript: a thread of its own would need Node's
// type stripping, and that keeps 16 MB.
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const session = await InferenceSession.create(workerData.file, {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  // The room of the longest text so far is kept: mostPieces bounds it, and to take it anew each time leaves more behind.
  enableCpuMemArena: true,
  enableMemPattern: false,
  logSeverityLevel: 4,
});
const tensor = (numbers) => new Tensor('int64', BigInt64Array.from(numbers, BigInt), [1, numbers.length]);

// One after the other: each is answered before the next is begun.
let before = Promise.resolve();
parentPort.on('message', (told) => {
  if (told === 'end') return void before.then(() => parentPort.close());
  const { number, ids, types } = told;
  before = before.then(async () => {
    try {
      const { logits } = await session.run({ input_ids: tensor(ids), token_type_ids: tensor(types) });
      parentPort.postMessage({ number, logits: [...logits.data] });
    } catch {
      parentPort.postMessage({ number, failed: true });
    }
  });
});
parentPort.postMessage({ ready: true });
