/** The API and the files behind the door: reads a request, lets it be answered, records the exchange. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApiError, apiError } from '#api-error';
import type { Faults, Trouble } from '#faults';
import { type Body, formOf, type Mount } from '#http';
import type { Interactions } from '#interactions/interactions';
import { type Answer, answerRequest, findRoute } from '#rest/api';
import type { Call } from '#rest/call';
import type { World } from '#world/world';

/** One request and its answer, bodies parsed; multipart forms as their `payload_json`. */
export type Exchange = {
  method: string;
  path: string;
  query?: Record<string, string>;
  request: unknown;
  status: number;
  response: unknown;
};

export type Serving = {
  world: World;
  interactions: Interactions;
  faults: Faults & { take(method: string, path: string): Trouble | undefined };
  token: string;
  gateway: () => Call['gateway'];
  onExchange?: (exchange: Exchange) => void;
};

export function serveApi(serving: Serving): Mount {
  const { world, interactions, faults, token } = serving;

  async function api(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const method = request.method ?? 'GET';
    const query = new URL(request.url ?? '/', 'http://town').searchParams;
    let body: Body;
    try {
      body = await formOf(request);
    } catch {
      body = { json: undefined, uploads: [], broken: true };
    }
    const trouble = faults.take(method, path);
    if (trouble && 'hang' in trouble) return;
    if (trouble && 'drop' in trouble) return void request.socket.destroy();

    const ask = { method, path, authorization: request.headers.authorization, token };
    const answer = body.broken
      ? refused(apiError.notJson())
      : answerRequest(ask, trouble, ({ params }) => ({
          world,
          interactions,
          params,
          query,
          body: body.json,
          uploads: body.uploads,
          gateway: serving.gateway(),
        }));
    serving.onExchange?.({
      method,
      path: `/api/v10${path}`,
      ...(query.size > 0 && { query: Object.fromEntries(query) }),
      request: body.json,
      status: answer.status,
      response: answer.body,
    });
    if (trouble && 'loseAnswer' in trouble) return void request.socket.destroy();
    const at = world.clock.now();
    const finish = trouble && 'stallAnswer' in trouble ? stall : end;
    if (trouble && 'delayAnswer' in trouble)
      setTimeout(() => send(response, { method, path, at }, answer, finish), trouble.delayAnswer).unref();
    else send(response, { method, path, at }, answer, finish);
  }

  return {
    request(request, response, path) {
      const file = /^\/files\/(\d+)\//.exec(path)?.[1];
      if (file !== undefined) return serveFile(world, file, response);
      const route = /^\/api(?:\/v10)?(\/.*)$/.exec(path)?.[1];
      if (route === undefined) return false;
      return api(request, response, route).then(() => true);
    },
  };
}

const refused = (error: ApiError): Answer => ({ status: error.status, body: error.body() });

function serveFile(world: World, id: string, response: ServerResponse): boolean {
  const file = world.files.get(id);
  if (!file) return false;
  // What people upload must never run as a page of this address.
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': file.bytes.byteLength,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(file.bytes);
  return true;
}

type Finish = (response: ServerResponse, body: string) => void;
const end: Finish = (response, body) => void response.end(body);
/** The headers and half of the body, and then nothing more. */
const stall: Finish = (response, body) => void response.write(body.slice(0, Math.ceil(body.length / 2)));

type Asked = { method: string; path: string; at: number };

function send(response: ServerResponse, { method, path, at }: Asked, answer: Answer, finish: Finish): void {
  if (answer.page !== undefined) {
    response.writeHead(answer.status, { 'content-type': 'text/html' });
    finish(response, answer.page);
    return;
  }
  const route = findRoute(method, path)?.route ?? path;
  const headers: Record<string, string> = {
    date: new Date(at).toUTCString(),
    'x-ratelimit-limit': '50',
    'x-ratelimit-remaining': '49',
    'x-ratelimit-reset': String(Date.now() / 1000 + 1),
    'x-ratelimit-reset-after': '1',
    'x-ratelimit-bucket': createHash('md5').update(route).digest('hex'),
    ...answer.headers,
  };
  if (answer.body === undefined) {
    response.writeHead(answer.status, headers).end();
    return;
  }
  response.writeHead(answer.status, { ...headers, 'content-type': 'application/json' });
  finish(response, JSON.stringify(answer.body));
}
