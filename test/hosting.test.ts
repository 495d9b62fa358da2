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
import { openTown } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { variableNames } from '#config';
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

describe('the systemd unit', () => {
  it('starts as npm start does', () => {
    expect(/^ExecStart=(.*)$/m.exec(unit)?.[1]).toBe(`/usr/bin/${started.join(' ')}`);
    for (const [, name] of unit.matchAll(/^Environment=(\w+)=/gm)) expect(variableNames).toContain(name);
  });

  const verifier = spawnSync('systemd-analyze', ['--version']).error === undefined;
  it.runIf(verifier)('is one that systemd understands', () => {
    const folder = mkdtempSync(join(tmpdir(), 'attune-unit-'));
    try {
      // Only whether the program is where it says depends on the machine.
      const file = join(folder, 'attune.service');
      writeFileSync(file, unit.replace('/usr/bin/node', process.execPath));
      const { stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
      expect(stderr.split('\n').filter((line) => line.includes('attune.service'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('under the same restrictions', () => {
  it.runIf(process.getuid?.() === 0)(
    'runs as another user where only its data can be written',
    { timeout: 60_000 },
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
        const env = { DISCORD_TOKEN: town.token, DISCORD_API_URL: town.api, DATABASE_PATH: join(own, 'attune.db') };
        await using child = startCommand([process.execPath, ...started.slice(1)], app, env, 65_534);
        await child.prints('Attune is ready');
        expect(await child.terminate()).toMatchObject({ code: 0 });
        expect(existsSync(join(own, 'attune.db.key'))).toBe(true);
      } finally {
        await town.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
