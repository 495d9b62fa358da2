import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Trouble } from '@attune/town/faults';
import { type Dice, dice, pick } from '../dice.ts';
import { foundInMemory } from '../memory.ts';
import { growth } from './growth.ts';
import { type Home, openHome } from './home.ts';
import { network } from './network.ts';

/** What is done to the bot, each for so long and with the numbers of one seed; and what of its promises did not hold. */

export type Done = { did: string; broken: readonly string[] };
export type Part = (asked: { ms: number; seed: number; minutes: number }) => Promise<Done>;

/** Does one thing after the other to the bot in the town, and looks at its promises at the end. */
const inTown =
  (what: string, step: (home: Home, roll: Dice, at: number) => Promise<void>, end = async (_: Home) => {}): Part =>
  async ({ ms, seed }) => {
    await using home = await openHome();
    const until = Date.now() + ms;
    const roll = dice(seed);
    let steps = 0;
    for (; steps === 0 || Date.now() < until; steps++) await step(home, roll, steps);
    await end(home);
    const back = await home.isBack();
    // Whatever happened, the bot does its work again. The next post would be the poster's answer, so each has its time.
    const before = home.noted();
    for (let tries = 0; back && tries < 4 && home.noted() === before; tries++) {
      await home.causes();
      for (let waited = 0; waited < 40 && home.noted() === before; waited++) await pause(500);
    }
    const broken = await home.broken();
    if (home.noted() === before) broken.push('no note came any more');
    await home.tally();
    const most = Object.entries(home.decisions).sort(([, a], [, b]) => b - a);
    const why = most.slice(0, 6).map(([decision, count]) => `${count} ${decision}`);
    return {
      did: `${steps} ${what}, ${home.replies.length} replies, ${home.noted()} notes (${why.join('; ')})`,
      broken,
    };
  };

