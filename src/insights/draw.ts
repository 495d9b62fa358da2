import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Spec } from 'vega';

/** Drawing takes half a second, and 40 MB that the bot would keep: that is for a process of its own, which ends with its pictures (draw.js). */

const program = fileURLToPath(new URL('./draw.js', import.meta.url));
/** In ms, on a machine that is busy. */
const patience = 20_000;

let before: Promise<unknown> = Promise.resolve();

/** The pictures as PNGs. One asker is served after the other. */
export function draw(specs: readonly Spec[]): Promise<Buffer[]> {
  const drawn = before.then(() => drawNow(specs));
  before = drawn.catch(() => undefined);
  return drawn;
}

async function drawNow(specs: readonly Spec[]): Promise<Buffer[]> {
  if (specs.length === 0) return [];
  // It needs none of the environment, in which there are secrets.
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'ignore'], timeout: patience, env: {} });
  const ended = once(child, 'exit');
  // A child that is gone before it has read everything: its exit tells.
  child.stdin.on('error', () => undefined).end(JSON.stringify(specs));
  const [told, [code]] = await Promise.all([text(child.stdout), ended]);
  if (code !== 0) throw new Error(`the pictures were not drawn (exit code ${code})`);
  return (JSON.parse(told) as string[]).map((png) => Buffer.from(png, 'base64'));
}
