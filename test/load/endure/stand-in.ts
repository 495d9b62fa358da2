/** A process of its own that plays Discord for the endurance run. Its parent asks and is told over the IPC channel. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { createBooks } from './books.ts';
import { gather, type Plan } from './crowd.ts';
import { drops, type Gateway, openGateway } from './gateway.ts';
import { createPresses } from './presses.ts';
import { createRest } from './rest.ts';
import { createTalk } from './talk.ts';

/** Messages and interactions a second; every `dropMs` the gateway lets go of the bot. */
export type Play = { seconds: number; rate: number; presses: number; dropMs: number };
export type Ask = { type: 'open'; plan: Plan } | { type: 'play'; play: Play };
export type Figures = ReturnType<ReturnType<typeof createBooks>['figures']> & {
  gateway: ReturnType<Gateway['figures']>;
  /** How late the stand-in itself was: with messages, and in its own turns; in ms. */
  late: { messages: number; turns: number };
  sent: Record<string, number>;
  requests: Record<string, number>;
};
export type Tell = { type: 'listening'; port: number } | { type: 'played'; figures: Figures };

const tell = (message: Tell) => process.send?.(message);
const epoch = 1420070400000n;

/** Snowflakes of now, each greater than the last. */
function snowflakesOfNow(): () => string {
  let last = 0n;
  return () => {
    const now = (BigInt(Date.now()) - epoch) << 22n;
    last = now > last ? now : last + 1n;
    return String(last);
  };
}

async function open(plan: Plan) {
  const crowd = gather(plan);
  const id = snowflakesOfNow();
  const now = () => performance.now();
  const books = createBooks(now);
  const talk = createTalk(crowd, plan.seed, id, Date.now);
  const presses = createPresses(crowd, plan.seed, id);
  let port = 0;
  const rest = createRest({ crowd, books, talk, presses, port: () => port }, plan.seed, now);
  const server = createServer((request, response) => void rest.answer(request, response));
  const { self, guilds } = crowd.world;
  const gateway = openGateway(server, (session, send) => {
    const user = { id: self, username: 'attune', discriminator: '0001', avatar: null, bot: true, global_name: null };
    const there = guilds.map((guild) => ({ id: guild.id, unavailable: true }));
    const where = { session_id: session, resume_gateway_url: `ws://127.0.0.1:${port}`, shard: [0, 1] };
    send('READY', { v: 10, user, guilds: there, ...where, application: { id: self, flags: 1 << 19 } });
    for (const { create } of guilds) send('GUILD_CREATE', create);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  tell({ type: 'listening', port });

  /** Does one thing after the other, `perSecond` of them, and says how late it was at most, in ms. */
  async function each(perSecond: number, seconds: number, act: () => void): Promise<number> {
    const begun = now();
    let latest = 0;
    for (let done = 0; done < perSecond * seconds; done += 1) {
      const early = begun + (done / perSecond) * 1_000 - now();
      if (early > 0) await pause(Math.max(5, early));
      latest = Math.max(latest, -early);
      act();
    }
    return latest;
  }

  async function play({ seconds, rate, presses: perSecond, dropMs }: Play): Promise<Figures> {
    rest.begin();
    const sent: Record<string, number> = {};
    const turns = monitorEventLoopDelay({ resolution: 10 });
    turns.enable();
    const tidying = setInterval(books.giveUp, 500);
    let drop = 0;
    const dropping = setInterval(() => {
      gateway.drop(drops[drop % drops.length] ?? 'closed');
      drop += 1;
    }, dropMs);
    const speak = () => {
      for (const { t, d } of talk.next()) {
        const { id: message, guild_id: guild } = d as { id: string; guild_id: string };
        if (t === 'MESSAGE_CREATE') books.said(message, guild);
        sent[t] = (sent[t] ?? 0) + 1;
        gateway.dispatch(t, d);
      }
    };
    const interact = () => {
      // Nobody can press anything while the bot is away: Discord would tell it too late.
      if (!gateway.isThere) return;
      const { id: pressed, packet, user, kind, wants } = presses.next();
      sent[packet.t] = (sent[packet.t] ?? 0) + 1;
      books.pressed(pressed, { user, kind, wants });
      gateway.dispatch(packet.t, packet.d);
    };
    const [late] = await Promise.all([each(rate, seconds, speak), each(perSecond, seconds, interact)]);
    clearInterval(dropping);
    // What was said last settles, and its notes come.
    await pause(Math.min(30_000, seconds * 100));
    clearInterval(tidying);
    books.giveUp();
    turns.disable();
    return {
      ...books.figures(),
      gateway: gateway.figures(),
      late: { messages: late, turns: turns.percentile(99) / 1e6 },
      sent,
      requests: rest.requests,
    };
  }
  return { gateway, play };
}

let opened: Awaited<ReturnType<typeof open>> | undefined;
process.on('disconnect', () => process.exit());
process.on('message', async (ask: Ask) => {
  if (ask.type === 'open') {
    opened = await open(ask.plan);
    return;
  }
  if (opened) tell({ type: 'played', figures: await opened.play(ask.play) });
});
