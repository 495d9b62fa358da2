/**
 * Run by text-gone.test.ts as a process of its own: reads many marked replies in marked conversations on their whole way,
 * lets everything end, and prints how often the mark is in the heap. The mark is made here, so that no source holds it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { getHeapSnapshot } from 'node:v8';
import type { Said } from '#nudge/conversation';
import { createListening } from '#nudge/listening';
import { createNudge } from '#nudge/nudge';
import { openWorld } from './ports.ts';
import { speakerOf } from './talk.ts';

const mark = process.argv[2] ?? '';
const marked = (text: string, n: number): string => JSON.parse(`"${text} ${mark}-${n} and so on"`);

/** How many different strings with the mark there are (a snapshot lists each once). */
async function marksInHeap(): Promise<number> {
  let seen = 0;
  let rest = '';
  // Taken before the needle is made, and after everything that nobody holds was collected.
  const snapshot = getHeapSnapshot();
  const needle = `${mark}-`;
  for await (const chunk of snapshot) {
    const parts = (rest + String(chunk)).split(needle);
    seen += parts.length - 1;
    rest = (parts.at(-1) ?? '').slice(1 - needle.length);
  }
  return seen;
}

const texts = ['at least', 'i am sorry', 'at least'];
const textOf = (n: number): string => (n % 10 === 0 ? 'at least it is over' : (texts[n % 3] ?? ''));

let outcomes: string[] = [];
const world = openWorld({
  // Made anew at each fetch, as it comes from Discord.
  around: async ({ channel, messages }) => {
    const n = Number(channel.split(' ')[1]);
    const said = (id: number, who: string, text: string): Said => ({
      id: String(id),
      at: Date.now() - 5000 + id,
      text: marked(text, n),
      speaker: { ...speakerOf(who), names: [marked(who, n)] },
    });
    const starter = said(900 + n, 'ana', 'so, as fetched');
    const own = messages.map((id) => said(Number(id), `ben ${n}`, textOf(n)));
    return {
      said: [
        starter,
        said(1000 + n, 'ana', 'my dog died, as fetched'),
        said(1500 + n, 'cleo', 'hugs, as fetched'),
        ...own,
      ],
      opening: { starter, title: marked('a title', n), tags: [{ name: marked('a tag', n) }] },
    };
  },
  inTurn: (_, work) => work(async () => 'sent'),
  observe: ({ outcome, reason }) => outcomes.push(`${outcome}: ${reason}`),
});
const nudge = createNudge(world);
const listening = createListening({
  settleMs: 5,
  now: Date.now,
  listensTo: ({ author }) => author.startsWith('ben'),
  onReply: nudge.reply,
  onLeft: nudge.left,
});

for (let n = 0; n < 300; n++) {
  const channel = `channel ${n}`;
  const about = { guild: 'harbour', channel, at: Date.now() };
  listening.heard({ ...about, id: `${1000 + n}`, author: 'ana', text: marked('my dog died', n) });
  const answers = n % 10 === 2 && { answers: { channel, id: `${1000 + n}`, author: 'ana' } };
  listening.heard({ ...about, id: `${2000 + n}`, author: `ben ${n}`, text: marked(texts[n % 3] ?? '', n), ...answers });
  if (n % 10 === 0) listening.edited({ id: `${2000 + n}`, channel, text: marked(textOf(n), n), at: Date.now() + 1 });
  if (n % 10 === 1) listening.deleted('harbour', channel, [`${2000 + n}`]);
  if (n % 10 === 2) listening.deleted('harbour', channel, [`${1000 + n}`]);
}
const before = await marksInHeap();
while (listening.pending + listening.deciding > 0) await pause(5);
await nudge.idle();
const ends = [...new Set(outcomes)].sort();
outcomes = [];
const after = await marksInHeap();
process.stdout.write(JSON.stringify({ before, after, ends, remembered: listening.remembered }));
listening.close();
