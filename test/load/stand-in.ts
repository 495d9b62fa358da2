/**
 * A process of its own that plays Discord for one bot after the other: REST as far as a bot needs it to log in, a
 * gateway, and the traffic. Its parent asks and is told over the IPC channel, so that its work is not measured.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { answer } from './rest.ts';
import { makeTraffic } from './traffic.ts';
import { makeWorld, type Packet, type Size } from './world.ts';

export type Ask =
  | { type: 'open'; size: Size }
  | { type: 'traffic'; messages: number; perSecond: number }
  | { type: 'next' };
export type Tell =
  | { type: 'listening'; port: number; guilds: { id: string; text: readonly string[]; people: readonly string[] }[] }
  | { type: 'joined'; intents: number }
  /** When the first interaction was answered, in milliseconds since 1970. */
  | { type: 'answered'; at: number }
  | { type: 'done'; packets: number; requests: Record<string, number> };

const tell = (message: Tell) => process.send?.(message);

let world = makeWorld({ guilds: 1, channels: 3, roles: 2, members: 1, threads: 0 });
let requests: Record<string, number> = {};
let bot: { socket: WebSocket; sequence: number } | undefined;
let port = 0;

/** Waits while the bot is behind, so that no memory is measured that only a flood would take. */
async function send(op: number, packet?: Packet): Promise<void> {
  if (!bot) throw new Error('the bot is not connected');
  const { socket } = bot;
  socket.send(JSON.stringify(packet ? { op, s: ++bot.sequence, ...packet } : { op, d: null, s: null, t: null }));
  while (socket.bufferedAmount > 256 * 1024 && socket.readyState === socket.OPEN) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Discord may ask for a heartbeat at any time: the answer says that everything before has been taken in. */
async function caughtUp(socket: WebSocket): Promise<void> {
  await send(1);
  for (;;) {
    const [data] = (await once(socket, 'message')) as [Buffer];
    if ((JSON.parse(data.toString()) as { op: number }).op === 1) return;
  }
}

async function join(socket: WebSocket, intents: number): Promise<void> {
  const user = {
    id: world.self,
    username: 'attune',
    discriminator: '0001',
    avatar: null,
    bot: true,
    global_name: null,
  };
  const guilds = world.guilds.map(({ id }) => ({ id, unavailable: true }));
  const resume_gateway_url = `ws://127.0.0.1:${port}`;
  const ready = { v: 10, user, guilds, session_id: 'load', resume_gateway_url, shard: [0, 1] };
  await send(0, { t: 'READY', d: { ...ready, application: { id: world.self, flags: 1 << 19 } } });
  for (const { create } of world.guilds) await send(0, { t: 'GUILD_CREATE', d: create });
  await send(0, { t: 'INTERACTION_CREATE', d: world.interaction });
  await caughtUp(socket);
  tell({ type: 'joined', intents });
}

async function traffic(messages: number, perSecond: number): Promise<void> {
  if (!bot) throw new Error('the bot is not connected');
  const { packets } = makeTraffic(world, messages, Date.now());
  const begun = performance.now();
  for (const [index, packet] of packets.entries()) {
    await send(0, packet);
    const early = (index / perSecond) * 1000 - (performance.now() - begun);
    if (early > 5) await new Promise((resolve) => setTimeout(resolve, early));
  }
  await caughtUp(bot.socket);
  tell({ type: 'done', packets: packets.length, requests });
}

function connected(socket: WebSocket): void {
  socket.on('message', (data: Buffer) => {
    const { op, d } = JSON.parse(data.toString()) as { op: number; d: { intents: number } };
    if (op === 1) socket.send(JSON.stringify({ op: 11 }));
    if (op !== 2) return;
    bot = { socket, sequence: 0 };
    void join(socket, d.intents);
  });
  socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41250 } }));
}

async function rest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const route = `${request.method} ${new URL(request.url ?? '/', 'http://stand.in').pathname.replace(/^\/api\/v10/, '')}`;
  const counted = route.replaceAll(/\d{5,}/g, ':id');
  requests[counted] = (requests[counted] ?? 0) + 1;
  if (/^POST \/interactions\/\d+\/[^/]+\/callback$/.test(route)) tell({ type: 'answered', at: Date.now() });
  const { status, json } = answer(route, body, { self: world.self, port });
  if (status === 204) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}

async function open(size: Size): Promise<void> {
  world = makeWorld(size);
  const server = createServer((request, response) => void rest(request, response));
  new WebSocketServer({ server }).on('connection', connected);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  tell({
    type: 'listening',
    port,
    guilds: world.guilds.map(({ id, text, people }) => ({ id, text, people: people.map(({ user }) => user.id) })),
  });
}

process.on('disconnect', () => process.exit());
process.on('message', (ask: Ask) => {
  if (ask.type === 'open') void open(ask.size);
  if (ask.type === 'traffic') void traffic(ask.messages, ask.perSecond);
  if (ask.type === 'next') {
    bot?.socket.terminate();
    bot = undefined;
    requests = {};
  }
});
