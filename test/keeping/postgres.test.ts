import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memberKey } from '#store/key';
import { openStore } from '#store/open';
import { openPostgres } from '#store/postgres/open';
import { startBy } from '../child.ts';
import { ask, cluster, hasPostgres, lockTable, postgresCommand } from '../postgres.ts';
import { ana, ben, guild, on } from '../store/fixtures.ts';

/** The host's commands where PostgreSQL has taken the file's place, and on the way there. */

const key = 'a key of at least 32 characters, for tests';

describe.skipIf(!hasPostgres)('with DATABASE_URL', { timeout: 60_000 }, () => {
  beforeAll(async () => void (await cluster()), 60_000);
  let folder: string;
  let url: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'attune-keeping-'));
    url = await (await cluster()).make();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const database = () => join(folder, 'attune.db');
  const secret = 'a-secret';
  /** The server asks for none, so that nobody can see whether it was right. */
  const withPassword = () => url.replace('attune@', `attune:${secret}@`);
  type Name = 'backup' | 'restore' | 'move' | 'new-key' | 'rotate-key';
  const start = (name: Name, args: readonly string[] = [], env: Record<string, string> = {}) => {
    const all = { DATABASE_PATH: database(), DATABASE_URL: withPassword(), MEMBER_KEY: key, ...env };
    return startBy(process.execPath, `src/keeping/${name}.ts`, [], all, args);
  };
  const run = async (...how: Parameters<typeof start>) => {
    const child = start(...how);
    const { code } = await child.ended;
    expect(`${child.out}${child.err}`).not.toContain(secret);
    return { code, out: child.out, err: child.err };
  };
  const openThere = async (withKey = key) =>
    (await openPostgres({ url, key: withKey, seat: undefined, onTaken: () => undefined })).store;
  /** As a host would paste it. */
  const paste = (text: string, command: string, change = (line: string) => line) => {
    const line = change(text.split('\n').find((line) => line.trim().startsWith(command)) ?? 'false');
    const path = `${dirname(postgresCommand(command))}:${process.env.PATH}`;
    execFileSync('sh', ['-c', line], { cwd: folder, env: { PATH: path } });
  };

  it('the bot does not begin anew beside a file whose servers were not taken along', async () => {
    const file = await openStore({ path: database(), key: () => memberKey(database(), key) });
    await file.guilds.save(guild, 0, on);
    await file.close();
    const startBot = () =>
      startBy(process.execPath, 'src/start.js', [], {
        ...{ DATABASE_PATH: database(), DATABASE_URL: withPassword(), MEMBER_KEY: key, DISCORD_TOKEN: 'none' },
        ...{ DISCORD_API_URL: 'http://127.0.0.1:1/api' },
      });
    const refused = startBot();
    expect(await refused.ended).toMatchObject({ code: 1 });
    expect(refused.err).toContain(`there are servers in ${database()} (1). To take them along: npm run move`);
    expect(await run('move', ['sqlite-to-postgres'])).toMatchObject({ code: 0 });
    const moved = startBot();
    expect(await moved.ended).toMatchObject({ code: 1 });
    expect(moved.err).not.toContain('npm run move');
  });

  it('a backup and a restore are the ones that are said', async () => {
    const before = await openThere();
    await before.guilds.save(guild, 0, on);
    await before.members.turnOn(guild, ben);
    const backup = await run('backup');
    expect(backup).toMatchObject({ code: 1, out: '', err: expect.stringContaining('MEMBER_KEY') });
    paste(backup.err, 'pg_dump');
    await before.members.turnOff(guild, ben);
    await before.members.turnOn(guild, ana);
    await before.close();

    const [dump = ''] = readdirSync(folder);
    const restore = await run('restore');
    expect(restore).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Stop all processes') });
    paste(restore.err, 'pg_restore', (line) => line.replace('FILE', dump));
    const after = await openThere();
    expect([ana, ben].map((user) => after.members.hasNotes(guild, user))).toEqual([false, true]);
    expect(after.guilds.settings(guild).settings.support.mode).toBe('on');
    await after.close();
  });

  it('a key is changed for one that is written beside, and nobody is lost; not while a process runs', async () => {
    const before = await openThere();
    await before.guilds.save(guild, 0, on);
    await before.members.turnOn(guild, ben);
    expect(await run('rotate-key')).toMatchObject({
      code: 1,
      err: expect.stringContaining('is in use by another Attune'),
    });
    await before.close();
    expect(await run('rotate-key')).toMatchObject({ code: 0, out: expect.stringContaining('.next.key'), err: '' });
    const after = await openThere(readFileSync(`${database()}.next.key`, 'utf8').trim());
    expect(after.members.hasNotes(guild, ben)).toBe(true);
    await after.close();
  });

  it('a lost key is said to be lost there', async () => {
    const before = await openThere('the key of before, which is lost');
    await before.guilds.save(guild, 0, on);
    await before.members.turnOn(guild, ben);
    await before.close();
    expect(await run('new-key')).toMatchObject({ code: 0, out: expect.stringContaining('1 entries'), err: '' });
    expect(await ask(url, 'select from members')).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a lost key cannot be said to be lost without saying which one is there', async () => {
    const { code, err } = await run('new-key', [], { MEMBER_KEY: '' });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('MEMBER_KEY must be set') });
  });

  /** On a file, with a key beside it. */
  const lived = async () => {
    const store = await openStore({ path: database(), key: () => memberKey(database()) });
    await store.guilds.save(guild, 0, on);
    await store.members.turnOn(guild, ben);
    await store.close();
    return readFileSync(`${database()}.key`, 'utf8').trim();
  };

  it('a database moves there, and the host is told where its key is and not which', async () => {
    const secretKey = await lived();
    const { code, out, err } = await run('move', ['sqlite-to-postgres'], { MEMBER_KEY: '' });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const said of ['1 servers', '1 members', `${database()}.key`, 'MEMBER_KEY=']) expect(out).toContain(said);
    expect(out).not.toContain(secretKey);
    const store = await openThere(secretKey);
    expect(store.members.hasNotes(guild, ben)).toBe(true);
    await store.close();
    // A second time would be too late.
    const again = await run('move', ['sqlite-to-postgres'], { MEMBER_KEY: secretKey });
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('holds 1 servers already') });
  });

  it('a MEMBER_KEY that is not the file’s key is noticed before anything moves', async () => {
    await lived();
    const { code, err } = await run('move', ['sqlite-to-postgres']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('MEMBER_KEY is not the key') });
    expect(await ask(url, 'select from pg_tables where schemaname = current_schema()')).toEqual([]);
  });

  it.each([
    ['not saying what', [], {}],
    ['saying something else', ['postgres-to-sqlite'], {}],
    ['without DATABASE_URL', ['sqlite-to-postgres'], { DATABASE_URL: '' }],
  ])('a move %s says how it goes', async (_, args, env) => {
    await lived();
    const { code, err } = await run('move', args, env);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('npm run move -- sqlite-to-postgres') });
  });

  it('a move with a word too many says so, and where it is written how it goes', async () => {
    const { code, err } = await run('move', ['sqlite-to-postgres', '--all']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('docs/scale.md') });
    expect(err).toContain("'--all'");
    expect(err).not.toMatch(/\n\s+at /);
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'a move that is ended by %s in the middle left nothing, and goes later',
    async (signal) => {
      const secretKey = await lived();
      const bytes = readFileSync(database());
      await (await openThere()).close();
      const prompts = await lockTable(url, 'prompts');
      const child = start('move', ['sqlite-to-postgres'], { MEMBER_KEY: secretKey });
      await prompts.isWaitedFor();
      child.signal(signal);
      await child.ended;
      await prompts.letGo();
      expect(await ask(url, 'select from guilds')).toEqual([]);
      expect(readFileSync(database()).equals(bytes)).toBe(true);
      expect(readdirSync(folder).includes('attune.db.moving')).toBe(signal === 'SIGKILL');
      expect(await run('move', ['sqlite-to-postgres'], { MEMBER_KEY: secretKey })).toMatchObject({ code: 0 });
      expect(readdirSync(folder)).not.toContain('attune.db.moving');
    },
  );
});
