import { z } from 'zod';
import { Mendable } from '#mendable';

/** Why the start stopped, in words for the person who runs the bot: one line a fault. */
export class ConfigError extends Mendable {
  override name = 'ConfigError';
}

const unset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const optional = <T extends z.ZodType>(type: T) => z.preprocess(unset, type.optional());
const withDefault = <T extends z.ZodType>(type: T, value: string) =>
  z.preprocess((given) => unset(given) ?? value, type);
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`);

const variables = z.object({
  DISCORD_TOKEN: optional(z.string().trim().regex(/^\S+$/, 'must be the bot token, without spaces')),
  DISCORD_API_URL: withDefault(
    z.url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' }),
    'https://discord.com/api',
  ),
  DATABASE_PATH: optional(z.string()),
  MEMBER_KEY: optional(z.string().min(32, 'must have at least 32 characters; leave it empty to have one made')),
  NUDGE_SETTLE_MS: optional(wholeNumber(0, 60_000)),
  LOG_LEVEL: optional(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, silent',
    }),
  ),
  TOWN_PORT: withDefault(wholeNumber(0, 65_535), '8787'),
  NODE_ENV: optional(z.string()),
});

/** Every variable that Attune reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

export type Config = {
  /** Absent: the bot runs against the town. */
  token: string | undefined;
  /** Without a version and without a slash at the end, as discord.js wants it. */
  api: string;
  /** Absent: the default of the way it runs (a throwaway in the town, ./attune.db with a token). */
  database: string | undefined;
  memberKey: string | undefined;
  /** Absent: 15 seconds; in the town, where nobody edits, 2. */
  settleMs: number | undefined;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  townPort: number;
};

/**
 * Reads the settings of this process.
 * @throws ConfigError that names every fault at once. Values are never repeated: one of them is the token.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const read = variables.safeParse(env);
  const faults = read.success ? [] : read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  if (env.NODE_ENV === 'production' && !env.DISCORD_TOKEN?.trim()) {
    faults.push('DISCORD_TOKEN must be set when NODE_ENV is production: copy it from your application, page "Bot"');
  }
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
    database: value.DATABASE_PATH,
    memberKey: value.MEMBER_KEY,
    settleMs: value.NUDGE_SETTLE_MS,
    // In the town the scene is told in words, and the log would stand between them.
    logLevel: value.LOG_LEVEL ?? (value.DISCORD_TOKEN === undefined ? 'warn' : 'info'),
    townPort: value.TOWN_PORT,
  };
}
