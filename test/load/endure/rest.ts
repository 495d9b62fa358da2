/** Discord's REST as the endurance run plays it: it limits, refuses, is slow at times, and keeps the books. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { answer } from '../rest.ts';
import { numbers } from '../world.ts';
import type { Books } from './books.ts';
import type { Crowd } from './crowd.ts';
import { createLimits } from './limits.ts';
import type { createPresses } from './presses.ts';
import type { Talk } from './talk.ts';

/** Parts of all requests but the answers to interactions: slow by some seconds, 502, and limited by somebody else. */
const trouble = { slow: 0.01, slowest: 4_000, failed: 0.005, shared: 0.002 };

type Created = { channels: object[]; roles: object[]; members: object[] };
const partOf = (guild: Created, part: string): object => {
  if (part === 'channels') return guild.channels;
  if (part === 'roles') return guild.roles;
  // The bot itself comes first; it asks for nobody else.
  return part === 'members' ? (guild.members[0] ?? {}) : guild;
};

type Reply = { status: number; json: object };
type Parts = { crowd: Crowd; books: Books; talk: Talk; presses: ReturnType<typeof createPresses>; port: () => number };

const error = (status: number, code: number, message: string): Reply => ({ status, json: { code, message } });

export function createRest({ crowd, books, talk, presses, port }: Parts, seed: number, now: () => number) {
  const random = numbers(seed + 5);
  const limits = createLimits(now);
  const guilds = new Map(crowd.world.guilds.map(({ id, create }) => [id, create as Created]));
  /** Not before everybody is in. */
  let isTroubled = false;
  const requests: Record<string, number> = {};

  function callback(id: string, body: string, query: URLSearchParams): Reply {
    const press = books.answered(id);
    const { type, data } = JSON.parse(body) as { type: number; data?: object };
    // 4: a message, 7: a changed panel.
    if (data && (type === 4 || type === 7)) presses.shown(id, data);
    // Deferred: the answer comes later, and so does "your notes are off".
    if (press?.wants === 'off' && type !== 5 && type !== 6) books.isOff(press.user);
    if (query.get('with_response') !== 'true') return { status: 204, json: {} };
    return {
      status: 200,
      json: { interaction: { id, type: 2 }, resource: { type, message: presses.got('', data ?? {}) } },
    };
  }

  function write(channel: string, body: string): Reply {
    if (crowd.closed.has(channel)) {
      books.turnedAway(channel, 'closed');
      return error(403, 50007, 'Cannot send messages to this user');
    }
    books.wrote(channel, body);
    return { status: 200, json: presses.got(channel, JSON.parse(body) as object) };
  }

  function open(body: string): Reply {
    const user = (JSON.parse(body) as { recipient_id: string }).recipient_id;
    const isTooFast = limits.opensTooFast();
    books.opened(isTooFast);
    if (isTooFast) return error(400, 40003, 'You are opening direct messages too fast.');
    if (crowd.gone.has(user)) {
      books.turnedAway(user, 'gone');
      return error(404, 10013, 'Unknown User');
    }
    return { status: 200, json: { id: user, type: 1, recipients: [] } };
  }

  function replyTo(route: string, body: string, query: URLSearchParams): Reply {
    const [, channel = '', message] = /^GET \/channels\/(\d+)\/messages(?:\/(\d+))?$/.exec(route) ?? [];
    if (channel) {
      if (crowd.forbidden.has(channel)) return error(403, 50001, 'Missing Access');
      const limit = Number(query.get('limit') ?? 50);
      if (!message) return { status: 200, json: talk.around(channel, query.get('around') ?? '', limit) };
      const found = talk.one(channel, message);
      return found ? { status: 200, json: found } : error(404, 10008, 'Unknown Message');
    }
    const [, to] = /^POST \/channels\/(\d+)\/messages$/.exec(route) ?? [];
    if (to) return write(to, body);
    if (route === 'POST /users/@me/channels') return open(body);
    const [, id] = /^POST \/interactions\/(\d+)\/[^/]+\/callback$/.exec(route) ?? [];
    if (id) return callback(id, body, query);
    const [, token] = /^(?:PATCH|POST) \/webhooks\/\d+\/token-(\d+)/.exec(route) ?? [];
    if (token) {
      const shown = JSON.parse(body || '{}') as object;
      presses.shown(token, shown);
      return { status: 200, json: presses.got('', shown) };
    }
    const [, guild = '', of = ''] = /^GET \/guilds\/(\d+)(?:\/(channels|roles|members)\b)?/.exec(route) ?? [];
    const created = guilds.get(guild);
    if (created) return { status: 200, json: partOf(created, of) };
    return answer(route, body, { self: crowd.world.self, port: port() });
  }

  return {
    requests,
    begin: () => {
      isTroubled = true;
    },
    async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand.in');
      const route = `${request.method} ${pathname.replace(/^\/api\/v10/, '')}`;
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const isCallback = /^\w+ \/(interactions|webhooks)\//.test(route);
      const send = (status: number, json: object, headers: Record<string, string> = {}) => {
        const name = `${status} ${route.replaceAll(/\d{5,}/g, ':id').replace(/token-:id|load/, ':token')}`;
        requests[name] = (requests[name] ?? 0) + 1;
        books.refused(status, headers['x-ratelimit-scope']);
        if (status === 204) response.writeHead(status, headers).end();
        else response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(json));
      };
      const isHit = (part: number) => isTroubled && !isCallback && random() < part;
      const { headers, refused } = limits.take(route, isHit(trouble.shared));
      if (refused) {
        const { seconds: retry_after, scope } = refused;
        return send(429, { message: 'You are being rate limited.', retry_after, global: scope === 'global' }, headers);
      }
      if (isHit(trouble.failed)) return send(502, { message: 'Bad Gateway' });
      if (isHit(trouble.slow)) await pause(random() * trouble.slowest);
      const { status, json } = replyTo(route, body, searchParams);
      send(status, json, headers);
    },
  };
}
