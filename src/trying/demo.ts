import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, openTown, type Town } from '@attune/town';
import { servePage } from '@attune/town-page';
import { z } from 'zod';
import { type Config, ConfigError } from '#config';
import { judge } from '#detector/judge';
import type { Detector } from '#detector/reading';
import { defaultTerms } from '#detector/terms';
import type { Decision } from '#nudge/nudge';
import { type DecidedWords, decidedWords, tellDecision, tellPost, tellReading } from '#trying/decided';
import { readTour } from '#trying/tour';
import { filled, line, loadFile } from '#words';

/** The bot without an account: the town with its page, a banner, and one scene played through the real bot. */

/** data/<language>/demo.yaml. */
export const demoWords = z.strictObject({
  banner: z.array(line(120)),
  hint: filled(800, 'found', 'wanted'),
  throwaway: line(120),
  kept: filled(300, 'path'),
  address: filled(200, 'address'),
  setUp: filled(200, 'moderator', 'channel'),
  optIn: filled(200, 'replier', 'other'),
  post: line(300),
  reply: line(300),
  waiting: filled(200, 'replier', 'seconds'),
  noteFor: filled(120, 'replier'),
  noNote: filled(200, 'reason'),
  staying: filled(120, 'other'),
  reflected: line(300),
  goesOn: line(120),
});

/** Long enough to see that there is a wait, short enough to see the note within seconds; in ms. */
const settleMs = 2_000;

