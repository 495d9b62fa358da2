import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdAlone } from '#store/hold';
import { memberKey } from '#store/key';
import { openStore } from '#store/open';
import { startBy } from '../child.ts';
import { ben, guild, on } from '../store/fixtures.ts';

/** What a host does so that nothing is lost, with real files: backup while the bot runs, restore after losing everything. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-keeping-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const database = () => join(folder, 'attune.db');
const open = () => openStore({ path: database(), key: () => memberKey(database()) });

async function run(script: 'backup' | 'restore', args: readonly string[], env: Record<string, string> = {}) {
  const options = [`src/keeping/${script}.ts`, ...args];
  const child = startBy(
    process.execPath,
    options[0] ?? '',
    [],
    { DATABASE_PATH: database(), ...env },
    options.slice(1),
  );
  const { code } = await child.ended;
  return { code, out: child.out, err: child.err };
}
const places = () => [join(folder, 'a'), join(folder, 'b')] as const;
const backUp = (env: Record<string, string> = {}) => {
  const [to, keyTo] = places();
  return run('backup', ['--to', to, '--key-to', keyTo], env);
};
const filesIn = (path: string) => readdirSync(path).map((name) => join(path, name));
const only = (path: string) => {
  const files = filesIn(path);
  expect(files).toHaveLength(1);
  return files[0] ?? '';
};

/** A set-up and an opt-in that are only in the write-ahead log. */
async function someLife() {
  const store = await open();
  await store.guilds.save(guild, 0, on);
  await store.members.turnOn(guild, ben);
  expect(statSync(`${database()}-wal`).size).toBeGreaterThan(0);
  return store;
}
async function remembers() {
  const store = await open();
  const member = await store.members.of(guild, ben);
  const { mode } = store.guilds.settings(guild).settings.support;
  await store.close();
  return { notes: member.notes, mode };
}

describe('a backup', () => {
  it('taken while the bot writes brings everything back after everything was lost', async () => {
    const store = await someLife();
    const writing = (async () => {
      for (let day = 10; day < 30; day++) await store.counts.add(guild, `2026-01-${day}`, 'advice', 'noted');
    })();
    expect(await backUp()).toMatchObject({ code: 0, err: '' });
    await writing;
    await store.close();
    for (const file of filesIn(folder)) if (statSync(file).isFile()) rmSync(file);

    const [to, keyTo] = places();
    expect(await run('restore', [only(to), only(keyTo)])).toMatchObject({ code: 0, err: '' });
    expect(await remembers()).toEqual({ notes: true, mode: 'on' });
  });

  it('is one file that only its owner can read, apart from the key; a second one keeps the first', async () => {
    const store = await someLife();
    await backUp();
    const [to, keyTo] = places();
    for (const file of [only(to), only(keyTo)]) expect(statSync(file).mode & 0o077).toBe(0);
    expect(await backUp()).toMatchObject({ code: 0 });
    expect(filesIn(to)).toHaveLength(2);
    only(keyTo);
    await store.close();
  });

  it('holds no key where the key is in the environment, and says so', async () => {
    const env = { MEMBER_KEY: 'k'.repeat(40) };
    const store = await openStore({ path: database(), key: env.MEMBER_KEY });
    const { out } = await backUp(env);
    expect(out).toContain('MEMBER_KEY');
    expect(readdirSync(folder)).not.toContain('b');
    await store.close();
  });

  it('of nothing says that there is nothing, and leaves nothing', async () => {
    expect(await backUp()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('no database at') });
    expect(readdirSync(places()[0])).toEqual([]);
  });
});

describe('a restore', () => {
  it('is refused while the bot has the database open, and changes nothing', async () => {
    const store = await someLife();
    await backUp();
    await store.members.turnOff(guild, ben);
    const [to, keyTo] = places();
    const { code, err } = await run('restore', [only(to), only(keyTo)]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('is in use. Stop Attune') });
    expect((await store.members.of(guild, ben)).notes).toBe(false);
    await store.close();
    expect(await remembers()).toEqual({ notes: false, mode: 'on' });
  });

  it('is refused while a bot holds it that has not opened it yet, and changes nothing', async () => {
    const store = await someLife();
    await backUp();
    await store.close();
    const letGo = await holdAlone(database());
    const [to, keyTo] = places();
    const { code, err } = await run('restore', [only(to), only(keyTo)]);
    letGo();
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('in use by another Attune') });
    expect(readdirSync(folder).filter((name) => /restor/.test(name))).toEqual([]);
  });

  it('keeps what was there before', async () => {
    const store = await someLife();
    await backUp();
    await store.members.turnOff(guild, ben);
    await store.close();
    const [to, keyTo] = places();
    expect(await run('restore', [only(to), only(keyTo)])).toMatchObject({ code: 0 });
    expect(await remembers()).toEqual({ notes: true, mode: 'on' });
    const aside = readdirSync(folder).filter((name) => name.includes('before-restore'));
    expect(aside).toHaveLength(1);
  });

  it.each([
    ['a damaged one', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ['no database at all', (file: string) => writeFileSync(file, 'these are my notes of last week')],
    ['an empty file', (file: string) => writeFileSync(file, '')],
  ])('of %s is refused, and changes nothing', async (_, spoil) => {
    const store = await someLife();
    await backUp();
    await store.close();
    const [to, keyTo] = places();
    spoil(only(to));
    const before = readFileSync(database());
    const { code, err } = await run('restore', [only(to), only(keyTo)]);
    expect({ code, err }).toEqual({ code: 1, err: expect.not.stringContaining(' at ') });
    expect(readFileSync(database()).equals(before)).toBe(true);
    expect(await remembers()).toEqual({ notes: true, mode: 'on' });
  });

  it('over a database that cannot be read any more works', async () => {
    const store = await someLife();
    await backUp();
    await store.close();
    writeFileSync(database(), 'x'.repeat(5_000));
    const [to, keyTo] = places();
    expect(await run('restore', [only(to), only(keyTo)])).toMatchObject({ code: 0 });
    expect(await remembers()).toEqual({ notes: true, mode: 'on' });
  });

  it('without the key is refused where there is none', async () => {
    const store = await someLife();
    await backUp();
    await store.close();
    rmSync(`${database()}.key`);
    const { code, err } = await run('restore', [only(places()[0])]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('There is no key at') });
  });

  it('without a file says how it is called', async () => {
    expect(await run('restore', [])).toMatchObject({ code: 1, err: expect.stringContaining('npm run restore --') });
  });
});
