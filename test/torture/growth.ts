import { loadContent } from '#content/content';
import { openEntry } from '#content/find';
import { openDetector } from '#detector/open';
import { replyReader } from '#feedback/read';
import { plainly } from '#panels/ui';
import { openReflection } from '#reflection/reflect';
import { shapes } from '../input/texts.ts';
import type { Part } from './parts.ts';

/** What reads people's words takes about four times as long for a text four times as long, whatever is in it. */

const short = 1_000;
/** Four is linear, sixteen quadratic. */
const mostRatio = 9;
/** What takes less is noise, in ms. */
const least = 20;

async function quickest(read: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let again = 0; again < 4; again++) {
    const from = performance.now();
    await read();
    times.push(performance.now() - from);
  }
  return Math.min(...times);
}

export const growth: Part = async () => {
  const data = new URL('../../data', import.meta.url).pathname;
  const detector = await openDetector();
  const content = loadContent(data);
  const reflectOn = openReflection(data);
  const readers: Record<string, (text: string) => unknown> = {
    'detector.screen': detector.screen,
    'detector.read': (text) => detector.read(text, text),
    feedback: (text) => replyReader(detector)(text, text),
    reflection: (text) => reflectOn(text, 0),
    find: (text) => openEntry(content.prompts(), text, { hears: { search: content.search(), opens: () => 'any' } }),
    danger: (text) => content.search().dangerIn(text),
    plainly,
  };
  const broken: string[] = [];
  let worst = { ratio: 0, what: '' };
  let slowest = { ms: 0, what: '' };
  for (const { why, text } of shapes)
    for (const [name, read] of Object.entries(readers)) {
      const of = (length: number) => text.repeat(Math.ceil(length / text.length)).slice(0, length);
      const [once, four] = [await quickest(() => read(of(short))), await quickest(() => read(of(4 * short)))];
      const what = `${name} of ${why}`;
      const ratio = four / once;
      if (four > slowest.ms) slowest = { ms: four, what };
      if (four < least) continue;
      if (ratio > worst.ratio) worst = { ratio, what };
      if (ratio > mostRatio)
        broken.push(`${what}: ${once.toFixed(1)} ms, and ${four.toFixed(1)} ms for four times as much`);
    }
  await detector.close();
  const did = `${shapes.length} texts by ${Object.keys(readers).length} readers: four times the text takes at most x${worst.ratio.toFixed(1)} (${worst.what}); slowest ${slowest.ms.toFixed(0)} ms (${slowest.what})`;
  return { did, broken };
};