/** Opens the town and says so. Its database is in a folder of its own that goes with it, unless one was named. */
export async function openDemo(config: Config, data: string, detector: Detector) {
  const words = loadFile(data, 'demo.yaml', demoWords)();
  const toTell = loadFile(data, 'decided.yaml', decidedWords)();
  const town = await openTown({ port: config.townPort, bot: 'Attune' }).catch((error: unknown) => {
    throw cannotListen(error, config.townPort);
  });
  const folder = config.database === undefined ? mkdtempSync(join(tmpdir(), 'attune-town-')) : undefined;
  // The town makes every name small; an app's name is shown as it was given.
  town.bot.global_name = 'Attune';
  const decided = new Map<string, (decision: Decision) => void>();
  const page = await openPage(town, data, toTell, detector);

  print(
    boxed([
      ...words.banner,
      ...(config.hint ? [words.hint(config.hint)] : []),
      config.database === undefined ? words.throwaway : words.kept({ path: config.database }),
      words.address({ address: new URL(town.api).origin }),
    ]),
  );

  return {
    token: town.token,
    api: town.api,
    settleMs,
    database: folder === undefined ? undefined : join(folder, 'town.db'),

    observe(decision: Decision): void {
      page.show(decision);
      for (const id of decision.messages) decided.get(id)?.(decision);
    },

    /** One scene, with everything pressed by hand: set up, opt in, share, fix, and the note as its reader sees it. */
    async play(): Promise<void> {
      const [ana, ben, cleo, mo] = ['ana', 'ben', 'cleo', 'mo'].map((name) => town.person(name)) as [
        Actor,
        Actor,
        Actor,
        Actor,
      ];
      const channel = '#support';

      print(`· ${words.setUp({ moderator: 'Mo', channel })}`);
      let panel = await mo.runs('/setup', {}, { in: channel });
      panel = await mo.selects(panel, 'setup:channels', [channel]);
      await mo.presses(panel, 'setup:mode:on');

      print(`· ${words.optIn({ replier: 'Ben', other: 'Cleo' })}`);
      // Ben wants every note, so that whoever plays him gets one each time.
      const own = await ben.runs('/nudges', {}, { in: channel });
      const chosen = await ben.presses(own, 'nudges:on');
      await ben.selects(chosen, 'nudges:pace', ['every']);
      await cleo.presses(await cleo.runs('/nudges', {}, { in: channel }), 'nudges:on');

      print(`\n${channel}`);
      const post = await ana.says(channel, words.post);
      print(`  Ana   ${words.post}`);
      const fix = await ben.says(channel, words.reply, { replyTo: post });
      print(`  Ben   ${words.reply}\n`);
      print(
        `· ${words.waiting({ replier: 'Ben', seconds: String(Math.round((config.settleMs ?? settleMs) / 1000)) })}`,
      );
      const decision = await new Promise<Decision>((resolve) => decided.set(fix.id, resolve));

      if (decision.reason === 'shutting down') return;

      const note = ben.dms.at(-1);
      if (decision.outcome === 'nudged' && note) print(`· ${words.noteFor({ replier: 'Ben' })}\n\n${drawn(note)}`);
      else print(`· ${words.noNote({ reason: toTell.reasons[decision.reason].why })}`);

      print(`\n· ${words.staying({ other: 'Cleo' })}`);
      await cleo.says(channel, words.reflected, { replyTo: post });
      print(`  Cleo  ${words.reflected}\n\n${words.goesOn}`);
    },

    async close(): Promise<void> {
      await town.close();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function cannotListen(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const why = code === 'EADDRINUSE' ? 'something else uses it' : 'this user may not';
  return new ConfigError(`The town cannot listen on port ${port}: ${why}. Set TOWN_PORT to another one; 0 takes any.`);
}

/** The page at the town's address, with every decision in plain words beside the conversation. */
async function openPage(town: Town, data: string, words: DecidedWords, detector: Detector) {
  const { wouldNote: _, ...trying } = words.trying;
  let count = 0;
  const entry = () => ({ id: String(++count), at: town.clock.now() });

  const page = await servePage(town, {
    ...readTour(data),
    panel: {
      ...words.panel,
      trying,
      async read(post, reply) {
        const reading = await detector.read(reply, post);
        return { ...entry(), text: reply, ...tellReading(words, reading, judge(reading, defaultTerms)) };
      },
    },
  });

  /** The post may stand in the channel above a thread. */
  const answered = (id: string) => {
    for (const [channel, messages] of town.world.messages) {
      const wire = messages.get(id)?.wire;
      if (!wire) continue;
      const { global_name, username } = wire.author;
      return { channel, message: id, ...tellPost(words, global_name ?? username, wire.content) };
    }
    return undefined;
  };

  return {
    show(decision: Decision): void {
      const { channel, messages, replier, post } = decision;
      const answers = post === undefined ? undefined : answered(post);
      const user = town.world.people.get(replier)?.user;
      const parts = messages.flatMap((id) => town.world.messages.get(channel)?.get(id)?.wire.content ?? []);
      const [message] = messages;
      page.tell({
        ...entry(),
        channel,
        who: replier,
        ...(message !== undefined && { message }),
        ...(answers && { answers }),
        ...(parts.length > 0 && { text: parts.join('\n') }),
        ...tellDecision(words, decision, user?.global_name ?? user?.username),
      });
    },
  };
}

const print = (text: string) => process.stdout.write(`${text}\n`);

function boxed(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const rule = '─'.repeat(width + 2);
  return [`┌${rule}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${rule}┘`].join('\n');
}

/** Without the marks of Discord's markdown; a link as its words. */
const plain = (text: string) =>
  text
    .replace(/^-# /gm, '')
    .replace(/\*\*/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');

/** A message of components as text: what it says, and its buttons in a row. */
function drawn(message: { components?: unknown }): string {
  type Part = { type: number; content?: string; label?: string; components?: Part[] };
  const lines = (part: Part): string[] => {
    if (part.content !== undefined) return plain(part.content).split('\n');
    if (part.type === 1) return [(part.components ?? []).map(({ label }) => `[ ${label} ]`).join('  ')];
    return (part.components ?? []).flatMap((inner) => [...lines(inner), '']);
  };
  const parts = (message.components ?? []) as Part[];
  return parts
    .flatMap(lines)
    .map((line) => `  │ ${line}`)
    .join('\n');
}
