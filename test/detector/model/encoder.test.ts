import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createEncoder, NoEncoder } from '#detector/model/encoder';
import { openModel } from '#detector/model/open';
import { tasks } from '#detector/model/vote';
import { openDetector } from '#detector/open';
import { TooBusy } from '#detector/reading';
import { startBy } from '../../child.ts';
import { answers } from './answers.ts';

const shipped = 'data/model';
const pieces = { ids: [101, 2017, 2323, 102, 102], types: [0, 0, 0, 0, 1] };

/** The threads that were started from now on until the end of the test. */
function threads(): Worker[] {
  const started: Worker[] = [];
  const note = (worker: Worker) => started.push(worker);
  process.on('worker', note);
  onTestFinished(() => void process.off('worker', note));
  return started;
}

function encoderOf(folder: string) {
  const encoder = createEncoder(folder);
  onTestFinished(() => encoder.close());
  return encoder;
}

describe('the encoder', () => {
  it('answers as it did when it was trained', async () => {
    const model = openModel(shipped);
    onTestFinished(() => model.close());
    for (const { reply, post, logits } of answers) {
      const said = await model.ask(reply, post, 1);
      expect(said).toHaveLength(tasks.length);
      const off = said.map((logit, task) => Math.abs(logit - (logits[task] ?? Number.NaN)));
      expect(Math.max(...off), `${reply} | ${post}`).toBeLessThan(0.05);
    }
  });

  it('starts its thread when it is first asked, and one only', async () => {
    const started = threads();
    const { ask } = encoderOf(shipped);
    await new Promise(setImmediate);
    expect(started).toHaveLength(0);
    await Promise.all([ask(pieces, 2), ask(pieces, 2)]);
    await ask(pieces, 1);
    expect(started).toHaveLength(1);
  });

  it('answers each with its own, in whatever number they come', async () => {
    const { ask } = encoderOf(shipped);
    const other = { ...pieces, ids: [101, 4067, 2017, 102, 102] };
    const [one, two, again] = await Promise.all([ask(pieces, 3), ask(other, 3), ask(pieces, 3)]);
    expect(again).toEqual(one);
    expect(two).not.toEqual(one);
  });

  it('is too busy for more than may wait, and takes them again when it has caught up', async () => {
    const { ask } = encoderOf(shipped);
    const waiting = [ask(pieces, 2), ask(pieces, 2)];
    await expect(ask(pieces, 2)).rejects.toThrow(TooBusy);
    await expect(Promise.all([...waiting, ask(pieces, 3)])).resolves.toHaveLength(3);
    await expect(ask(pieces, 1)).resolves.toHaveLength(tasks.length);
  });

  it('reads what goes first before what came earlier, and both go on', async () => {
    const { ask } = encoderOf(shipped);
    await ask(pieces, 1);
    const order: string[] = [];
    const asked = (name: string, goesFirst: boolean) =>
      ask(pieces, 100, goesFirst).then(() => {
        order.push(name);
      });
    const spare = Array.from({ length: 8 }, () => asked('spare', false));
    const first = Array.from({ length: 3 }, () => asked('first', true));
    await Promise.all([...spare, ...first]);
    expect(order.slice(0, 7).filter((name) => name === 'first')).toHaveLength(3);
    expect(order.slice(0, 7).filter((name) => name === 'spare')).toHaveLength(4);
  });

  it('cannot read what is no piece, and reads on', async () => {
    const { ask } = encoderOf(shipped);
    const failed = ask({ ...pieces, ids: [101, 9_999_999, 2323, 102, 102] }, 2);
    const next = ask(pieces, 2);
    await expect(failed).rejects.toThrow('could not read this');
    await expect(next).resolves.toHaveLength(tasks.length);
  });

  it('ends its thread when it is closed, and answers nobody after that', async () => {
    const started = threads();
    const encoder = encoderOf(shipped);
    await encoder.ask(pieces, 1);
    const ended = once(started[0] as Worker, 'exit');
    const late = expect(encoder.ask(pieces, 1)).rejects.toThrow(NoEncoder);
    await encoder.close();
    await Promise.all([ended, late]);
    await expect(encoder.ask(pieces, 1)).rejects.toThrow(NoEncoder);
    expect(started).toHaveLength(1);
  });

  it('is no fault when it is closed while something is read', async () => {
    const faults: unknown[] = [];
    const detector = await openDetector(undefined, 'en', { onFault: (error) => faults.push(error) });
    await detector.readAlone('i am so tired of all this today');
    const late = detector.readAlone('nobody at work talks to me any more').catch(() => undefined);
    await new Promise(setImmediate);
    await detector.close();
    await late;
    expect(faults).toEqual([]);
  });

  it('lets a process end that has nothing more to ask', async () => {
    await using child = startBy(process.execPath, join(import.meta.dirname, 'asks-once.ts'));
    await child.prints(`answered ${tasks.length}`);
    expect(await child.ended).toEqual({ code: 0, signal: null });
  });

  it('leaves nothing on the disk, and keeps nothing to be sent to its makers', async () => {
    const home = mkdtempSync(join(tmpdir(), 'attune-home-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const asksOnce = join(import.meta.dirname, 'asks-once.ts');
    await using child = startBy(process.execPath, asksOnce, [], { HOME: home, TMPDIR: home, XDG_CACHE_HOME: home });
    await child.prints(`answered ${tasks.length}`);
    await child.ended;
    expect(readdirSync(home, { recursive: true })).toEqual([]);
  });
});

describe.each([
  ['encoder.onnx', 'broken'],
  ['encoder.onnx', 'missing'],
  ['encoder.weights', 'broken'],
  ['encoder.weights', 'missing'],
])('where %s is %s', (name, how) => {
  const folder = mkdtempSync(join(tmpdir(), 'model-'));
  const file = join(folder, name);
  cpSync(shipped, folder, { recursive: true, filter: (source) => !source.endsWith('.jsonl') });
  if (how === 'broken') truncateSync(file, Math.floor(statSync(file).size / 2));
  else rmSync(file);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('there is no encoder, for who waits and for who asks later; it is not tried again', async () => {
    const started = threads();
    const { ask } = encoderOf(folder);
    const [one, two] = await Promise.allSettled([ask(pieces, 2), ask(pieces, 2)]);
    for (const asked of [one, two]) {
      expect(asked).toMatchObject({ status: 'rejected', reason: { name: 'NoEncoder' } });
    }
    await expect(ask(pieces, 1)).rejects.toThrow(NoEncoder);
    expect(started).toHaveLength(1);
  });

  it('the signs read alone, and it is told once', async () => {
    const told: NoEncoder[] = [];
    const [detector, alone] = await Promise.all([
      openDetector(undefined, 'en', { model: folder, onFault: (error) => told.push(error) }),
      openDetector(undefined, 'en', { model: folder, encoder: false }),
    ]);
    onTestFinished(() => detector.close());
    expect(detector.by()).toBe('encoder and signs');
    const [said, post] = ['at least you had fourteen good years', 'my dog died'] as const;
    expect(await Promise.all([detector.read(said, post), detector.read(said, post)])).toEqual(
      await Promise.all([alone.read(said, post), alone.read(said, post)]),
    );
    expect(detector.by()).toBe('signs');
    expect(await detector.readAlone(said)).toEqual(await alone.readAlone(said));
    expect(await detector.screen('sounds hard')).toBe(await alone.screen('sounds hard'));
    expect(told.map(({ name }) => name)).toEqual(['NoEncoder']);
    expect(alone.by()).toBe('signs');
  });
});
