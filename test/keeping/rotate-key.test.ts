import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hashesUnder } from '#store/hash';
import { holdAlone } from '#store/hold';
import { bytesIn } from '../store/databases.ts';
import { everything, filesIn, only, openHost } from './host.ts';

/** npm run rotate-key, as its own process, on real files. */

describe('a rotation', () => {
  it('loses nobody, leaves no name of before, and shows the key to nobody', async () => {
    const host = openHost();
    await host.lives();
    const before = readFileSync(`${host.database}.key`, 'utf8').trim();
    const { code, out, err } = await host.run('rotate-key');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const after = readFileSync(`${host.database}.key`, 'utf8').trim();
    expect(after).toMatch(new RegExp(`^${before}\\.[0-9a-f]{64}$`));
    expect(statSync(`${host.database}.key`).mode & 0o777).toBe(0o600);
    for (const secret of after.split('.')) expect(out).not.toContain(secret);
    // The command itself did it, not only the next start.
    expect(bytesIn(host.folder)).toContain(hashesUnder(after).generation);
    expect(bytesIn(host.folder)).not.toContain(hashesUnder(before).generation);
    expect(await host.remembers()).toEqual(everything);
    expect(await host.run('rotate-key')).toMatchObject({ code: 0, err: '' });
    expect(await host.remembers()).toEqual(everything);
    expect(readdirSync(host.folder).sort()).toEqual(['attune.db', 'attune.db.key', 'attune.db.lock']);
  });

  it('that is killed at any step loses nobody: the next start, or the next try, finds the key that fits', async () => {
    const killer = ['--import', pathToFileURL(join(import.meta.dirname, 'killer.ts')).href];
    let steps = 0;
    const host = openHost();
    await host.lives();
    for (let at = 1, isDone = false; !isDone; at += 1) {
      const { code, signal, err } = await host.run('rotate-key', [], { KILL_AT: `${at}` }, killer);
      expect(err).toBe('');
      isDone = code === 0;
      if (!isDone) expect({ at, signal }).toEqual({ at, signal: 'SIGKILL' });
      steps = at;
      // Every other time it is tried again at once, without a start in between.
      if (at % 2 === 0) expect({ at, ...(await host.remembers()) }).toEqual({ at, ...everything });
    }
    expect(await host.remembers()).toEqual(everything);
    expect(steps).toBeGreaterThan(10);
  }, 240_000);

  it('is refused while Attune runs, and under a key that is not the database’s; nothing is changed', async () => {
    const host = openHost();
    await host.lives();
    const right = readFileSync(`${host.database}.key`, 'utf8');
    const letGo = await holdAlone(host.database);
    const running = await host.run('rotate-key');
    letGo();
    expect(running).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Stop that one first') });
    expect(readFileSync(`${host.database}.key`, 'utf8')).toBe(right);

    const wrong = `${'5'.repeat(64)}\n`;
    writeFileSync(`${host.database}.key`, wrong);
    const refused = await host.run('rotate-key');
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Put that one back first') });
    expect(readFileSync(`${host.database}.key`, 'utf8')).toBe(wrong);
    writeFileSync(`${host.database}.key`, right);
    expect(await host.remembers()).toEqual(everything);
  }, 90_000);

  it('without a key, or without a database, makes neither', async () => {
    const host = openHost();
    expect(await host.run('rotate-key')).toMatchObject({ code: 1, err: expect.stringContaining('no database at') });
    expect(filesIn(host.folder)).toEqual([]);
    await host.lives();
    rmSync(`${host.database}.key`);
    expect(await host.run('rotate-key')).toMatchObject({ code: 1, err: expect.stringContaining('no member key at') });
    expect(readdirSync(host.folder)).not.toContain('attune.db.key');
  });

  it.each(['k'.repeat(40), 'one of my own, with blanks.and dots'])(
    'of MEMBER_KEY (%s) is put where only its owner can read it, and works once it stands in the settings',
    async (mine) => {
      const host = openHost();
      await host.lives(mine);
      const { code, out, err } = await host.run('rotate-key', [], { MEMBER_KEY: mine });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const file = `${host.database}.next.key`;
      expect(out).toMatch(/^Nothing is changed yet/);
      expect(out).toContain(`Put what is in ${file}`);
      expect(out).toContain('Only then is what members chose kept under the new key, all of it.');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const next = readFileSync(file, 'utf8').trim();
      expect(next.slice(0, mine.length + 1)).toBe(`${mine}.`);
      expect(out).not.toContain(mine);
      expect(out).not.toContain(next.slice(-64));
      // Until a host has changed the settings, all is as it was.
      expect(await host.remembers(mine)).toEqual(everything);
      expect(await host.remembers(next)).toEqual(everything);
      expect(await host.remembers(mine)).toMatchObject({ hears: false });
    },
  );

  it('lets backups of before be restored, and keeps the key that opens both', async () => {
    const host = openHost();
    await host.lives();
    await host.backUp();
    const [copy, oldKey] = [only(host.places.to), only(host.places.keyTo)];
    await host.run('rotate-key');
    const again = await host.backUp();
    expect(again.out).toContain(`Delete the older ones: ${oldKey}`);
    expect(filesIn(host.places.keyTo)).toHaveLength(2);
    expect(again.out).toMatch(/attune\.db\.20\d\d-\d\d-\d\d-\d{9}\.key/);
    expect((await host.backUp()).out).toContain('(as before)');
    const rotated = readFileSync(`${host.database}.key`, 'utf8');

    for (const key of [[], [oldKey]]) {
      expect(await host.run('restore', [copy, ...key])).toMatchObject({ code: 0, err: '' });
      expect(await host.remembers()).toEqual(everything);
      expect(readFileSync(`${host.database}.key`, 'utf8')).toBe(rotated);
    }
    // The other way round the old key is not enough, and says so.
    const newer = filesIn(host.places.to).sort().at(-1) ?? '';
    rmSync(`${host.database}.key`);
    const refused = await host.run('restore', [newer, oldKey]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('is not the one that this backup') });
  }, 90_000);
});
