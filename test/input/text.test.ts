import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { loadFeedback } from '#content/feedback';
import { openEntry, suggest } from '#content/find';
import { judge } from '#detector/judge';
import { openDetector } from '#detector/open';
import { contexts, kinds, moves, type Reading } from '#detector/reading';
import { replyReader } from '#feedback/read';
import { tell } from '#feedback/tell';
import { createNudge } from '#nudge/nudge';
import { dangerHearing } from '#panels/danger';
import { legibly, plainly, quote } from '#panels/ui';
import { openReflection } from '#reflection/reflect';
import { clip } from '#words';
import { openWorld } from '../nudge/ports.ts';
import { shippedData } from '../sentences.ts';
import { holds, within } from './runs.ts';
import { nasty, said } from './texts.ts';

/** Whatever people write, it is read to an end, and what comes of it can be shown. */

const detector = await openDetector();
const content = loadContent(shippedData);
const reflectOn = openReflection(shippedData);
const readForWriter = replyReader(detector);
const words = { words: loadFeedback(shippedData)(), kinds: content.kinds() };
afterAll(() => detector.close());

const isShare = (p: number) => p >= 0 && p <= 1;
function expectSound(reading: Reading, reply: string): void {
  const all = [reading.fixit, reading.shares, ...kinds.map((kind) => reading.kinds[kind])];
  const rest = [...moves.map((move) => reading.attuned[move]), ...contexts.map((context) => reading.post[context])];
  expect([...all, ...rest].filter((p) => !isShare(p))).toEqual([]);
  for (const { p, start, end, words: found } of reading.findings) {
    expect(isShare(p)).toBe(true);
    expect(found).toBe(reply.slice(start, end));
    expect(found.trim()).not.toBe('');
  }
}

/** A text as it is offered to each reader, and nothing comes of it but what may. */
const readers: Record<string, (text: string, other: string) => Promise<void>> = {
  async 'the detector'(reply, post) {
    expect(typeof (await detector.screen(reply))).toBe('boolean');
    expectSound(await detector.read(reply, post), reply);
    expectSound(await detector.readAlone(reply), reply);
  },
  async 'what is said of a reply'(reply, post) {
    const told = tell(await readForWriter(reply, post), reply, post, words);
    const places = [...told.stayed, told.moved, told.left].filter((one) => typeof one === 'object');
    for (const { start, end, words: own } of places) expect(own).toBe(reply.slice(start, end));
  },
  async 'what may be said to a post'(post) {
    for (const seed of [0, 7]) {
      const { says, asks } = reflectOn(post, seed);
      expect(asks).toHaveLength(2);
      expect(says.length).toBeGreaterThanOrEqual(2);
      // Only words of ours are handed back: no address, no mention, no line of somebody's own.
      for (const line of [...says, ...asks]) expect(line).toMatch(/^[^<>@#`\n\p{Cc}]{3,200}$/u);
    }
  },
  async 'what is looked for'(typed) {
    for (const locale of ['en-US', 'de']) {
      const finding = {
        hears: { search: content.search(locale), opens: ({ prompts }: { prompts: string }) => prompts },
      };
      const entries = content.prompts(locale);
      const opened = openEntry(entries, typed, finding);
      if (opened) expect(entries.get(opened.id)).toBe(opened);
      const offered = suggest(entries, typed, finding, locale);
      expect(offered.length).toBeLessThanOrEqual(25);
      for (const { name, value } of offered) {
        expect(entries.has(value)).toBe(true);
        expect(name.length).toBeLessThanOrEqual(100);
      }
    }
  },
  async danger(text) {
    const heard = await dangerHearing(content.search, detector)(text, 'de');
    if (heard?.voiced) expect(heard.isClear).toBe(true);
  },
  async 'a name or a quote'(name) {
    for (const shown of [legibly(name), plainly(name), quote(name)]) {
      expect(shown).not.toMatch(/[\r\n\u2028\u2029\p{Bidi_Control}]|(?!\s)\p{Cc}/u);
      expect(shown.isWellFormed()).toBe(true);
    }
    expect(plainly(name)).not.toMatch(/<(?:@|#|\/|:|a:|t:|id:)|@everyone|@here|https?:\/\/|discord\.gg\//i);
    expect(clip(name, 100).length).toBeLessThanOrEqual(100);
    expect(clip(name, 100).isWellFormed() || !name.isWellFormed()).toBe(true);
  },
  async 'the way of a reply'(reply, post) {
    const world = openWorld({ detector, judge, readOwn: readForWriter });
    const { reply: decide, idle } = createNudge(world);
    const posted = world.says('ana', post, { ago: 60_000 });
    const answers = { channel: 'support', id: posted.id, author: 'ana' };
    await decide(world.replies(reply, { answers }));
    await idle();
    expect(world.faults).toEqual([]);
    expect(world.decisions).toHaveLength(1);
    expect(world.notes.length).toBeLessThanOrEqual(1);
    for (const note of world.notes) expect(reply).toContain(note.words);
  },
};

describe.each(Object.entries(readers))('%s', (_, read) => {
  it.each(nasty)('takes $why', async ({ text }) => {
    await read(text, 'my mother died last week and i miss her');
    await read('you should see a therapist', text);
  });

  it(
    'takes whatever is written',
    () => holds(40, fc.tuple(said, said), ([text, other]) => read(text, other)),
    within(20_000),
  );
});
