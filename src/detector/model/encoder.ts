/** The encoder's door: a thread that is started when it is first asked, and a bounded queue before it. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { TooBusy } from '#detector/reading';
import type { Pieces } from './pieces.ts';

/** The encoder cannot run here: no build for this machine, or a broken file. It is not tried again. */
export class NoEncoder extends Error {
  override name = 'NoEncoder';
}

export type Encoder = {
  /**
   * Logits by tasks. @param most how many may be waiting already.
   * @throws TooBusy, or NoEncoder from the first failure on.
   */
  ask(pieces: Pieces, most: number): Promise<readonly number[]>;
  close(): Promise<void>;
};

type Waiting = { answered: (logits: readonly number[]) => void; failed: (error: Error) => void };
type Told = { ready: true } | { number: number; logits: readonly number[] } | { number: number; failed: true };

/** @param folder data/model/: a folder with encoder.onnx in it. Nothing is loaded yet. */
export function createEncoder(folder: string): Encoder {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let gone: NoEncoder | undefined;
  let last = 0;

  function lose(why: unknown): void {
    gone ??= new NoEncoder(why instanceof Error ? why.message : String(why));
    for (const { failed } of waiting.values()) failed(gone);
    waiting.clear();
    worker = undefined;
  }

  function start(): Worker {
    // By itself onnxruntime tells its makers which models are run where, and keeps an id for it on the disk. The library
    // reads this when it is loaded, from the process and not from a thread's own environment.
    process.env.ORT_DISABLE_TELEMETRY = '1';
    process.env.ORT_TELEMETRY_DISABLED = '1';
    const thread = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { file: join(folder, 'encoder.onnx') },
      // Not the flags of the process: a thread is refused some of them.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 },
    });
    thread.on('message', (told: Told) => {
      if ('ready' in told) return;
      const asked = waiting.get(told.number);
      waiting.delete(told.number);
      if (waiting.size === 0) thread.unref();
      if ('failed' in told) asked?.failed(new Error('the encoder could not read this'));
      else asked?.answered(told.logits);
    });
    thread.on('error', lose);
    thread.on('exit', (code) => {
      if (worker === thread) lose(`the thread ended with ${code}`);
    });
    return thread;
  }

  return {
    ask({ ids, types }, most) {
      if (gone) return Promise.reject(gone);
      if (waiting.size >= most) return Promise.reject(new TooBusy());
      worker ??= start();
      worker.ref();
      last += 1;
      const number = last;
      return new Promise((answered, failed) => {
        waiting.set(number, { answered, failed });
        worker?.postMessage({ number, ids, types });
      });
    },
    async close() {
      const ending = worker;
      gone ??= new NoEncoder('closed');
      worker = undefined;
      for (const { failed } of waiting.values()) failed(gone);
      waiting.clear();
      if (!ending) return;
      // Never terminated: a thread that is stopped while the library works takes the whole process with it.
      ending.ref();
      const ended = new Promise((resolve) => ending.once('exit', resolve));
      ending.postMessage('end');
      await ended;
    },
  };
}
