import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, variableNames } from '#config';

const faultsOf = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};

const postgres = { DATABASE_URL: 'postgres://attune:secret@db.example/attune', MEMBER_KEY: 'k'.repeat(32) };

describe('the settings of a process', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      token: undefined,
      api: 'https://discord.com/api',
      database: undefined,
      memberKey: undefined,
      settleMs: undefined,
      logLevel: 'warn',
      healthPort: undefined,
      townPort: 8787,
      hint: undefined,
    });
  });

  it('logs more where there is Discord than in the town', () => {
    expect(readConfig({ DISCORD_TOKEN: 'abc' }).logLevel).toBe('info');
    expect(readConfig({ LOG_LEVEL: 'debug' }).logLevel).toBe('debug');
  });

  it('takes an empty value for an unset one', () => {
    const empty = Object.fromEntries(variableNames.map((name) => [name, ' ']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('takes a value without blanks, tabs and carriage returns around it, whichever it is', () => {
    const values = {
      DISCORD_TOKEN: 'abc.def',
      DISCORD_API_URL: 'http://127.0.0.1:1/api',
      DATABASE_PATH: '/somewhere/my attune.db',
      DATABASE_URL: 'postgres://attune:secret@db.example:5432/attune',
      SHARDS: '0-15/64',
      MEMBER_KEY: 'k'.repeat(32),
      NUDGE_SETTLE_MS: '50',
      LOG_LEVEL: 'warn',
      HEALTH_PORT: '9091',
      TOWN_PORT: '0',
      NODE_ENV: 'production',
    };
    expect(Object.keys(values).sort()).toEqual([...variableNames].sort());
    const padded = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, ` \t${value} \r\n`]));
    expect(readConfig(padded)).toEqual(readConfig(values));
    expect(readConfig(padded).database).toBe('/somewhere/my attune.db');
    expect(() => readConfig({ NODE_ENV: 'production\r' })).toThrow(/DISCORD_TOKEN must be set/);
  });

  it('finds a relative database in the folder of the project, wherever it was started', () => {
    const file = { folder: '/srv/attune', values: {} };
    expect(readConfig({ DATABASE_PATH: 'data/a.db' }, file).database).toBe(resolve('/srv/attune/data/a.db'));
    expect(readConfig({ DATABASE_PATH: '/var/a.db' }, file).database).toBe('/var/a.db');
  });

  it.each(['http://127.0.0.1:1/api', 'http://127.0.0.1:1/api/', 'http://127.0.0.1:1/api/v10'])('takes %s', (api) => {
    expect(readConfig({ DISCORD_API_URL: api }).api).toBe('http://127.0.0.1:1/api');
  });

  it('names every fault at once and repeats no value', () => {
    const said = faultsOf({
      DISCORD_TOKEN: 'my secret token',
      DISCORD_API_URL: 'ftp://x',
      MEMBER_KEY: 'short',
      NUDGE_SETTLE_MS: '-1',
      LOG_LEVEL: 'loud',
      TOWN_PORT: '70000',
    });
    for (const name of [
      'DISCORD_TOKEN',
      'DISCORD_API_URL',
      'MEMBER_KEY',
      'NUDGE_SETTLE_MS',
      'LOG_LEVEL',
      'TOWN_PORT',
    ]) {
      expect(said).toContain(`- ${name} must`);
    }
    expect(said).not.toMatch(/my secret|short|loud|70000/);
  });

  it('refuses to run in production without a token, and says what to set', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toMatch(/DISCORD_TOKEN must be set/);
    expect(faultsOf({ NODE_ENV: 'production', DISCORD_TOKEN: 'abc' })).toBe('');
  });

  it.each([
    ['0-2/4', { shards: [0, 1, 2], total: 4 }],
    ['3/4', { shards: [3], total: 4 }],
    ['0/1', { shards: [0], total: 1 }],
  ])('reads the shards %s', (SHARDS, shards) => {
    expect(readConfig({ ...postgres, SHARDS }).shards).toEqual(shards);
  });

  it.each(['', '4', '0-4/4', '2-1/4', '4/4', '-1/4', '0-1', '0-1/0', 'a/b', '0-1/99999'])(
    'takes no shards %j',
    (SHARDS) => {
      if (SHARDS === '') expect(readConfig({ ...postgres, SHARDS }).shards).toBeUndefined();
      else
        expect(faultsOf({ ...postgres, SHARDS })).toContain(
          '- SHARDS must say which shards of how many, as in 0-15/64',
        );
    },
  );

  it('says what goes with PostgreSQL, and repeats no password', () => {
    expect(faultsOf(postgres)).toBe('');
    expect(faultsOf({ DATABASE_URL: postgres.DATABASE_URL })).toContain('- MEMBER_KEY must be set with DATABASE_URL');
    expect(faultsOf({ SHARDS: '0/2' })).toContain('- SHARDS must stand with DATABASE_URL');
    const said = faultsOf({ DATABASE_URL: 'mysql://attune:secret@db/attune' });
    expect(said).toContain('- DATABASE_URL must be an address that begins with postgres://');
    expect(said).not.toContain('secret');
  });

  it.each([
    'se@cr/et@db/attune',
    'se/cret@db/attune',
    '12/cret@db/attune',
    '12#cret@db/attune',
    '12?cret@db/attune',
    'secret@db/%zz',
  ])('repeats no half of a password whose signs are not written with a percent sign: %s', (rest) => {
    const said = faultsOf({ ...postgres, DATABASE_URL: `postgres://attune:${rest}` });
    expect(said).toContain('- DATABASE_URL must be an address');
    expect(said).not.toMatch(/cr.?et/);
  });

  it.each([
    'se%40cr%2Fet@db/attune',
    'se@cret@db/attune',
    '@db',
    'secret@db/attune?sslmode=verify-full&sslrootcert=/a/b.pem',
  ])('takes the address of PostgreSQL postgres://attune:%s', (rest) => {
    expect(faultsOf({ ...postgres, DATABASE_URL: `postgres://attune:${rest}` })).toBe('');
  });

  it('.env.example names every variable with a line on it, and works as it is', () => {
    const text = readFileSync('.env.example', 'utf8');
    const example = parse(text);
    expect(Object.keys(example).sort()).toEqual([...variableNames].sort());
    for (const name of variableNames) expect(text).toMatch(new RegExp(`^# .+\\n${name}=`, 'm'));
    expect(readConfig(example)).toEqual(readConfig({}));
  });
});
