import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { holdAlone } from '#store/hold';
import { ben, guild, on } from '../store/fixtures.ts';
import { filesIn, type Host, only, openHost } from './host.ts';

/** What a host does so that nothing is lost, with real files: backup while the bot runs, restore after losing everything. */

/** A set-up and an opt-in that are only in the write-ahead log; still open. */
async function someLife(host: Host) {
  const store = await host.open();
  await store.guilds.save(guild, 0, on);
  await store.members.turnOn(guild, ben);
  expect(statSync(`${host.database}-wal`).size).toBeGreaterThan(0);
  return store;
}

/** The same with its backup, and closed. */
async function backedUp() {
  const host = openHost();
  const store = await someLife(host);
  await host.backUp();
  await store.close();
  return { host, copy: only(host.places.to), key: only(host.places.keyTo) };
}

const hasAll = { notes: true, mode: 'on' };
const restored = { code: 0, err: '' };

describe('a backup', () => {
  it('taken while the bot writes brings everything back after everything was lost', async () => {
    const host = openHost();
    const store = await someLife(host);
    const writing = (async () => {
      for (let day = 10; day < 30; day++) await store.counts.add(guild, `2026-01-${day}`, 'advice', 'noted');
    })();
    expect(await host.backUp()).toMatchObject({ code: 0, err: '' });
    await writing;
    await store.close();
    for (const file of filesIn(host.folder)) if (statSync(file).isFile()) rmSync(file);

    const how = await host.run('restore', [only(host.places.to), only(host.places.keyTo)]);
    expect(how).toMatchObject({ ...restored, out: expect.not.stringContaining('beside') });
    expect(await host.remembers()).toMatchObject(hasAll);
  });

  it('is one file that only its owner can read, apart from the key; a second one keeps the first', async () => {
    const { host, copy, key } = await backedUp();
    for (const file of [copy, key]) expect(statSync(file).mode & 0o077).toBe(0);
    expect(await host.backUp()).toMatchObject({ code: 0 });
    expect(filesIn(host.places.to)).toHaveLength(2);
    only(host.places.keyTo);
  });

  it('holds no key where the key is in the environment, and says so', async () => {
    const host = openHost();
    const env = { MEMBER_KEY: 'k'.repeat(40) };
    await host.lives(env.MEMBER_KEY);
    const { out } = await host.backUp(env);
    expect(out).toContain('MEMBER_KEY');
    expect(existsSync(host.places.keyTo)).toBe(false);
  });

  it('of nothing says that there is nothing, and leaves nothing', async () => {
    const host = openHost();
    expect(await host.backUp()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('no database at') });
    expect(readdirSync(host.places.to)).toEqual([]);
  });

  it.each([
    ['is missing', (key: string) => rmSync(key), 'Put it back; where the key is MEMBER_KEY, give it to this command'],
    ['is damaged', (key: string) => writeFileSync(key, 'half of it'), 'does not hold a member key'],
  ])('whose key %s says what to do, and leaves nothing that looks like a good one', async (_, spoil, says) => {
    const host = openHost();
    await host.lives();
    spoil(`${host.database}.key`);
    expect(await host.backUp()).toMatchObject({ code: 1, out: '', err: expect.stringContaining(says) });
    expect(readdirSync(host.places.to)).toEqual([]);
  });
});

