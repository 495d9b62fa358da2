import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type EnvFile, readEnvFile } from '#env-file';
import { Mendable } from '#mendable';

/** Why the start stopped, in words for the person who runs the bot: one line a fault. */
export class ConfigError extends Mendable {
  override name = 'ConfigError';
}

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`);

/** Discord's own limits of `max_concurrency` and shards lie below. */
const mostShards = 10_000;

/** `0-15/64` or `3/64`: which shards of how many. */
function shardsIn(text: string, ctx: z.RefinementCtx): Shards {
  const [, first, last = first, total] = /^(\d{1,5})(?:-(\d{1,5}))?\/(\d{1,5})$/.exec(text) ?? [];
  const [from, to, of] = [Number(first), Number(last), Number(total)];
  if (first === undefined || from > to || to >= of || of > mostShards) {
    ctx.addIssue('must say which shards of how many, as in 0-15/64: they count from 0');
    return z.NEVER;
  }
  return { shards: Array.from({ length: to - from + 1 }, (_, at) => from + at), total: of };
}

/** The shards that one process of several runs. */
export type Shards = { shards: readonly number[]; total: number };

/** A sign of the password that ends it too early makes its rest a host, a path or a query, which messages may name. */
function isWhole(url: string): boolean {
  const { pathname, search, hash } = new URL(url);
  return !`${pathname}${search}${hash}`.includes('@') && !/%(?![\da-f]{2})/i.test(pathname);
}
const postgresAddress =
  'must be an address that begins with postgres://, as in postgres://attune:PASSWORD@HOST:5432/attune: signs in the ' +
  'password other than letters and digits are written with %, see docs/scale.md (for SQLite, leave it empty and set DATABASE_PATH)';

const variables = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(/^[\w.-]+$/, 'must be the bot token: letters, digits, dots, dashes and underscores')
    .optional(),
  DISCORD_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' })
    .default('https://discord.com/api'),
  DATABASE_PATH: z.string().optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: postgresAddress, abort: true })
    .refine(isWhole, postgresAddress)
    .optional(),
  SHARDS: z.string().transform(shardsIn).optional(),
  MEMBER_KEY: z
    .string()
    .min(
      32,
      'must have at least 32 characters; left empty, one is made, but not with DATABASE_URL (then: openssl rand -hex 32)',
    )
    .optional(),
  NUDGE_SETTLE_MS: wholeNumber(0, 60_000).optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, silent',
    })
    .optional(),
  HEALTH_PORT: wholeNumber(1, 65_535).optional(),
  TOWN_PORT: wholeNumber(0, 65_535).default(8787),
  NODE_ENV: z.string().optional(),
});

/** Every variable that Attune reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

export type Config = {
  /** Absent: the bot runs against the town. */
  token: string | undefined;
  /** Without a version and without a slash at the end, as discord.js wants it. */
  api: string;
  /** Absent: the default of the way it runs (a throwaway in the town, attune.db beside package.json with a token). */
  database: string | undefined;
  /** PostgreSQL in place of a file. */
  databaseUrl: string | undefined;
  /** Absent: all. */
  shards: Shards | undefined;
  memberKey: string | undefined;
  /** Absent: 15 seconds; in the town, where nobody edits, 2. */
  settleMs: number | undefined;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Absent: no port is opened. */
  healthPort: number | undefined;
  townPort: number;
  /** No token was read, though a file looks as if it held one: which, and where `.env` is looked for. */
  hint: { found: string; wanted: string } | undefined;
};

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The settings of this process: its environment, and behind it the `.env` in this folder, the project's.
 * @param keyLater the member key may still have to be put where it belongs
 * @throws ConfigError
 */
export function settingsIn(folder: string, { keyLater = false } = {}): Config {
  let file: EnvFile;
  try {
    file = readEnvFile(folder);
  } catch (error) {
    const { path, code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${path} cannot be read (${code}).`, { cause: error });
  }
  return readConfig(process.env, file, { keyLater });
}

/**
 * Reads settings. Blanks around a value, and the carriage return that Windows leaves at the end of one, are none of it.
 * @throws ConfigError that names every fault at once. Values are never repeated: one of them is the token.
 */
export function readConfig(
  env: Env,
  file: EnvFile = { folder: '.', values: {} },
  { keyLater = false }: { keyLater?: boolean } = {},
): Config {
  const both: Env = { ...file.values, ...env };
  const given = Object.fromEntries(variableNames.map((name) => [name, both[name]?.trim() || undefined]));
  const read = variables.safeParse(given);
  const faults = read.success ? [] : read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  if (given.NODE_ENV === 'production' && given.DISCORD_TOKEN === undefined) {
    faults.push('DISCORD_TOKEN must be set when NODE_ENV is production: copy it from your application, page "Bot"');
  }
  if (given.DATABASE_URL !== undefined && given.MEMBER_KEY === undefined && !keyLater)
    faults.push('MEMBER_KEY must be set with DATABASE_URL, the same for each process: see docs/scale.md');
  if (given.SHARDS !== undefined && given.DATABASE_URL === undefined)
    faults.push('SHARDS must stand with DATABASE_URL: several processes share one database on PostgreSQL');
  if (!read.success || faults.length > 0) {
    throw new ConfigError(
      ['Attune cannot start with these settings:', ...faults.map((fault) => `  - ${fault}`), 'See .env.example.'].join(
        '\n',
      ),
    );
  }
  const value = read.data;
  return {
    token: value.DISCORD_TOKEN,
    api: value.DISCORD_API_URL.replace(/\/+$/, '').replace(/\/v\d+$/, ''),
    database: value.DATABASE_PATH && resolve(file.folder, value.DATABASE_PATH),
    databaseUrl: value.DATABASE_URL,
    shards: value.SHARDS,
    memberKey: value.MEMBER_KEY,
    settleMs: value.NUDGE_SETTLE_MS,
    // In the town the scene is told in words, and the log would stand between them.
    logLevel: value.LOG_LEVEL ?? (value.DISCORD_TOKEN === undefined ? 'warn' : 'info'),
    healthPort: value.HEALTH_PORT,
    townPort: value.TOWN_PORT,
    hint:
      value.DISCORD_TOKEN === undefined && file.lookalike !== undefined
        ? { found: file.lookalike, wanted: join(file.folder, '.env') }
        : undefined,
  };
}
