/**
 * Run by text-gone.test.ts as a process of its own: reads many marked replies to marked posts on their whole way, lets
 * everything end, and prints how often the mark is in the heap. The mark is made here, so that no source holds it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { getHeapSnapshot } from 'node:v8';
import { createConversation } from '#nudge/conversation';
import { createNudge } from '#nudge/nudge';
import { openWorld } from './ports.ts';

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

let outcomes: string[] = [];
const world = openWorld({
  post: async ({ id }) => ({ author: 'ana', isPerson: true, text: marked('my dog died, as fetched', Number(id)) }),
  inTurn: (_, work) => work(async () => 'sent'),
  observe: ({ outcome, reason }) => outcomes.push(`${outcome}: ${reason}`),
});
const nudge = createNudge(world);
const conversation = createConversation({
  settleMs: 5,
  now: Date.now,
  listensTo: ({ author }) => author.startsWith('ben'),
  onReply: nudge.reply,
  onLeft: nudge.left,
});

const texts = ['at least', 'i am sorry', 'at least'];
for (let n = 0; n < 300; n++) {
  const channel = `channel ${n}`;
  const about = { guild: 'harbour', channel, at: Date.now() };
  conversation.heard({ ...about, id: `${1000 + n}`, author: 'ana', text: marked('my dog died', n) });
  conversation.heard({ ...about, id: `${2000 + n}`, author: `ben ${n}`, text: marked(texts[n % 3] ?? '', n) });
  if (n % 10 === 0)
    conversation.edited({ id: `${2000 + n}`, channel, text: marked('at least', n), at: Date.now() + 1 });
  if (n % 10 === 1) conversation.deleted(channel, [`${2000 + n}`]);
  if (n % 10 === 2) conversation.deleted(channel, [`${1000 + n}`]);
}
const before = await marksInHeap();
while (conversation.pending + conversation.deciding > 0) await pause(5);
await nudge.idle();
const ends = [...new Set(outcomes)].sort();
outcomes = [];
const after = await marksInHeap();
process.stdout.write(JSON.stringify({ before, after, ends, remembered: conversation.remembered }));
conversation.close();