describe('a restore', () => {
  it('is refused while the bot has the database open, and changes nothing', async () => {
    const host = openHost();
    const store = await someLife(host);
    await host.backUp();
    await store.members.turnOff(guild, ben);
    const { code, err } = await host.run('restore', [only(host.places.to), only(host.places.keyTo)]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('is in use. Stop Attune') });
    expect((await store.members.of(guild, ben)).notes).toBe(false);
    await store.close();
    expect(await host.remembers()).toMatchObject({ notes: false, mode: 'on' });
  });

  it('is refused while a bot holds it that has not opened it yet, and changes nothing', async () => {
    const { host, copy, key } = await backedUp();
    const letGo = await holdAlone(host.database);
    const { code, err } = await host.run('restore', [copy, key]);
    letGo();
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('in use by another Attune') });
    expect(readdirSync(host.folder).filter((name) => /restor/.test(name))).toEqual([]);
  });

  it('keeps what was there before, and says that choices since are lost', async () => {
    const { host, copy, key } = await backedUp();
    const store = await host.open();
    await store.members.turnOff(guild, ben);
    await store.close();
    const { code, out } = await host.run('restore', [copy, key]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/chose or took back since.*tell them/s) });
    expect(out).toContain('What was there before is kept beside it (before-restore)');
    expect(await host.remembers()).toMatchObject(hasAll);
    const aside = readdirSync(host.folder).filter((name) => name.includes('before-restore'));
    expect(aside).toEqual([expect.stringMatching(/^attune\.db\.before-restore-20\d\d-\d\d-\d\d-\d{9}$/)]);
  });

  it.each([
    ['a damaged one', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2)), 'damaged'],
    [
      'no database at all',
      (file: string) => writeFileSync(file, 'my notes of last week'),
      'is not a database of Attune',
    ],
    ['an empty file', (file: string) => writeFileSync(file, ''), 'is not a database of Attune'],
    ['a newer version', ofTomorrow, 'was written by a newer Attune. Update this one first'],
  ])('of %s is refused, and changes nothing', async (_, spoil, says) => {
    const { host, copy, key } = await backedUp();
    spoil(copy);
    const before = readFileSync(host.database);
    const { code, err } = await host.run('restore', [copy, key]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(says) });
    expect(err).not.toContain(' at ');
    expect(readFileSync(host.database).equals(before)).toBe(true);
    expect(await host.remembers()).toMatchObject(hasAll);
  });

  it('over a database that cannot be read any more works', async () => {
    const { host, copy, key } = await backedUp();
    writeFileSync(host.database, 'x'.repeat(5_000));
    expect(await host.run('restore', [copy, key])).toMatchObject(restored);
    expect(await host.remembers()).toMatchObject(hasAll);
  });

  it('without the key is refused where there is none', async () => {
    const { host, copy } = await backedUp();
    rmSync(`${host.database}.key`);
    const { code, err } = await host.run('restore', [copy]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('There is no key at') });
  });

  it('without a file says how it is called', async () => {
    const how = await openHost().run('restore', []);
    expect(how).toMatchObject({ code: 1, err: expect.stringContaining('npm run restore --') });
  });
});

describe('a command for a bot at rest', () => {
  it.each(['rotate-key', 'new-key'] as const)('%s says that there is no database, and makes none', async (command) => {
    const host = openHost();
    for (const env of [{}, { MEMBER_KEY: 'k'.repeat(40) }]) {
      const how = await host.run(command, [], env);
      expect(how).toMatchObject({ code: 1, out: '', err: expect.stringContaining('There is no database at') });
      expect(how.err).not.toContain('start Attune');
    }
    expect(filesIn(host.folder)).toEqual([]);
  });

  it('says only to stop Attune while that runs, and changes nothing', async () => {
    const { host, copy, key } = await backedUp();
    const letGo = await holdAlone(host.database);
    const commands = [
      ['restore', [copy, key]],
      ['rotate-key', []],
      ['new-key', []],
    ] as const;
    for (const [command, args] of commands)
      expect({ command, ...(await host.run(command, args)) }).toMatchObject({
        ...{ command, code: 1, out: '' },
        err: `${host.database} is in use by another Attune. Stop that one first, then do this again. Nothing was changed.\n`,
      });
    letGo();
    expect(await host.remembers()).toMatchObject(hasAll);
  }, 90_000);
});

function ofTomorrow(file: string): void {
  const db = new Database(file);
  db.prepare('insert into kysely_migration values (?, ?)').run('9999-tomorrow', '2099-01-01');
  db.close();
}
