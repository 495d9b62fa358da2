import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { openTown } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig, variableNames } from '#config';
import { startCommand } from './child.ts';

/** How Attune is hosted, as far as it can be checked without an engine: the files, and their start command. */

const dockerfile = readFileSync('Dockerfile', 'utf8').replace(/\\\n/g, ' ');
const lines = dockerfile.split('\n').filter((line) => line.trim() && !line.startsWith('#'));
const all = (word: string) =>
  lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1).trim()] : []));
const unit = readFileSync('hosting/attune.service', 'utf8');
const { scripts, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const started: readonly string[] = scripts.start
  .replace(/^exec /, '')
  .split(' || ')[0]
  .split(' ');
const unitStart = (/^ExecStart=(.*)$/m.exec(unit)?.[1] ?? '').split(' ');

describe('the container', () => {
  it('is built on the Node that the project brings, on glibc, pinned', () => {
    const bases = all('FROM').map((from) => from.split(' ')[0]);
    expect(new Set(bases)).toEqual(new Set([`node:${devDependencies.node}-bookworm-slim`]));
  });

  it('copies what is there, and all that the bot loads', () => {
    const copied = all('COPY').filter((line) => !line.startsWith('--from'));
    const sources = copied.flatMap((line) => line.split(' ').slice(0, -1));
    for (const source of sources) expect(existsSync(source), source).toBe(true);
    expect(sources).toEqual(expect.arrayContaining(['src', 'commands', 'data', 'package-lock.json', '.npmrc']));
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    for (const source of sources) expect(ignored).toContain(`!${source}`);
  });

  it('runs not as root, writes to its volume alone, and starts as npm start does', () => {
    expect(all('USER')).toEqual(['node']);
    expect(all('VOLUME')).toEqual(['/data']);
    expect(JSON.parse(all('CMD').at(-1) ?? '')).toEqual(started);
    // Compiled beforehand with the same flags, else it would be compiled again at each start.
    expect(all('RUN').join('\n')).toContain(`${started.join(' ')} --warm`);
  });

  it('knows only settings that there are, and looks at the port that it opens', () => {
    const settings = Object.fromEntries(all('ENV').flatMap((line) => line.split(/\s+/).map((one) => one.split('='))));
    for (const name of Object.keys(settings)) expect(variableNames).toContain(name);
    expect(settings.DATABASE_PATH).toMatch(/^\/data\//);
    expect(dockerfile).toContain(`http://127.0.0.1:${settings.HEALTH_PORT}/healthz`);
  });
});

describe('compose.yaml', () => {
  const { services, volumes } = parse(readFileSync('compose.yaml', 'utf8'));
  const { attune } = services;

  it('starts again by itself, reads only, keeps the volume, opens nothing to the outside', () => {
    expect(attune).toMatchObject({ restart: 'unless-stopped', read_only: true, cap_drop: ['ALL'] });
    expect(attune.ports).toBeUndefined();
    expect(attune.volumes).toEqual(['data:/data']);
    expect(volumes).toHaveProperty('data');
    for (const name of Object.keys(attune.environment)) expect(variableNames).toContain(name);
  });
});

describe('compose.postgres.yaml', () => {
  const file = readFileSync('compose.postgres.yaml', 'utf8');
  const { services, volumes } = parse(file, { merge: true });
  const { database, move, ...bots } = services;
  /** As compose fills it in, from an .env that has only what must be there. */
  const filledIn = (text: string, env: Record<string, string>): string =>
    text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, how, rest) => {
      if (!env[name] && how !== '-') throw new Error(rest);
      return env[name] ?? rest;
    });
  const needed = { DISCORD_TOKEN: 'a-token', MEMBER_KEY: 'k'.repeat(32), POSTGRES_PASSWORD: 'secret1' };
  const configOf = ({ environment }: { environment: Record<string, string> }, env: Record<string, string> = needed) =>
    readConfig(Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(value, env)])));

  it('keeps its database on a volume, of one major version, reached by nobody outside and with a password', () => {
    expect(database.image).toMatch(/^postgres:\d+-/);
    expect(database).toMatchObject({ restart: 'unless-stopped', volumes: ['postgres:/var/lib/postgresql/data'] });
    expect(database.ports).toBeUndefined();
    expect(JSON.stringify(database)).not.toMatch(/trust/i);
    expect(filledIn(database.environment.POSTGRES_PASSWORD, needed)).toBe('secret1');
    expect(database.healthcheck.test).toContain('pg_isready');
    expect(volumes).toHaveProperty('postgres');
  });

  it('runs three processes that wait for it, read only, start again by themselves and open nothing', () => {
    expect(Object.keys(bots)).toHaveLength(3);
    for (const bot of Object.values<Record<string, unknown>>(bots)) {
      expect(bot).toMatchObject({ restart: 'unless-stopped', read_only: true, cap_drop: ['ALL'], init: true });
      expect(bot).toMatchObject({ depends_on: { database: { condition: 'service_healthy' } } });
      expect(bot.ports ?? bot.volumes).toBeUndefined();
    }
  });

  it('has every shard in one process, and all in one database with one key', () => {
    const configs = Object.values<{ environment: Record<string, string> }>(bots).map((bot) => configOf(bot));
    const total = configs[0]?.shards?.total ?? 0;
    expect(configs.flatMap(({ shards }) => shards?.shards).sort()).toEqual(
      Array.from({ length: total }, (_, at) => at),
    );
    expect(new Set(configs.map(({ shards }) => shards?.total))).toEqual(new Set([total]));
    for (const { databaseUrl, memberKey, token } of configs) {
      const { username, password, host, pathname } = new URL(databaseUrl ?? '');
      const { POSTGRES_USER, POSTGRES_DB } = database.environment;
      expect([username, pathname]).toEqual([POSTGRES_USER, `/${POSTGRES_DB}`]);
      expect([password, host, memberKey, token]).toEqual(['secret1', 'database:5432', 'k'.repeat(32), 'a-token']);
    }
  });

  it('says what is missing in .env', () => {
    for (const name of Object.keys(needed))
      expect(() => configOf(bots['attune-0'], { ...needed, [name]: '' })).toThrow(`Put ${name}=`);
  });

  it('moves what compose.yaml left, once and only when it is asked to', () => {
    expect(move).toMatchObject({ profiles: ['move'], restart: 'no', volumes: ['data:/data'] });
    expect(existsSync(move.command[1])).toBe(true);
    expect(parse(readFileSync('compose.yaml', 'utf8')).volumes).toHaveProperty('data');
    expect(configOf(move).databaseUrl).toBe(configOf(bots['attune-0']).databaseUrl);
  });
});

