import pino from 'pino';

export type Log = pino.Logger;

/**
 * The log: what happened, never what was written. Only plain messages and the fields below reach it: libraries' errors
 * carry request bodies, addresses with tokens and message text.
 */
export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: errorFields },
  });

/** What may be told of an error: name, code, status and the route without ids or tokens. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, code, status, url, method } = error as Error & Record<string, unknown>;
  const fields: Record<string, unknown> = { name: ownName(name) };
  if (typeof code === 'number' || (typeof code === 'string' && isCode.test(code))) fields.code = code;
  if (typeof status === 'number') fields.status = status;
  if (typeof method === 'string' && typeof url === 'string') fields.route = `${method} ${route(url)}`;
  const frame = error.stack?.split('\n').find((line) => /^\s+at .*\.ts:\d+/.test(line));
  const at = frame && /([\w-]+\/[\w-]+\.ts:\d+)/.exec(frame)?.[1];
  if (at) fields.at = at;
  return fields;
}

/** A word, as the system's and SQLite's are, or five characters, as PostgreSQL's are. */
const isCode = /^(?:[A-Z][A-Za-z_]{1,50}|[0-9A-Z]{5})$/;

/** discord.js calls its errors "DiscordAPIError[50007]"; a name is otherwise a plain word. */
const ownName = (name: unknown) => (typeof name === 'string' && /^[\w[\]]{1,60}$/.test(name) ? name : 'Error');

function route(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : (url.split('?')[0] ?? '');
  return path
    .replace(/\/(interactions|webhooks)\/\d+\/[^/]+/, '/$1/:id/:token')
    .replace(/\d{5,}/g, ':id')
    .slice(0, 120);
}
