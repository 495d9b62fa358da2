import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { openStore } from '#store/open';
import { ana, ben, cleo, folders, guild, key, noon, on } from './databases.ts';
import { lock, opened } from './locked.ts';

/** A database that others lock, and a disk that is full or can only be read: what is answered, kept and said. */

afterEach(() => folders.removeAll());

/** The longest time in which nothing else could happen while this was done, in ms. */
async function longestStandstill(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const tick = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await work();
  clearInterval(tick);
  return Math.max(longest, performance.now() - last);
}

describe('a database that another process has locked', () => {
  test('lets the process go on, answers who only reads, and ends for all who wait within three seconds', async () => {
    const { path, store } = await opened();
    const unlock = lock(path);
    const started = performance.now();
    const outcomes: PromiseSettledResult<unknown>[] = [];
    const standstill = await longestStandstill(async () => {
      const writes = [
        store.members.setPace(guild, ben, 'week'),
        store.members.leavePostsOut(guild, cleo, true),
        store.guilds.save(guild, 1, on),
        store.counts.add(guild, '2025-05-14', 'advice', 'would'),
        store.members.turnOff(guild, ana),
      ];
      const reading = store.members.of(guild, cleo).then(() => performance.now() - started);
      outcomes.push(...(await Promise.allSettled(writes)));
      expect(await reading).toBeLessThan(2_500);
    });
    expect(standstill).toBeLessThan(300);
    expect(performance.now() - started).toBeLessThan(3_000);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'SQLITE_BUSY' } });
    // From now on nobody waits: the next is tried once.
    const again = performance.now();
    await expect(store.members.setPace(guild, ben, 'week')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    expect(performance.now() - again).toBeLessThan(500);
    unlock();
    expect(await store.members.setPace(guild, ben, 'week')).toBe(true);
    await store.close();
  });

  test('is waited for when it is soon free', async () => {
    const { path, store } = await opened();
    const unlock = lock(path);
    setTimeout(unlock, 200);
    expect(await store.members.setPace(guild, ben, 'week')).toBe(true);
    expect(await store.members.of(guild, ben)).toMatchObject({ pace: 'week' });
    await store.close();
  });
});

describe('a file that goes bad while it is in use', () => {
  test('grants nothing, hears every no, says what is wrong, and stops the next start', async () => {
    const { path, store } = await opened();
    // Somebody else's write, so that nothing of the file is kept in memory.
    const other = new Database(path);
    other.exec('update guilds set revision = revision');
    other.pragma('wal_checkpoint(truncate)');
    other.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, 4096));
    const damaged = { code: expect.stringMatching(/^SQLITE_CORRUPT/) };
    const asked = { guild, revision: 1, replier: ben, poster: ana, messages: ['1'], about: 'advice', now: noon };
    await expect(store.claim(asked)).rejects.toMatchObject(damaged);
    await expect(store.guilds.save(guild, 1, on)).rejects.toMatchObject(damaged);
    await expect(store.members.turnOff(guild, ben)).rejects.toMatchObject(damaged);
    expect(store.members.hasNotes(guild, ben)).toBe(false);
    expect(store.guilds.settings(guild)).toMatchObject({ revision: 1 });
    await store.close().catch(() => undefined);
    await expect(openStore({ path, key })).rejects.toThrow(/is damaged\..*backup/);
  });
});

/** Mounts need a name space of one's own. */
const canMount = (() => {
  try {
    return process.platform === 'linux' && execFileSync('unshare', ['-rm', 'echo', 'yes']).length > 0;
  } catch {
    return false;
  }
})();

/** Runs lines of a shell in a name space of its own, with `$F` a folder; `node` runs JavaScript that knows the store. */
function inOwnMounts(lines: string): string {
  const script = `node() { "${process.execPath}" --input-type=module -e "const { openStore } = await import('#store/open');
    const say = (e) => console.log(e?.name, e?.code ?? '', e?.message); $1"; }
    ${lines}`;
  const child = spawnSync('unshare', ['-rm', 'sh', '-c', script], {
    encoding: 'utf8',
    env: { ...process.env, F: folders.make() },
  });
  return child.stdout + child.stderr;
}
const open = (then: string) => `await openStore({ path: process.env.F + '/attune.db', key: 'k' }).then(${then}, say)`;

describe.skipIf(!canMount)('a disk', () => {
  test('that is full is named as such, at the start and later', () => {
    const out = inOwnMounts(`mount -t tmpfs -o size=300k none $F
      node "${open(`async (s) => {
        for (let i = 0; i < 5000; i++)
          try { await s.members.turnOn('1', String(i)) } catch (e) { say(e); break }
        process.kill(process.pid, 'SIGKILL');
      }`)}"
      rm -rf $F/*; head -c 400k /dev/zero > $F/else 2>/dev/null
      node "${open(`() => console.log('opened')`)}"`);
    const [later, start] = out.split('\n').filter((line) => /Error|opened/.test(line));
    expect(later).toMatch(/SQLITE_FULL/);
    expect(start).toMatch(/StoreError .*the disk is full/);
  });

  test('that can only be read stops the start, also with the files of a run that was killed', () => {
    const out = inOwnMounts(`mount -t tmpfs none $F
      node "${open(`async (s) => { await s.members.turnOn('1', '2'); process.kill(process.pid, 'SIGKILL') }`)}"
      ls $F; mount -o remount,ro none $F
      node "${open(`(s) => console.log('opened')`)}"`);
    expect(out).toContain('attune.db-wal');
    expect(out).toMatch(/StoreError .*cannot be (written|opened)\. Give this user .*permission/);
    expect(out).not.toContain('opened\n');
  });
});
