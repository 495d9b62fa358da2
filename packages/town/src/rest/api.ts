/** The REST API: finds the route of a request, lets it answer, and lets trouble happen on the way. */
import { ApiError, apiError } from '#api-error';
import { matches, partsOf, type Trouble } from '#faults';
import { applicationRoutes } from '#rest/application';
import type { Call, Reply, Routes } from '#rest/call';
import { channelRoutes } from '#rest/channels';
import { guildRoutes } from '#rest/guilds';
import { interactionRoutes } from '#rest/interactions';
import { threadRoutes } from '#rest/threads';

const routes: Routes = {
  ...applicationRoutes,
  ...channelRoutes,
  ...threadRoutes,
  ...guildRoutes,
  ...interactionRoutes,
};

/** Literal parts before named ones: `/users/@me` is not `/users/:user`. */
const byLength = new Map<string, string[]>();
for (const route of Object.keys(routes)) {
  const key = keyOf(...(route.split(' ') as [string, string]));
  byLength.set(
    key,
    [...(byLength.get(key) ?? []), route].sort((a, b) => named(a) - named(b)),
  );
}

function named(route: string): number {
  return route.split(':').length;
}

function keyOf(method: string, path: string): string {
  return `${method} ${path.split('/').length}`;
}

export type Found = { route: string; params: Record<string, string> };

export function findRoute(method: string, path: string): Found | undefined {
  const route = byLength.get(keyOf(method, path))?.find((one) => matches(one, method, path));
  if (!route) return undefined;
  const real = partsOf(path);
  const parts = (route.split(' ')[1] ?? '').split('/');
  const params = Object.fromEntries(
    parts.flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), real[at] ?? '']] : [])),
  );
  return { route, params };
}

/** Callbacks and interaction webhooks carry their token in the path. */
const isOpen = (route: string) => route in interactionRoutes || route === 'GET /gateway';

export type Ask = { method: string; path: string; authorization: string | undefined; token: string };

export type Answer = Reply & {
  headers?: Record<string, string>;
  /** HTML in place of a body, without the headers of Discord. */
  page?: string;
};

/** Answers a request. `work` makes the call that the route is given; it is not made when the request is refused. */
export function answerRequest(ask: Ask, trouble: Trouble | undefined, work: (found: Found) => Call): Answer {
  const { method, path } = ask;
  const found = findRoute(method, path);
  if (!found)
    return { status: 501, body: { message: `The town has no route ${method} ${path}`, code: 0, method, route: path } };
  if (!isOpen(found.route) && ask.authorization !== `Bot ${ask.token}`) return refusal(apiError.unauthorized());
  if (trouble && 'status' in trouble) return troubled(trouble);
  try {
    return routes[found.route]?.(work(found)) ?? refusal(apiError.notFound());
  } catch (error) {
    if (error instanceof ApiError) return refusal(error);
    throw error;
  }
}

const refusal = (error: ApiError): Answer => ({ status: error.status, body: error.body() });

function troubled(trouble: Extract<Trouble, { status: number }>): Answer {
  const { status, code = 0 } = trouble;
  if (trouble.page) return { status, page: `<!doctype html><title>${status}</title>` };
  if (status !== 429) return { status, body: { message: trouble.message ?? `${status}: Trouble`, code } };
  const wait = trouble.retryAfter ?? 1;
  const global = trouble.global === true;
  return {
    status,
    headers: {
      'retry-after': String(Math.ceil(wait)),
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global && { 'x-ratelimit-global': 'true' }),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': String(wait),
    },
    body: { message: trouble.message ?? 'You are being rate limited.', code, retry_after: wait, global },
  };
}
