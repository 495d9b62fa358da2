import { loadContent } from '#content/content';
import { openEntry } from '#content/find';
import { openDetector } from '#detector/open';
import { replyReader } from '#feedback/read';
import { plainly } from '#panels/ui';
import { openReflection } from '#reflection/reflect';
import { shapes } from '../input/texts.ts';
import type { Part } from './parts.ts';

/** What reads people's words takes about twice as long for a text twice as long, whatever is in it. */

const short = 1_000;
/** Of a text twice as long, at both of two steps: two is linear, four quadratic. */
const mostRatio = 3;
/** What takes less is noise, in ms. */
const least = 20;

/** The time that this thread works for it, in ms: what other processes do meanwhile does not count. The least of some tries. */
async function effort(read: () => unknown, tries: number): Promise<number> {
  const times: number[] = [];
  for (let again = 0; again < tries; again++) {
    const from = process.threadCpuUsage();
    await read();
    const { user, system } = process.threadCpuUsage(from);
    times.push((user + system) / 1_000);
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
      const what = `${name} of ${why}`;
      let four = await effort(() => read(of(4 * short)), 2);
      if (four > slowest.ms) slowest = { ms: four, what };
      if (four < least) continue;
      // What looks slow is looked at again, so that a pause of the collector is none of it.
      four = await effort(() => read(of(4 * short)), 5);
      const [once, twice] = [await effort(() => read(of(short)), 5), await effort(() => read(of(2 * short)), 5)];
      const ratio = Math.min(twice / once, four / twice);
      if (ratio > worst.ratio) worst = { ratio, what };
      if (ratio > mostRatio)
        broken.push(
          `${what}: ${once.toFixed(1)} ms, ${twice.toFixed(1)} ms and ${four.toFixed(1)} ms at 1, 2 and 4 times as much`,
        );
    }
  await detector.close();
  const did = `${shapes.length} texts by ${Object.keys(readers).length} readers: twice the text takes at most x${worst.ratio.toFixed(1)} (${worst.what}); slowest ${slowest.ms.toFixed(0)} ms (${slowest.what})`;
  return { did, broken };
};
