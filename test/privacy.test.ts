import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, openTown, type Town } from '@attune/town';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Mode } from '#settings/support';
import { startAttune } from './child.ts';

/**
 * What people write stays nowhere. The bot is a process of its own here, so that everything of it can be searched: its
 * database files, all that it prints at level debug, what it sends, and the heaps of all its threads after a forced
 * collection.
 */

const sorrow =
  'my mother died last week and i cant stop crying. i miss her so much, the house is so quiet and i feel so alone without her, every evening is empty';
const listening = 'it makes sense that you miss her so much. do you want to tell me about her?';
const fix = 'you should see a therapist, they will tell you what to do';

type Home = Awaited<ReturnType<typeof openHome>>;

async function openHome(mode: Mode) {
  const folder = mkdtempSync(join(tmpdir(), 'attune-privacy-'));
  const town = await openTown();
  const sent: string[] = [];
  town.onExchange(({ request }) => sent.push(JSON.stringify(request ?? '')));
  const child = startAttune(
    {
      DISCORD_TOKEN: town.token,
      DISCORD_API_URL: town.api,
      DATABASE_PATH: join(folder, 'attune.db'),
      NUDGE_SETTLE_MS: '20',
      LOG_LEVEL: 'debug',
    },
    folder,
    ['--import', new URL('heaps.ts', import.meta.url).href, '--heap-snapshot-string-limit=1000000'],
  );
  await child.prints('Attune is ready', 60);
  const [ben, mo] = [town.person('ben'), town.person('mo')];
  const panel = await mo.selects(await mo.runs('/setup'), 'setup:channels', ['#support', '#stories']);
  await mo.presses(panel, `setup:mode:${mode}`);
  const own = await ben.presses(await ben.runs('/nudges'), 'nudges:on');
  await ben.nextDm();
  const more = await ben.presses(await ben.selects(own, 'nudges:pace', ['every']), 'nudges:more');
  for (const what of ['landed', 'thanks']) await ben.presses(more, `nudges:${what}:on`);
  return {
    town,
    folder,
    child,
    sent,
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]();
      await town.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Words that stand nowhere else, to be searched for. */
function createMarks() {
  const all: string[] = [];
  return {
    all,
    /** The text with a mark before, in, and after it. */
    in(text: string): string {
      const mark = `zq${(all.length + 1).toString().padStart(3, '0')}${Math.random().toString(36).slice(2, 8)}`;
      all.push(mark);
      return `${mark} ${text} ${mark}`;
    },
  };
}

/** Everything that can happen to a text, in one afternoon. Ends when all of it has been decided on. */
async function afternoon({ town }: Home, marks: ReturnType<typeof createMarks>): Promise<void> {
  const [ana, ben, cleo] = [town.person('ana'), town.person('ben'), town.person('cleo')];
  const needed = await ana.runs(
    '/need',
    { want: 'heard', note: marks.in('a long day'), presence: true },
    { in: '#support' },
  );
  await cleo.presses(needed, 'need:here');
  await ana.runs('/need', { want: 'company', note: marks.in('i want to die') }, { in: '#support' });
  await ana.runs('/need', { want: 'company', note: marks.in('a longer day') }, { in: '#support' });
  const post = await ana.says('#support', marks.in(sorrow));
  // Somebody else's trouble, so that Ben has not listened to Ana before he goes on to fix.
  const other = await town.person('ida').says('#support', marks.in(sorrow));
  await ben.repliesTo(other, marks.in('that sounds so heavy. i am here'));
  await cleo.repliesTo(post, marks.in(fix));
  const edited = await ben.says('#support', marks.in('hm'));
  await ben.edits(edited, marks.in('that quiet. i am here'));
  await ben.deletes(await ben.repliesTo(post, marks.in(fix)));
  await ana.says('#general', marks.in(sorrow));
  await ben.forwards(post, '#support');
  await town.webhookSays('#support', marks.in('Hook'), marks.in(fix));
  const thread = await ana.startsThread(post, marks.in('quiet'));
  await cleo.says(thread, marks.in(fix));
  const story = await ana.posts('#stories', marks.in('quiet house'), marks.in(sorrow));
  await cleo.says(story, marks.in(fix));
  await ana.posts('#stories', marks.in('what should i do? any advice'), marks.in(sorrow));
  await ana.archives(thread);
  await ana.runs('/reflect', { feeling: 'grief' }, { in: story });
  await ben.says('#general', marks.in(`<@${town.bot.id}> ${sorrow}`));
  await ben.nextDm();
  await ben.says('dm', marks.in(sorrow));
  await readsOwnWords(ana, marks);
  await benIsThanked(town, marks);
  town.gateway.repeat();
  await benIsNoted(town, 'post', marks);
  await benIsNoted(town, 'story', marks);
  const refused = town.faults.next('POST /channels/:id/messages', { status: 500 });
  await ben.repliesTo(await ana.says('#support', marks.in(sorrow)), marks.in(fix));
  await refused;
  const lost = town.faults.next('GET /channels/:id/messages', { status: 500, times: 3 });
  await ben.repliesTo(await ana.says('#support', marks.in(sorrow)), marks.in(fix));
  await lost;
  // Notes go in order: when this one is there, everything before it is over.
  await benIsNoted(town, 'post', marks);
}

/** What somebody types to have it read for themself. */
async function readsOwnWords(ana: Actor, marks: ReturnType<typeof createMarks>): Promise<void> {
  const draft = { reply: marks.in(fix), post: marks.in(sorrow), mine: marks.in('so tired') };
  await ana.submits(await ana.runs('/draft'), draft);
  const panel = await ana.runs('/practice');
  const felt = await ana.submits(await ana.presses(panel, 'practice:feel'), { words: marks.in('lost') });
  await ana.submits(await ana.presses(felt, 'practice:answer'), { words: marks.in(fix) });
  await ana.usesMenu(await ana.says('#general', marks.in(fix)), 'How might this land?');
}

/** Ben listens, not to Ana, is told so, and is thanked. */
async function benIsThanked(town: Town, marks: ReturnType<typeof createMarks>): Promise<void> {
  const [mo, ben] = [town.person('mo'), town.person('ben')];
  const reply = await ben.repliesTo(await mo.says('#support', marks.in(sorrow)), marks.in(listening));
  await ben.nextDm();
  await mo.usesMenu(reply, 'Thank for listening');
  await ben.nextDm();
}

async function benIsNoted(town: Town, where: 'post' | 'story', marks?: ReturnType<typeof createMarks>) {
  const marked = (text: string) => marks?.in(text) ?? text;
  const [ana, ben] = [town.person('ana'), town.person('ben')];
  if (where === 'story') {
    await ben.says(await ana.posts('#stories', marked('quiet'), marked(sorrow)), marked(fix));
  } else await ben.repliesTo(await ana.says('#support', marked(sorrow)), marked(fix));
  await ben.nextDm();
}

/** Which of these stand in the text. */
const found = (text: string, wanted: readonly string[]) => wanted.filter((one) => text.includes(one));

/** The heap of every thread of the bot's process after a full collection, as V8 writes it down: the first is its own. */
async function heapsOf({ child, folder }: Home): Promise<string[]> {
  for (const old of globSync(join(folder, 'heaps-written'))) rmSync(old);
  child.signal('SIGUSR2');
  await expect.poll(() => existsSync(join(folder, 'heaps-written')), { timeout: 30_000, interval: 200 }).toBe(true);
  return globSync(join(folder, '*.heapsnapshot'))
    .sort()
    .map((path) => readFileSync(path, 'utf8'));
}

/** How many replies would have got a note. No panel tells it before the day is over. */
function countedIn({ folder }: { folder: string }): number {
  const database = new Database(join(folder, 'attune.db'), { readonly: true });
  try {
    return Number(database.prepare("select sum(n) from counts where what = 'would'").pluck().get() ?? 0);
  } finally {
    database.close();
  }
}

describe('of what people write', () => {
  it.each(['on', 'observe'] as const)(
    'nothing is in the database, the log, a custom id, or the heap (%s)',
    async (mode) => {
      await using home = await openHome(mode);
      const marks = createMarks();
      if (mode === 'on') await afternoon(home, marks);
      else {
        const [ana, cleo] = ['ana', 'cleo'].map((name) => home.town.person(name)) as [Actor, Actor];
        for (let turn = 0; turn < 5; turn++) {
          const story = await ana.posts('#stories', marks.in('quiet'), marks.in(sorrow));
          await cleo.says(story, marks.in(fix));
        }
        // Only so many looks at once, where it is not known yet whether the bot may read.
        await expect.poll(() => countedIn(home), { timeout: 10_000 }).toBe(5);
        await cleo.repliesTo(await ana.says('#support', marks.in(sorrow)), marks.in(fix));
        await expect.poll(() => countedIn(home), { timeout: 10_000 }).toBe(6);
      }
      const customIds = home.sent.flatMap((body) =>
        [...body.matchAll(/"custom_id":"([^"]*)"/g)].map(([, id]) => id ?? ''),
      );
      expect(found(customIds.join('\n'), marks.all)).toEqual([]);
      // The last note may be on its way back for a moment; after that nothing happens that could cover a trace of it.
      let heaps = await heapsOf(home);
      const stays = () => heaps.flatMap((heap) => found(heap, marks.all));
      for (let again = 0; again < 5 && stays().length > 0; again++) heaps = await heapsOf(home);
      // What does stay, so that finding nothing means something: of the bot's own thread, and of the encoder's.
      expect(heaps).toHaveLength(2);
      expect(heaps.map((heap) => found(heap, ['Harbour', 'encoder.onnx']))).toEqual([
        expect.arrayContaining(['Harbour']),
        ['encoder.onnx'],
      ]);
      expect(stays()).toEqual([]);
      expect(found(home.child.out + home.child.err, marks.all)).toEqual([]);
      const files = readdirSync(home.folder).filter((name) => name.startsWith('attune.db'));
      expect(files).toEqual(expect.arrayContaining(['attune.db', 'attune.db-wal', 'attune.db.key']));
      for (const file of files)
        expect(found(readFileSync(join(home.folder, file), 'latin1'), marks.all), file).toEqual([]);
      expect(found(home.child.out + home.child.err, marks.all)).toEqual([]);
      await home.child.terminate();
      for (const file of readdirSync(home.folder).filter((name) => name.startsWith('attune.db')))
        expect(found(readFileSync(join(home.folder, file), 'latin1'), marks.all), file).toEqual([]);
      expect(found(home.child.out + home.child.err, marks.all)).toEqual([]);
      expect(home.child.err).toBe('');
    },
    120_000,
  );
});

describe('of who they are', () => {
  it('no id of a member is in the database or the log', async () => {
    await using home = await openHome('on');
    const marks = createMarks();
    await afternoon(home, marks);
    const [ana, cleo] = [home.town.person('ana'), home.town.person('cleo')];
    await ana.presses(await ana.runs('/nudges'), 'nudges:posts:out');
    await cleo.presses(await cleo.runs('/nudges'), 'nudges:on');
    const ids = [...home.town.world.people.keys()].filter((id) => id !== home.town.bot.id);
    const inFiles = () =>
      readdirSync(home.folder)
        .filter((name) => name.startsWith('attune.db'))
        .flatMap((name) => {
          const bytes = readFileSync(join(home.folder, name));
          // As text, and as the number that SQLite would make of it.
          const forms = (id: string) => {
            const number = Buffer.alloc(8);
            number.writeBigUInt64BE(BigInt(id));
            return [Buffer.from(id), number];
          };
          return ids.filter((id) => forms(id).some((form) => bytes.includes(form)));
        });
    expect(inFiles()).toEqual([]);
    await home.child.terminate();
    expect(inFiles()).toEqual([]);
    expect(found(home.child.out + home.child.err, ids)).toEqual([]);
  }, 30_000);

  it('nobody is contacted who did not ask for it', async () => {
    await using home = await openHome('on');
    await afternoon(home, createMarks());
    for (const [id, { user }] of home.town.world.people) {
      if (id === home.town.bot.id || user.username.toLowerCase() === 'ben') continue;
      expect(
        home.town.person(user.username).dms.map(({ id }) => id),
        user.username,
      ).toEqual([]);
    }
  }, 30_000);
});
