import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, Events, GatewayIntentBits, HTTPError, RateLimitError } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createClient } from '#discord/client';
import { NoAnswer } from '#discord/requests';
import { placesOf } from '#panels/places';
import { makeTraffic } from '../load/traffic.ts';
import { makeWorld, type Packet } from '../load/world.ts';

/**
 * The client reaches into how discord.js hears its sockets (`lighten`) and repeats requests (requests.ts): these tests
 * are what tells when an upgrade of discord.js has changed that.
 */

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const world = makeWorld({ guilds: 2, channels: 8, roles: 3, members: 6, threads: 2 });
let server: Server;
let socket: WebSocket;
let client: Client;
let api: string;
let intents: number;
let sequence: number;
let requests: string[];
let handle: Handler;

function firstGuild() {
  const [first] = world.guilds;
  if (!first) throw new Error('the world is empty');
  return first;
}

const json = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const send = (packet: Packet) => socket.send(JSON.stringify({ op: 0, s: ++sequence, ...packet }));

function welcome(into: WebSocket) {
  socket = into;
  socket.on('message', (data: Buffer) => {
    const { op, d } = JSON.parse(data.toString()) as { op: number; d: { intents: number } };
    if (op !== 2) return;
    intents = d.intents;
    const user = { id: world.self, username: 'attune', discriminator: '0', avatar: null, bot: true };
    const guilds = world.guilds.map(({ id }) => ({ id, unavailable: true }));
    const ready = { v: 10, user, guilds, session_id: 'one', resume_gateway_url: api.replace('http', 'ws') };
    send({ t: 'READY', d: { ...ready, application: { id: world.self, flags: 0 } } });
    send(makeTraffic(world, 1, Date.now()).packets.find(({ t }) => t === 'MESSAGE_CREATE') as Packet);
    for (const { create } of world.guilds) send({ t: 'GUILD_CREATE', d: create });
  });
  socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 45_000 } }));
}

beforeEach(async () => {
  sequence = 0;
  requests = [];
  handle = (_, response) => json(response, 200, {});
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    request.resume();
    if (request.url !== '/api/v10/gateway/bot') return handle(request, response);
    const url = api.replace('http', 'ws').replace('/api', '');
    const session_start_limit = { total: 1000, remaining: 1000, reset_after: 1000, max_concurrency: 1 };
    json(response, 200, { url, shards: 1, session_start_limit });
  });
  new WebSocketServer({ server }).on('connection', welcome);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  client = createClient({ api, messageContent: true });
  client.rest.setToken('token');
});

afterEach(async () => {
  await client.destroy();
  server.closeAllConnections();
  server.close();
});

/** Logs in and waits until the client is ready. */
async function ready(): Promise<Client<true>> {
  const done = once(client, Events.ClientReady);
  await client.login('token');
  await done;
  return client as Client<true>;
}

/** Sends a packet and waits until it has been heard. */
async function hear(...packets: Packet[]): Promise<Packet[]> {
  const heard: Packet[] = [];
  const all = new Promise<void>((resolve) => {
    client.on('raw' as string, (packet: Packet) => heard.push(packet) === packets.length && resolve());
  });
  for (const packet of packets) send(packet);
  await all;
  return heard;
}

describe('intents', () => {
  it('asks for servers, their messages and the text of these, and for direct messages', async () => {
    await ready();
    const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
    expect(intents).toBe(Guilds | GuildMessages | DirectMessages | MessageContent);
  });

  it('does without the text when that is not granted', async () => {
    client = createClient({ api, messageContent: false });
    await ready();
    const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
    expect(intents).toBe(Guilds | GuildMessages | DirectMessages);
  });
});

describe('what people write', () => {
  const kinds = ['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE', 'TYPING_START'];
  const { packets } = makeTraffic(world, 200, Date.now());

  it('comes raw, whole and in order', async () => {
    await ready();
    const heard = await hear(...packets);
    expect(heard.map(({ t, d }) => ({ t, d }))).toEqual(packets);
    expect(new Set(heard.map(({ t }) => t))).toEqual(new Set(kinds));
  });

  it('comes raw while the servers are still arriving', async () => {
    const early: string[] = [];
    client.on('raw' as string, ({ t }: Packet) => early.push(t));
    await ready();
    expect(early).toContain('MESSAGE_CREATE');
    expect(early.indexOf('MESSAGE_CREATE')).toBeLessThan(early.lastIndexOf('GUILD_CREATE'));
  });

  it('is never made into objects by discord.js, and nothing of it or its authors is kept', async () => {
    const made: string[] = [];
    const events = [Events.MessageCreate, Events.MessageUpdate, Events.MessageDelete, Events.TypingStart];
    for (const event of events) client.on(event as string, () => made.push(event));
    const { channels, guilds, users } = await ready();
    await hear(...packets);
    // A later packet that discord.js does handle: everything before it has been dealt with.
    const renamed = once(client, Events.GuildUpdate);
    send({ t: 'GUILD_UPDATE', d: { id: firstGuild().id, name: 'renamed' } });
    await renamed;
    expect(made).toEqual([]);
    expect([...users.cache.keys()]).toEqual([world.self]);
    for (const guild of guilds.cache.values()) expect(guild.members.cache.size).toBe(0);
    expect(channels.cache.size).toBe(0);
  });
});

