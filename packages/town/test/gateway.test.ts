import { Events, GatewayIntentBits, type Message, Status } from 'discord.js';
import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { shardOf } from '#gateway/identify';
import { openTown } from '#town';
import { createClient, logIn, next } from './client.ts';
import { town, useTown } from './each-town.ts';

useTown();

type Payload = { op: number; t?: string; s?: number; d: never };

/** A socket of one's own, to see what the gateway really says. */
function connect(headers: Record<string, string> = {}, query = '?v=10&encoding=json') {
  const socket = new WebSocket(`${town.origin.replace('http', 'ws')}/gateway${query}`, { headers });
  const seen: Payload[] = [];
  socket.on('message', (data) => seen.push(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const opened = new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const got = (is: (payload: Payload) => boolean) => vi.waitUntil(() => seen.find(is), { timeout: 5_000, interval: 5 });
  return { socket, seen, closed, opened, got, send: (payload: unknown) => socket.send(JSON.stringify(payload)) };
}
const identify = (more: object = {}) => ({ op: 2, d: { token: 'town-token', intents: 1, properties: {}, ...more } });

describe('logging in', () => {
  test('an unmodified client is ready at once, with everything there and without a warning', async () => {
    const warn = vi.spyOn(process, 'emitWarning');
    const begun = performance.now();
    await using bot = await logIn(town);
    expect(performance.now() - begun).toBeLessThan(1_500);
    const guild = bot.client.guilds.cache.first();
    expect(guild?.name).toBe('Harbour');
    expect(guild?.channels.cache.map((channel) => channel.name)).toEqual([
      'general',
      'support',
      'Circles',
      'circle',
      'stories',
    ]);
    expect(guild?.members.me?.permissions.has('SendMessages')).toBe(true);
    expect(guild?.members.me?.permissions.has('ManageMessages')).toBe(false);
    expect(guild?.memberCount).toBe(6);
    expect(bot.client.user.id).toBe(town.bot.id);
    expect(bot.warnings).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
    expect(town.gateway.greeted.identifies).toBe(1);
  });

  test('a wrong token is refused by REST and by the gateway (4004)', async () => {
    const client = createClient(town);
    await expect(client.login('not-the-token')).rejects.toThrow();
    await client.destroy();
    const { opened, send, closed } = connect();
    await opened;
    send(identify({ token: 'not-the-token' }));
    expect(await closed).toBe(4004);
  });

  test('a privileged intent that was not granted closes with 4014, and login says so', async () => {
    town.grants.messageContent = false;
    const client = createClient(town);
    await expect(client.login(town.token)).rejects.toThrow('Used disallowed intents');
    await client.destroy();
    await using bot = await logIn(town, { intents: [GatewayIntentBits.Guilds] });
    expect(bot.client.isReady()).toBe(true);
  });

  test.each([
    ['invalid intents', identify({ intents: -1 }), 4013],
    ['a shard that cannot be', identify({ shard: [2, 2] }), 4010],
    ['an opcode that is none', { op: 99 }, 4001],
    ['presence before identifying', { op: 3, d: {} }, 4003],
  ])('%s closes the socket', async (_, payload, code) => {
    const { opened, send, closed } = connect();
    await opened;
    send(payload);
    expect(await closed).toBe(code);
  });

  test('text that is no JSON closes with 4002, identifying twice with 4005, another version with 4012', async () => {
    const broken = connect();
    await broken.opened;
    broken.socket.send('{');
    expect(await broken.closed).toBe(4002);
    const twice = connect();
    await twice.opened;
    twice.send(identify());
    await twice.got((payload) => payload.t === 'READY');
    twice.send(identify());
    expect(await twice.closed).toBe(4005);
    expect(await connect({}, '?v=6').closed).toBe(4012);
  });

  test('heartbeats are acknowledged, and can be asked for', async () => {
    const { opened, send, got, seen, socket } = connect();
    await opened;
    expect(await got((payload) => payload.op === 10)).toMatchObject({ d: { heartbeat_interval: 41_250 } });
    send({ op: 1, d: null });
    await got((payload) => payload.op === 11);
    town.gateway.askForHeartbeat();
    await got((payload) => payload.op === 1);
    expect(seen.filter((payload) => payload.op === 11)).toHaveLength(1);
    socket.terminate();
  });

  test('a client whose heartbeats are not acknowledged resumes by itself', async () => {
    await using town = await openTown({ heartbeatMs: 60 });
    await using bot = await logIn(town);
    town.gateway.goSilent();
    await next(bot.client, Events.ShardReconnecting);
    town.gateway.goSilent(false);
    await next(bot.client, Events.ShardResume);
    expect(town.gateway.greeted).toMatchObject({ identifies: 1, resumes: 1 });
  });
});

describe('sessions', () => {
  test('a dropped connection resumes and hears what it missed, in order and once', async () => {
    await using bot = await logIn(town);
    const heard: string[] = [];
    bot.client.on(Events.MessageCreate, (message) => void heard.push(message.content));
    const ben = town.person('ben');
    await ben.says('#support', 'before');
    await vi.waitUntil(() => heard.length === 1);
    town.gateway.drop();
    await ben.says('#support', 'meanwhile 1');
    await ben.says('#support', 'meanwhile 2');
    await next(bot.client, Events.ShardResume);
    await ben.says('#support', 'after');
    await vi.waitUntil(() => heard.includes('after'));
    expect(heard).toEqual(['before', 'meanwhile 1', 'meanwhile 2', 'after']);
    expect(town.gateway.greeted).toMatchObject({ identifies: 1, resumes: 1 });
    expect(bot.warnings).toEqual([]);
  });

  test('op 7 makes the client come back and resume', async () => {
    await using bot = await logIn(town);
    const resumed = next(bot.client, Events.ShardResume);
    town.gateway.reconnect();
    await resumed;
    expect(town.gateway.greeted.resumes).toBe(1);
    expect(bot.client.ws.status).toBe(Status.Ready);
  });

  test('a session that is gone is refused with op 9; what was missed is not replayed', async () => {
    // discord.js lets five seconds go by between two identifies; Discord is told nothing of that.
    const atOnce = { waitForIdentify: async () => undefined };
    await using bot = await logIn(town, { ws: { buildIdentifyThrottler: () => atOnce } });
    const heard: string[] = [];
    bot.client.on(Events.MessageCreate, (message) => void heard.push(message.content));
    town.gateway.drop({ resumable: false });
    await town.person('ben').says('#support', 'lost');
    await town.online(15_000);
    await vi.waitUntil(() => town.gateway.greeted.identifies === 2, { timeout: 15_000 });
    await town.person('ben').says('#support', 'new');
    await vi.waitUntil(() => heard.includes('new'), { timeout: 5_000 });
    expect(heard).toEqual(['new']);
  });

  test('an invalid session that may be resumed is resumed on the same socket', async () => {
    await using bot = await logIn(town);
    const resumed = next(bot.client, Events.ShardResume);
    town.gateway.invalidateSession(true);
    await resumed;
    expect(town.gateway.greeted.identifies).toBe(1);
  });

  test('a client that says goodbye ends its session', async () => {
    const bot = await logIn(town);
    const gone = new Promise((resolve) => town.gateway.watch((what) => what === 'gone' && resolve(what)));
    await bot.client.destroy();
    await gone;
    expect(town.gateway.sessions).toEqual([]);
  });

  test('events can be held back, and sent twice', async () => {
    await using bot = await logIn(town);
    const heard: string[] = [];
    bot.client.on('raw', (packet: Payload) => {
      if (packet.t === 'MESSAGE_CREATE') heard.push((packet.d as Message).content);
    });
    const release = town.gateway.hold();
    await town.person('ben').says('#support', 'one');
    const two = await town.person('ben').says('#support', 'two');
    await bot.client.guilds.fetch(town.guild.id);
    expect(heard).toEqual([]);
    release();
    await vi.waitUntil(() => heard.length === 2);
    town.gateway.repeat();
    await vi.waitUntil(() => heard.length === 3);
    expect(heard).toEqual(['one', 'two', two.content]);
  });
});

describe('shards', () => {
  test('each shard hears of its guilds; direct messages come to the first', async () => {
    await using town = await openTown({ shards: 2, maxConcurrency: 2 });
    const made = Array.from({ length: 4 }, (_, at) => town.addGuild({ name: `Guild ${at}`, people: ['Ben'] }));
    await using bot = await logIn(town, { shards: 'auto' });
    expect(bot.client.ws.shards.size).toBe(2);
    expect(bot.client.guilds.cache.size).toBe(5);
    for (const { id } of made) expect(bot.client.guilds.cache.get(id)?.shardId).toBe(shardOf(id, 2));
    expect(new Set(made.map(({ id }) => shardOf(id, 2))).size).toBe(2);
    const shards: number[] = [];
    bot.client.on(
      'raw',
      (packet: Payload, shard: number) => void (packet.t === 'MESSAGE_CREATE' && shards.push(shard)),
    );
    const odd = made.find(({ id }) => shardOf(id, 2) === 1);
    await town.person('ben').says(`${odd?.name}#general`, 'to the second');
    await vi.waitUntil(() => shards.length === 1);
    await town.person('ben').says('dm', 'to the first');
    await vi.waitUntil(() => shards.length === 2);
    expect(shards).toEqual([1, 0]);
  });
});

describe('the door', () => {
  test('another Host or Origin is refused, on the socket, too', async () => {
    const wrong = connect({ host: 'evil.example' });
    await expect(wrong.opened).rejects.toThrow('403');
    await expect(connect({ origin: 'https://evil.example' }).opened).rejects.toThrow('403');
    const right = connect({ origin: town.origin });
    await right.opened;
    right.socket.terminate();
    const elsewhere = new WebSocket(`${town.origin.replace('http', 'ws')}/elsewhere`);
    await expect(
      new Promise((resolve, reject) => elsewhere.once('open', resolve).once('error', reject)),
    ).rejects.toThrow('403');
  });

  test('it opens on this machine only', async () => {
    await expect(openTown({ host: '0.0.0.0' })).rejects.toThrow('this machine only');
  });
});
