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
   * Logits by tasks. @param most how many may be waiting already. @param goesFirst it goes in turns with all that does
   * not, however much of that came earlier.
   * @throws TooBusy, or NoEncoder from the first failure on.
   */
  ask(pieces: Pieces, most: number, goesFirst?: boolean): Promise<readonly number[]>;
  close(): Promise<void>;
};

/** So many are with the thread at a time: while one is read the next is there already. */
const withThread = 2;

type Waiting = { answered: (logits: readonly number[]) => void; failed: (error: Error) => void };
type Told = { ready: true } | { number: number; logits: readonly number[] } | { number: number; failed: true };

/** @param folder data/model/: a folder with encoder.onnx in it. Nothing is loaded yet. */
export function createEncoder(folder: string): Encoder {
  const waiting = new Map<number, Waiting>();
  /** What is not with the thread yet. */
  const lines: Record<'first' | 'spare', { number: number; pieces: Pieces }[]> = { first: [], spare: [] };
  let turn: keyof typeof lines = 'first';
  let underway = 0;
  let worker: Worker | undefined;
  let gone: NoEncoder | undefined;
  let last = 0;

  function lose(why: unknown): void {
    gone ??= new NoEncoder(why instanceof Error ? why.message : String(why));
    for (const { failed } of waiting.values()) failed(gone);
    forget();
    worker = undefined;
  }

  function forget(): void {
    waiting.clear();
    lines.first = [];
    lines.spare = [];
    underway = 0;
  }

  function handOver(): void {
    while (underway < withThread) {
      const other = turn === 'first' ? 'spare' : 'first';
      const line = lines[turn].length > 0 ? turn : other;
      const next = lines[line].shift();
      if (!next) return;
      turn = line === 'first' ? 'spare' : 'first';
      underway += 1;
      const { ids, types } = next.pieces;
      worker?.postMessage({ number: next.number, ids, types });
    }
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
      underway -= 1;
      handOver();
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
    ask(pieces, most, goesFirst = false) {
      if (gone) return Promise.reject(gone);
      if (waiting.size >= most) return Promise.reject(new TooBusy());
      worker ??= start();
      worker.ref();
      last += 1;
      const number = last;
      return new Promise((answered, failed) => {
        waiting.set(number, { answered, failed });
        lines[goesFirst ? 'first' : 'spare'].push({ number, pieces });
        handOver();
      });
    },
    async close() {
      const ending = worker;
      gone ??= new NoEncoder('closed');
      worker = undefined;
      for (const { failed } of waiting.values()) failed(gone);
      forget();
      if (!ending) return;
      // Never terminated: a thread that is stopped while the library works takes the whole process with it.
      ending.ref();
      const ended = new Promise((resolve) => ending.once('exit', resolve));
      ending.postMessage('end');
      await ended;
    },
  };
}