describe('what is kept of a server', () => {
  it('is its name and language, and where its channels and threads stand', async () => {
    const { guilds } = await ready();
    const { id: guildId, create, text } = firstGuild();
    const sent = create as { name: string; channels: object[]; threads: { id: string; owner_id: string }[] };
    expect(guilds.cache.get(guildId)).toMatchObject({ name: sent.name, preferredLocale: 'en-US', available: true });
    const places = placesOf(client);
    expect(places.size).toBe(world.guilds.length * (sent.channels.length + sent.threads.length));
    const [thread] = sent.threads;
    expect(places.get(thread?.id ?? '')).toEqual({ guildId, type: 11, parentId: text[0], ownerId: thread?.owner_id });
  });

  it('is nothing of its channels besides, and nothing of its roles, members and emojis', async () => {
    const { guilds, channels } = await ready();
    expect(channels.cache.size).toBe(0);
    for (const guild of guilds.cache.values()) {
      for (const { cache } of [guild.channels, guild.roles, guild.members, guild.emojis]) expect(cache.size).toBe(0);
      expect(JSON.stringify(guild.toJSON())).not.toContain('INVITE_SPLASH');
    }
  });

  it('follows what moderators change', async () => {
    const { guilds } = await ready();
    const { id, text } = firstGuild();
    const renamed = once(client, Events.GuildUpdate);
    send({ t: 'GUILD_UPDATE', d: { id, name: 'renamed', preferred_locale: 'de', roles: [{ id }], emojis: [] } });
    await renamed;
    expect(guilds.cache.get(id)).toMatchObject({ name: 'renamed', preferredLocale: 'de', available: true });
    await hear({ t: 'CHANNEL_DELETE', d: { id: text[0], type: 0, guild_id: id } });
    expect(placesOf(client).has(text[0] ?? '')).toBe(false);
    const gone = once(client, Events.GuildDelete);
    send({ t: 'GUILD_DELETE', d: { id } });
    await gone;
    expect(guilds.cache.has(id)).toBe(false);
    expect(placesOf(client).has(text[1] ?? '')).toBe(false);
  });

  it('follows it into a new server', async () => {
    const { guilds } = await ready();
    const { create, text } = firstGuild();
    const joined = once(client, Events.GuildCreate);
    send({ t: 'GUILD_CREATE', d: { ...create, id: '77', name: 'new here' } });
    await joined;
    expect(guilds.cache.get('77')).toMatchObject({ name: 'new here', available: true, shardId: 0 });
    expect(placesOf(client).get(text[0] ?? '')).toMatchObject({ guildId: '77' });
  });
});

