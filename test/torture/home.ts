import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, openTown, type WorldEvent } from '@attune/town';
import { type Child, startAttune } from '../child.ts';
import { freePort } from '../free-port.ts';
import { decisionsIn } from '../load/endure/watch.ts';
import { fix, setUp, sorrow } from '../scene.ts';

/** The bot as a process of its own in the town, where Ben gets notes as often as there is cause; and its promises. */

/** As `npm start` runs it: its memory is part of what is promised. */
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
const flags = scripts.start.match(/--\S+/g) ?? [];

export type Home = Awaited<ReturnType<typeof openHome>>;

export async function openHome() {
  const folder = mkdtempSync(join(tmpdir(), 'attune-torture-'));
  const [town, health] = [await openTown(), await freePort()];
  const env = {
    ...{ DISCORD_TOKEN: town.token, DISCORD_API_URL: town.api, DATABASE_PATH: join(folder, 'attune.db') },
    ...{ NUDGE_SETTLE_MS: '20', LOG_LEVEL: 'info', HEALTH_PORT: `${health}` },
  };
  let child: Child = startAttune(env, folder, flags);
  await child.prints('Attune is ready', 60);
  const [ben, mo] = ['ben', 'mo'].map((name) => town.person(name)) as [Person, Person];
  const posters = ['ana', 'cleo', 'mo', 'ida'].map((name) => town.person(name));
  type Person = ReturnType<typeof town.person>;
  await setUp(town);

  const replies: WorldEvent[] = [];
  const isReply = ({ t, d }: WorldEvent) => t === 'MESSAGE_CREATE' && (d as { content?: string }).content === fix;
  town.on((event) => void (isReply(event) && replies.push(event)));
  const idOf = ({ d }: WorldEvent) => (d as { id: string }).id;
  /** How many of Ben's direct messages link to each message. Each is looked at once: there are hundreds. */
  const links = new Map<string, number>();
  let looked = 0;
  const lookAtNotes = () => {
    const { dms } = ben;
    for (const dm of dms.slice(looked)) {
      const linked = new Set([...JSON.stringify(dm).matchAll(/\/(\d{17,20})/g)].map(([, to = '']) => to));
      for (const to of linked) links.set(to, (links.get(to) ?? 0) + 1);
    }
    looked = dms.length;
  };
  const repliesWith = (is: (notes: number) => boolean) => {
    lookAtNotes();
    return replies.filter((event) => is(links.get(idOf(event)) ?? 0));
  };
  const answers = async (): Promise<boolean> => {
    const answer: Answer | undefined = await mo.runs('/help', {}, { within: 4_000 }).catch(() => undefined);
    return answer !== undefined && 'ephemeral' in answer;
  };

  const decisions: Record<string, number> = {};
  /** Adds what this process has decided: with its end it is forgotten. */
  async function tally(): Promise<void> {
    const metrics = await fetch(`http://127.0.0.1:${health}/metrics`)
      .then((answer) => answer.text())
      .catch(() => '');
    for (const [why, count] of Object.entries(decisionsIn(metrics))) decisions[why] = (decisions[why] ?? 0) + count;
  }

  return {
    town,
    /** What became of all messages, by outcome and reason, up to the last `tally`. */
    decisions,
    tally,
    get child() {
      return child;
    },
    replies,
    /** Somebody writes of a loss, and Ben moves on from it: cause for a note. Who writes again has answered, so they take turns. */
    async causes(): Promise<void> {
      const poster = posters[replies.length % posters.length] ?? mo;
      await ben.repliesTo(await poster.says('#support', sorrow), fix);
    },
    /** Resolves when there is a note on the latest reply, or after so many ms. */
    async isNoted(within: number): Promise<boolean> {
      const latest = replies.at(-1);
      for (const late = Date.now() + within; latest && Date.now() < late; await pause(50)) {
        lookAtNotes();
        if (links.has(idOf(latest))) return true;
      }
      return false;
    },
    /** An event of before comes once more. */
    repeats: (event: WorldEvent) => town.world.emit(event),
    async killAndStart(): Promise<void> {
      await tally();
      await child.kill();
      child = startAttune(env, folder, flags);
      await child.prints('Attune is ready', 60);
    },
    /** Replies on which there was one note. */
    noted: () => repliesWith((notes) => notes > 0).length,
    answers,
    /** After tries in vain the bot waits up to a minute before the next, and a login takes its turn. */
    async isBack(within = 150_000): Promise<boolean> {
      for (const late = Date.now() + within; Date.now() < late; ) if (await answers()) return true;
      return false;
    },
    /** Megabytes that the process takes. */
    megabytes: (): number =>
      Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    /** Promises that do not hold. */
    async broken(): Promise<string[]> {
      const told: string[] = [];
      const twice = repliesWith((notes) => notes > 1);
      if (twice.length > 0) told.push(`${twice.length} replies were noted twice`);
      for (const [id, { user }] of town.world.people) {
        if (id === town.bot.id || id === ben.user.id) continue;
        if (town.person(user.username).dms.length > 0)
          told.push(`${user.username} was contacted and had not asked for it`);
      }
      if (!(await this.isBack()))
        told.push(
          `the bot did not come back, ${town.gateway.sessions.filter(({ connected }) => connected).length} sessions; the end of its log:\n${child.out.slice(-3_000)}`,
        );
      if (child.err !== '') told.push(`it printed an error: ${child.err.slice(0, 500)}`);
      for (const text of [sorrow, fix]) if (child.out.includes(text)) told.push('the log holds what was written');
      return told;
    },
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]();
      await town.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