describe('the systemd unit', () => {
  it('starts as npm start does', () => {
    expect(unitStart.join(' ')).toMatch(/^\/usr\/bin\/env /);
    expect(unitStart.slice(-started.length).join(' ')).toBe(`/usr/bin/${started.join(' ')}`);
    const set = unitStart.slice(1, -started.length).map((one) => one.split('='));
    expect(Object.fromEntries(set)).toMatchObject({ NODE_ENV: 'production', DATABASE_PATH: expect.any(String) });
    for (const [name] of set) expect(variableNames).toContain(name);
    const state = /^StateDirectory=(.*)$/m.exec(unit)?.[1];
    expect(unitStart.join(' ')).toContain(`DATABASE_PATH=/var/lib/${state}/`);
  });

  const verifier = spawnSync('systemd-analyze', ['--version']).error === undefined;
  it.runIf(verifier).each(['attune.service', 'attune@.service'])('is one that systemd understands, as %s', (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'attune-unit-'));
    try {
      // Only whether the program is where it says depends on the machine.
      const file = join(folder, name);
      writeFileSync(file, unit.replace('/usr/bin/node', process.execPath));
      if (name.includes('@')) cpSync('hosting/shards.conf', join(`${file}.d`, 'shards.conf'));
      const { stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
      expect(stderr.split('\n').filter((line) => line.includes(name))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('under the same restrictions', () => {
  it.runIf(process.getuid?.() === 0)(
    'runs as another user where only its data can be written',
    { timeout: 90_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'attune-host-'));
      const [app, own] = [join(folder, 'app'), join(folder, 'data')];
      const town = await openTown();
      try {
        mkdirSync(app);
        mkdirSync(own);
        for (const part of ['src', 'commands', 'data', 'package.json', 'package-lock.json'])
          cpSync(part, join(app, part), { recursive: true, filter: (path) => !/corpus|trying/.test(path) });
        mkdirSync(join(app, 'node_modules'));
        for (const name of readdirSync('node_modules').filter((name) => name !== '.cache'))
          symlinkSync(resolve('node_modules', name), join(app, 'node_modules', name));
        // As the image is built: what is compiled is there already.
        execFileSync(process.execPath, [...started.slice(1), '--warm'], { cwd: app });
        chmodSync(folder, 0o755);
        chownSync(own, 65_534, 65_534);
        chmodSync(own, 0o700);
        // The unit's own command, with settings as many will write them: the whole example, and the token in it.
        const example = parseEnv(readFileSync('.env.example', 'utf8'));
        expect(example.DATABASE_PATH).toBe('');
        const command = unitStart.map((word) =>
          word.replace('/usr/bin/node', process.execPath).replace('/var/lib/attune', own),
        );
        const start = (token: string) =>
          startCommand(command, app, { ...example, DISCORD_TOKEN: token, DISCORD_API_URL: town.api }, 65_534);
        await using child = start(town.token);
        await child.prints('Attune is ready');
        expect(await child.terminate()).toMatchObject({ code: 0 });
        expect(existsSync(join(own, 'attune.db.key'))).toBe(true);

        await using without = start('');
        expect(await without.ended).toMatchObject({ code: 1 });
        expect(without.err).toMatch(/DISCORD_TOKEN must be set/);
        // What is only for trying is not there: by hand it says so as well.
        await using byHand = startCommand([process.execPath, ...started.slice(1)], app, {}, 65_534);
        expect(await byHand.ended).toMatchObject({ code: 1 });
        expect(byHand.err).toMatch(/^There is no DISCORD_TOKEN.*npm ci/s);
      } finally {
        await town.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

describe('what the pages say', () => {
  const pages = ['README.md', 'SECURITY.md', 'CHANGELOG.md', 'docs/hosting.md', 'docs/reliability.md'];
  const text = pages.map((page) => readFileSync(page, 'utf8')).join('\n');

  it('every command that they name is there', () => {
    const named = [...text.matchAll(/npm(?:\.cmd)? run (?:--silent )?([\w-]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(15);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
    for (const [path] of text.matchAll(/\b(?:src|hosting)\/[\w/-]+\.(?:ts|js|service)\b/g))
      expect(existsSync(path), path).toBe(true);
  });

  it('the folders of systemd are those of the unit', () => {
    const hosting = readFileSync('docs/hosting.md', 'utf8');
    for (const word of ['/opt/attune', '/etc/attune.env', '/var/lib/attune/attune.db']) {
      expect(unit).toContain(word);
      expect(hosting).toContain(word);
    }
  });
});