describe('an interaction', () => {
  /** Somebody presses a button. */
  async function press(channel: { id: string; type: number; [key: string]: unknown }, guild = firstGuild().id) {
    const [who, other] = firstGuild().people;
    const pressed = once(client, Events.InteractionCreate);
    const message = { id: '5', channel_id: channel.id, content: 'a panel', author: other?.user, components: [] };
    send({
      t: 'INTERACTION_CREATE',
      d: {
        ...{ id: '4', application_id: world.self, type: 3, token: 'token', version: 1, locale: 'de' },
        ...{ guild_id: guild, channel_id: channel.id, channel, message, entitlements: [] },
        ...{ data: { component_type: 2, custom_id: 'setup:on' }, authorizing_integration_owners: {} },
        member: { ...who?.member, user: who?.user, permissions: '32' },
      },
    });
    return (await pressed)[0];
  }

  it('comes whole, and nothing of it is kept', async () => {
    const { users, guilds, channels } = await ready();
    const { id: guild, text, people } = firstGuild();
    const [who] = people;
    const channel = { id: text[0] ?? '', type: 0, name: 'support', topic: 'be kind', last_message_id: '5' };
    const interaction = await press(channel);
    expect(interaction).toMatchObject({ customId: 'setup:on', locale: 'de', message: { content: 'a panel' } });
    expect(interaction).toMatchObject({ user: { id: who?.user.id }, member: { id: who?.user.id } });
    expect(interaction.memberPermissions.has('ManageGuild')).toBe(true);
    expect(interaction.channel).toBe(channels.cache.get(text[0] ?? ''));
    expect(interaction.channel.messages.cache.size).toBe(0);
    expect(interaction.channel.lastMessageId).toBeUndefined();
    expect([...users.cache.keys()]).toEqual([world.self]);
    expect(guilds.cache.get(guild)?.members.cache.size).toBe(0);
  });

  it('tells a thread from a channel, also a thread that the bot has not heard of', async () => {
    await ready();
    const [parent_id = ''] = firstGuild().text;
    for (const type of [10, 11, 12]) {
      const { channel, message } = await press({ id: `9${type}`, type, parent_id, name: 'about mum' });
      expect(channel.isThread()).toBe(true);
      expect(channel.name).toBeUndefined();
      expect(message.createdTimestamp).toBeTypeOf('number');
    }
    expect((await press({ id: parent_id, type: 0 })).channel.isThread()).toBe(false);
  });

  it('has no channel in a server that the bot is not in', async () => {
    await ready();
    expect(await press({ id: '8', type: 0 }, '9')).toMatchObject({ guildId: '9', channelId: '8', channel: null });
  });

  it('keeps only the last places where somebody pressed', async () => {
    const { channels } = await ready();
    for (let id = 100; id < 180; id++) await press({ id: String(id), type: 0 });
    expect(channels.cache.size).toBe(50);
    expect(channels.cache.has('179')).toBe(true);
    expect(channels.cache.has('100')).toBe(false);
  });
});

describe('requests', () => {
  const dm = '/channels/100000000000000001/messages';

  it('sends a message once when Discord answers 500', async () => {
    handle = (_, response) => json(response, 500, {});
    await expect(client.rest.post(dm, { body: { content: 'private' } })).rejects.toSatisfy(
      (error) => error instanceof HTTPError && error.status === 500 && !JSON.stringify(error).includes('private'),
    );
    expect(requests).toEqual([`POST /api/v10${dm}`]);
  });

  it('sends a message once when the answer is lost', async () => {
    handle = (request) => request.socket.resetAndDestroy();
    await expect(client.rest.post(dm, { body: {} })).rejects.toBeInstanceOf(NoAnswer);
    expect(requests).toHaveLength(1);
  });

  it('answers an interaction once when the answer is lost', async () => {
    handle = (request) => request.socket.resetAndDestroy();
    const callback = '/interactions/100000000000000001/token/callback';
    await expect(client.rest.post(callback, { body: {}, auth: false })).rejects.toBeInstanceOf(NoAnswer);
    expect(requests).toHaveLength(1);
  });

  it('answers a press again when Discord said that it was too early', async () => {
    handle = (_, response) =>
      requests.length === 1
        ? json(response, 429, { message: '', retry_after: 0.01, global: false }, { 'retry-after': '0.01' })
        : json(response, 200, { id: '1' });
    const followUp = '/webhooks/100000000000000001/token';
    await expect(client.rest.post(followUp, { body: {}, auth: false })).resolves.toEqual({ id: '1' });
    expect(requests).toHaveLength(2);
  });

  it('asks and edits again after a 500 or a lost answer, which changes nothing twice', async () => {
    handle = (request, response) => {
      if (requests.length === 1) json(response, 500, {});
      else if (requests.length === 2) request.socket.resetAndDestroy();
      else json(response, 200, { id: '1' });
    };
    await expect(client.rest.patch(`${dm}/1`, { body: {} })).resolves.toEqual({ id: '1' });
    expect(requests).toHaveLength(3);
  });

  it.each([
    ['POST', '/users/@me/channels'],
    ['POST', dm],
    ['GET', dm],
    ['GET', `${dm}/100000000000000002`],
    ['GET', '/channels/100000000000000001'],
  ] as const)('does not wait inside a request on the way of a note: %s %s', async (method, route) => {
    const wait = 0.01;
    handle = (_, response) =>
      json(response, 429, { message: '', retry_after: wait, global: false }, { 'retry-after': String(wait) });
    const asked = client.rest.request({ method: method as never, fullRoute: route });
    await expect(asked).rejects.toBeInstanceOf(RateLimitError);
    expect(requests).toHaveLength(1);
  });

  it('passes a refusal on as it is', async () => {
    handle = (_, response) => json(response, 403, { code: 50007, message: 'Cannot send messages to this user' });
    await expect(client.rest.post(dm, { body: {} })).rejects.toMatchObject({ code: 50007, status: 403 });
  });
});

it('pings nobody unless a message asks for it', () => {
  expect(client.options.allowedMentions).toEqual({ parse: [] });
});