/** The tests of bad input and of kills at writes, many times over. */
const properties: Part = async ({ ms, seed, minutes }) => {
  const until = Date.now() + ms;
  const broken: string[] = [];
  let rounds = 0;
  const times = Math.max(2, Math.round(minutes * 2));
  for (; rounds === 0 || Date.now() < until; rounds++) {
    const own = seed + rounds;
    const env = { ...process.env, TORTURE_TIMES: `${times}`, TORTURE_SEED: `${own}` };
    const args = ['vitest', 'run', '--project', 'attune', 'test/input', 'test/store/killed.test.ts', '--reporter=dot'];
    const tests = spawn('npx', args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    tests.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    const [code] = (await once(tests, 'close')) as [number];
    if (code !== 0)
      broken.push(
        `TORTURE_TIMES=${times} TORTURE_SEED=${own} npx vitest run test/input test/store/killed.test.ts\n${out.slice(-4_000)}`,
      );
  }
  return { did: `${rounds} rounds of ${times} times as many runs as every day`, broken };
};

/** From a reply to its note, in ms, by a bot that has just begun: it reads what it reads with first. */
const noteMs = 3_000;

const kills = inTown('kills', async (home, roll) => {
  await home.causes();
  if (roll(4) === 0) await home.isNoted(noteMs);
  if (roll(4) === 0) void home.causes();
  await pause(roll(noteMs));
  await home.killAndStart();
  for (const event of home.replies.slice(-3)) home.repeats(event);
});

const codes = [1000, 1001, 1006, 1011, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009, 4999] as const;
const gateway = inTown('troubles of the gateway', async (home, roll) => {
  const { gateway } = home.town;
  await home.causes();
  if (roll(2) === 0) await home.isNoted(noteMs);
  const trouble = pick(roll, [
    'drop',
    'drop',
    'drop',
    'reconnect',
    'beat',
    'repeat',
    'hold',
    'invalid',
    'forget',
  ] as const);
  if (trouble === 'drop') {
    const code = pick(roll, codes);
    gateway.drop(code === 1006 ? {} : { code });
  } else if (trouble === 'reconnect') gateway.reconnect();
  else if (trouble === 'beat') gateway.askForHeartbeat();
  else if (trouble === 'repeat') gateway.repeat(pick(roll, ['MESSAGE_CREATE', 'GUILD_CREATE', undefined]));
  else if (trouble === 'invalid') gateway.invalidateSession(roll(2) === 0);
  else if (trouble === 'forget') gateway.drop({ resumable: false });
  else {
    // What was said comes late and in another order.
    const letGo = gateway.hold();
    await home.causes();
    for (const event of home.replies.slice(-2).reverse()) home.repeats(event);
    letGo();
  }
  await pause(roll(500));
  for (const event of home.replies.slice(-2).reverse()) home.repeats(event);
});

const routes = [
  'POST /channels/:id/messages',
  'POST /users/@me/channels',
  'GET /channels/:id/messages',
  'GET /channels/:id/messages/:message',
  'POST /interactions/:id/:token/callback',
] as const;
const troubles: readonly [Trouble, ...Trouble[]] = [
  { status: 500 },
  { status: 502, page: true },
  { status: 503 },
  { status: 400 },
  { status: 403, code: 50_001 },
  { status: 404, code: 10_003 },
  { status: 429, retryAfter: 1 },
  { status: 429, retryAfter: 1, global: true },
  { status: 429, page: true },
  { hang: true },
  { drop: true },
  { loseAnswer: true },
  { stallAnswer: true },
  { delayAnswer: 4_000 },
];
const rest = inTown(
  'faults of the API',
  async (home, roll) => {
    const trouble = pick(roll, troubles);
    void home.town.faults.next(pick(roll, routes), { ...trouble, times: 1 + roll(2) });
    await home.causes();
    if (roll(2) === 0) await home.isNoted(noteMs);
    else await pause(roll(1_500));
    if (roll(8) === 0) home.town.faults.clear();
  },
  async (home) => {
    home.town.faults.clear();
    // A request that hangs is given up after ten seconds; a limit of all routes is over sooner.
    await pause(12_000);
  },
);

const perSecond = 100;
/** The most that memory may grow from the second quarter of the time to the last, in MB. */
const mostGrown = 25;

const flood: Part = async ({ ms, seed }) => {
  await using home = await openHome();
  const roll = dice(seed);
  const from = Date.now();
  const until = from + ms;
  const sizes: { at: number; mb: number }[] = [];
  const people = ['ana', 'cleo', 'mo', 'ida'].map((name) => home.town.person(name));
  const channel = home.town.channel('#support');
  // Some sixty of them are looked for at the end.
  const every = Math.max(1, Math.round((ms * perSecond) / 60_000));
  const marks: string[] = [];
  let said = 0;
  while (said === 0 || Date.now() < until) {
    const late = from + (said * 1_000) / perSecond - Date.now();
    if (late > 0) await pause(late);
    const mark = `zq${said}${roll(1e9).toString(36)}zq`;
    await people[roll(people.length)]?.says(channel, `${mark} of a long day, and i am so tired of it all`);
    if (said % every === 0) marks.push(mark);
    said += 1;
    if (said % perSecond === 0)
      sizes.push({ at: (Date.now() - from) / Math.max(1, until - from), mb: home.megabytes() });
    if (said % (20 * perSecond) === 0) await home.causes();
  }
  const median = (low: number, high: number) => {
    const some = sizes
      .filter(({ at }) => at >= low && at < high)
      .map(({ mb }) => mb)
      .sort((a, b) => a - b);
    return some[some.length >> 1] ?? Number.NaN;
  };
  const [early, late] = [median(0.25, 0.5), median(0.75, Number.POSITIVE_INFINITY)];
  const lying = home.child.pid === undefined ? new Map<string, number>() : foundInMemory(home.child.pid, marks);
  const left = [...lying.values()].filter((count) => count > 0).length;
  const broken = await home.broken();
  if (late - early > mostGrown) broken.push(`memory grew from ${early.toFixed(0)} to ${late.toFixed(0)} MB`);
  const rate = (said * 1_000) / (Date.now() - from);
  return {
    did: `${said} messages, ${rate.toFixed(0)} a second, ${early.toFixed(0)} MB early, ${late.toFixed(0)} MB late; of ${marks.length} texts ${left} lie somewhere in memory that is not yet written over`,
    broken,
  };
};

export const parts: Readonly<Record<string, Part>> = { properties, growth, kills, gateway, rest, flood, network };
