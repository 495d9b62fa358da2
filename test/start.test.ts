import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTown, type Town } from '@attune/town';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBy } from './child.ts';

/** start.js keeps what it compiled and parsed: a start never shows what is no longer true. */

const project = join(import.meta.dirname, '..');
let folder: string;
let town: Town;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'attune-start-'));
  for (const part of ['src', 'commands', 'data', 'package.json', 'package-lock.json'])
    cpSync(join(project, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(project, 'node_modules')))
    if (name !== '.cache') symlinkSync(join(project, 'node_modules', name), join(folder, 'node_modules', name));
  town = await openTown();
  writeFileSync(
    join(folder, '.env'),
    `DISCORD_TOKEN=${town.token}\nDISCORD_API_URL=${town.api}\nDATABASE_PATH=attune.db\n`,
  );
});
afterEach(async () => {
  await town.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = () => startBy(process.execPath, join(folder, 'src/start.js'));
const started = async () => {
  await using child = start();
  await child.prints('Attune is ready');
  expect(child.err).toBe('');
};
const replace = (file: string, from: string, to: string) => {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

describe('a start', () => {
  it('is by the code and the words that are there, not by those that were kept', async () => {
    await started();
    expect(readdirSync(join(folder, 'node_modules/.cache/attune'))).toContain('stamp');
    await started();

    replace('src/discord/bot.ts', 'Attune is ready', 'Attune stands ready');
    await using other = start();
    await other.prints('Attune stands ready');

    replace('data/en/commands/setup.yaml', 'name: setup', 'name: [setup');
    await using broken = start();
    expect(await broken.ended).toMatchObject({ code: 1 });
    expect(broken.err).toMatch(/setup\.yaml/);
    expect(broken.err).not.toMatch(/^\s+at /m);
  }, 60_000);

  it('needs nothing that was kept', async () => {
    writeFileSync(join(folder, 'node_modules/.cache'), 'not a folder');
    await started();
  }, 30_000);
});
