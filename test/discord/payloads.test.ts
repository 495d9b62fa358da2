import { describe, expect, it } from 'vitest';
import { isSound } from '#discord/payloads';
import { openWatched } from '../input/watched.ts';
import { processes } from '../town.ts';

/** What comes through the gateway is looked at before anybody rests on it. */

const ready = {
  ...{ v: 10, user: { id: '1' }, guilds: [{ id: '2', unavailable: true }], session_id: 'a', shard: [0, 1] },
  ...{ resume_gateway_url: 'wss://gateway.example', application: { id: '1', flags: 0 } },
};
const message = {
  ...{ id: '1', channel_id: '2', guild_id: '3', type: 0, content: 'hi', timestamp: '2026-05-01T00:00:00Z' },
  ...{ author: { id: '4' }, mentions: [], member: { roles: ['5'] } },
};
const event = (t: string, d: unknown, s: unknown = 1) => ({ op: 0, t, s, d });
const { mentions, ...withoutMentions } = message;

describe('a payload', () => {
  it.each([
    ['an acknowledged heartbeat', { op: 11 }],
    ['a hello', { op: 10, d: { heartbeat_interval: 41_250 } }],
    ['a session that is invalid', { op: 9, d: false }],
    ['the beginning of a session', event('READY', ready)],
    ['a message', event('MESSAGE_CREATE', message)],
    ['a message of a direct conversation', event('MESSAGE_CREATE', { ...message, guild_id: undefined })],
    ['an answer to what is gone', event('MESSAGE_CREATE', { ...message, referenced_message: null })],
    ['a channel of a kind that is new', event('CHANNEL_CREATE', { id: '1', guild_id: '2', type: 99 })],
    ['an event that nobody reads', event('TYPING_START', null)],
    ['an event with the name of what every object has', event('constructor', {})],
  ])('is sound when it is %s', (_, payload) => expect(isSound(payload)).toBe(true));

  it.each([
    ['nothing', null],
    ['a list', []],
    ['without a number of what it is', { op: '0' }],
    ['a hello without a pulse', { op: 10, d: null }],
    ['a hello with a pulse of nothing', { op: 10, d: { heartbeat_interval: 0 } }],
    ['a hello with a pulse slower than any timer', { op: 10, d: { heartbeat_interval: 2 ** 31 } }],
    ['the beginning of no session', event('READY', null)],
    ['the beginning of a session without servers', event('READY', { ...ready, guilds: undefined })],
    ['a session that could not be found again', event('READY', { ...ready, resume_gateway_url: 'nowhere' })],
    ['an event without its number', event('MESSAGE_CREATE', message, null)],
    ['a message whose id is no id', event('MESSAGE_CREATE', { ...message, id: { toString: 1 } })],
    ['a message without mentions', event('MESSAGE_CREATE', withoutMentions)],
  ])('is not when it is %s', (_, payload) => expect(isSound(payload)).toBe(false));
});

describe('what is none of Discord’s payloads', () => {
  it('ends nothing, at a start neither', async () => {
    const texts = [
      '',
      'null',
      '7',
      '{"op":10,"d":null}',
      '{"op":0,"t":"READY","s":1,"d":null}',
      '{"op":0,"t":"RESUMED"}',
    ];
    // What comes before the client is ready waits, and is handled out of turn.
    const early = event('INTERACTION_CREATE', { id: '1', token: 'a', type: 3, data: null }, 2);
    await using town = await openWatched({
      before: ({ gateway }) => {
        const stop = gateway.watch((_, { socket }) => {
          stop();
          socket?.send(JSON.stringify(early));
          for (const text of texts) socket?.send(text);
        });
      },
    });
    for (const text of texts) for (const { socket } of town.town.gateway.sessions) socket?.send(text);
    expect(await town.ana.runs('/help')).toMatchObject({ ephemeral: true });
    town.expectHarmless();
    expect(town.town.gateway.greeted).toMatchObject({ identifies: processes, resumes: 0 });
    expect(town.logged().map(({ msg }) => msg)).toContain('the connection to Discord failed');
  });
});
