import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { startCommand } from '../child.ts';
import { everything, filesIn, type Host, only, openHost } from './host.ts';

/** All that goes wrong on a host's side ends in a sentence, and loses nothing. */

const asRoot = process.getuid?.() === 0;
const noStack = expect.not.stringMatching(/^\s+at |node:internal/m);
const refused = (says: string | RegExp) => ({
  code: 1,
  out: '',
  err: typeof says === 'string' ? expect.stringContaining(says) : expect.stringMatching(says),
});

async function backedUp(host: Host) {
  await host.lives();
  await host.backUp();
  return { copy: only(host.places.to), key: only(host.places.keyTo) };
}

describe('what a host types', () => {
  it('works with blanks and any letters in a path', async () => {
    const host = openHost('attune ατ ✿ ');
    const { copy, key } = await backedUp(host);
    for (const file of filesIn(host.folder)) if (statSync(file).isFile()) rmSync(file);
    expect(await host.run('restore', [copy, key])).toMatchObject({ code: 0, err: '' });
    expect(await host.run('rotate-key')).toMatchObject({ code: 0, err: '' });
    expect(await host.remembers()).toEqual(everything);
  });

  it('that is no option, no backup or no key is told without a stack', async () => {
    const host = openHost();
    const { copy, key } = await backedUp(host);
    const note = join(host.folder, 'notes.txt');
    writeFileSync(note, 'what I need to buy');
    const nameAnother = 'Name another file, or --key-lost in place of it if the key is lost. Nothing was changed.';
    const tries = [
      ['backup', ['--too', 'x'], "Unknown option '--too'"],
      ['backup', ['--to', note], `${note} is a file where a folder is needed`],
      ['backup', ['--to', join(note, 'below')], 'leads through something that is no folder'],
      ['restore', ['--from', copy], "Unknown option '--from'"],
      ['restore', [copy, key, copy], 'Say which backup'],
      ['restore', [host.places.to], 'is not a file'],
      ['restore', [key, copy], `${key} is not a database of Attune`],
      ['restore', [copy, note], `does not hold a member key. ${nameAnother}`],
      ['restore', [copy, host.places.to], `is a folder, and no member key. ${nameAnother}`],
      ['restore', [copy, join(host.folder, 'none.key')], /There is no member key at .*none\.key\. Name another file/],
    ] as const;
    for (const [command, args, says] of tries) {
      const how = await host.run(command, args);
      expect({ args, ...how }).toMatchObject(refused(says));
      expect(how.err).toEqual(noStack);
    }
    expect(readdirSync(host.folder).filter((name) => /restor/.test(name))).toEqual([]);
    expect(await host.remembers()).toEqual(everything);
  }, 90_000);

  it('a folder in place of the database or the key is named, by each command', async () => {
    const host = openHost();
    const { copy, key } = await backedUp(host);
    const commands = [
      ['backup', ['--to', host.places.to, '--key-to', host.places.keyTo]],
      ['restore', [copy]],
      ['rotate-key', []],
      ['new-key', []],
    ] as const;
    for (const file of [`${host.database}.key`, host.database]) {
      renameSync(file, `${file}.away`);
      mkdirSync(file);
      for (const [command, args] of commands) {
        const how = await host.run(command, args);
        expect({ command, ...how }).toMatchObject({ code: 1, err: expect.stringContaining(`${file} is a folder`) });
        expect(how.err).toEqual(noStack);
      }
      // A key is put back over whatever is in its place.
      if (file !== host.database) expect(await host.run('restore', [copy, key])).toMatchObject({ code: 0, err: '' });
    }
    rmSync(host.database, { recursive: true });
    renameSync(`${host.database}.away`, host.database);
    expect(await host.remembers()).toEqual(everything);
  }, 90_000);
});

describe('a key', () => {
  it('that the backup was not written with is refused, unless it is said that the right one is lost', async () => {
    const host = openHost();
    const { copy, key } = await backedUp(host);
    const right = readFileSync(`${host.database}.key`, 'utf8');
    writeFileSync(key, `${'e'.repeat(64)}\n`);
    expect(await host.run('restore', [copy, key])).toMatchObject(refused(/was not written|is not the one that/));
    expect(await host.remembers()).toEqual(everything);
    rmSync(`${host.database}.key`);
    expect(await host.run('restore', [copy])).toMatchObject(refused('--key-lost'));
    expect(await host.run('restore', [copy, '--key-lost'])).toMatchObject({ code: 0, err: '' });
    // The next start makes another; nobody gets a note, and all else is there.
    expect(await host.remembers()).toMatchObject({ mode: 'on', hears: false, warnings: [{ warning: 'another key' }] });
    // It was not lost after all.
    writeFileSync(`${host.database}.key`, right);
    expect(await host.remembers()).toEqual(everything);
  }, 90_000);

  it('copied to a disk that knows no owners is compared and restored all the same', async () => {
    const host = openHost();
    const { copy, key } = await backedUp(host);
    chmodSync(key, 0o755);
    expect((await host.backUp()).out).toContain('(as before)');
    rmSync(`${host.database}.key`);
    expect(await host.run('restore', [copy, key])).toMatchObject({ code: 0, err: '' });
    expect(statSync(`${host.database}.key`).mode & 0o777).toBe(0o600);
  });

  it('that is damaged in place is what a restore mends, and is kept beside', async () => {
    const host = openHost();
    const { copy, key } = await backedUp(host);
    writeFileSync(`${host.database}.key`, 'half of it');
    expect(await host.run('restore', [copy])).toMatchObject(refused('does not hold a member key'));
    expect(await host.run('restore', [copy, key])).toMatchObject({ code: 0, err: '' });
    expect(await host.remembers()).toEqual(everything);
    const aside = readdirSync(host.folder).filter((name) => name.startsWith('attune.db.key.before-restore'));
    expect(aside).toHaveLength(1);
  });

  it('that new-key does not see is not taken for a lost one', async () => {
    const host = openHost();
    const mine = 'the secret in /etc/attune.env that sudo does not read';
    await host.lives(mine);
    expect(await host.run('new-key')).toMatchObject(refused('start Attune once'));
    expect(existsSync(`${host.database}.key`)).toBe(false);
    expect(await host.remembers(mine)).toEqual(everything);
  });
});

describe('a command that is cut off or not alone', () => {
  it('two backups at once are both whole', async () => {
    const host = openHost();
    await host.lives();
    const both = await Promise.all([host.backUp(), host.backUp()]);
    expect(both).toMatchObject([
      { code: 0, err: '' },
      { code: 0, err: '' },
    ]);
    expect(filesIn(host.places.to)).toHaveLength(2);
    const key = only(host.places.keyTo);
    for (const copy of filesIn(host.places.to)) {
      expect(await host.run('restore', [copy, key])).toMatchObject({ code: 0, err: '' });
      expect(await host.remembers()).toEqual(everything);
    }
  }, 90_000);

  it('Ctrl-C while a backup is written leaves no half of one', async () => {
    const host = openHost();
    await host.lives();
    const db = new Database(host.database);
    db.exec('create table filler (bytes blob); insert into filler values (randomblob(60000000))');
    db.close();
    mkdirSync(host.places.to);
    const appeared = new Promise<void>((resolve) => {
      const watcher = watch(host.places.to, () => {
        watcher.close();
        resolve();
      });
    });
    const child = host.start('backup', ['--to', host.places.to, '--key-to', host.places.keyTo]);
    await appeared;
    child.signal('SIGINT');
    await child.ended;
    expect(child.err).toBe('');
    expect(filesIn(host.places.to).filter((name) => name.endsWith('.partial'))).toEqual([]);
  }, 90_000);

  it('a restore that is killed at any step leaves what was there or what was brought back, and can be done again', async () => {
    const killer = ['--import', pathToFileURL(join(import.meta.dirname, 'killer.ts')).href];
    const host = openHost();
    const { copy, key } = await backedUp(host);
    for (let at = 1, isDone = false; !isDone; at += 1) {
      const { code, signal, err } = await host.run('restore', [copy, key], { KILL_AT: `${at}` }, killer);
      expect(err).toBe('');
      isDone = code === 0;
      if (!isDone) expect({ at, signal }).toEqual({ at, signal: 'SIGKILL' });
      expect({ at, ...(await host.remembers()) }).toEqual({ at, ...everything });
    }
  }, 240_000);
});

describe.runIf(asRoot)('users', () => {
  const nobody = 65_534;

  it('what root restores or rotates belongs to whoever owns the folder, so that the bot can open it', async () => {
    const host = openHost();
    const { copy, key } = await backedUp(host);
    for (const file of filesIn(host.folder)) if (statSync(file).isFile()) rmSync(file);
    chownSync(host.folder, nobody, nobody);
    expect(await host.run('restore', [copy, key])).toMatchObject({ code: 0, err: '' });
    expect(await host.run('rotate-key')).toMatchObject({ code: 0, err: '' });
    for (const file of filesIn(host.folder).filter((name) => statSync(name).isFile()))
      expect({ file, uid: statSync(file).uid }).toEqual({ file, uid: nobody });
    const child = startCommand(
      [process.execPath, 'src/keeping/rotate-key.ts'],
      process.cwd(),
      { DATABASE_PATH: host.database },
      nobody,
    );
    expect({ ...(await child.ended), err: child.err }).toMatchObject({ code: 0, err: '' });
    expect(await host.remembers()).toEqual(everything);
  }, 90_000);

  it('one who may not is told so, by each command', async () => {
    const host = openHost();
    const { copy } = await backedUp(host);
    chmodSync(host.folder, 0o755);
    for (const [command, ...args] of [
      ['backup', '--to', host.places.to],
      ['backup', '--to', join(host.folder, 'new')],
      ['restore', copy],
      ['rotate-key'],
      ['new-key'],
    ]) {
      const child = startCommand(
        [process.execPath, `src/keeping/${command}.ts`, ...args],
        process.cwd(),
        { DATABASE_PATH: host.database },
        nobody,
      );
      expect({ command, ...(await child.ended) }).toMatchObject({ command, code: 1 });
      expect({ command, err: child.err }).toEqual({
        command,
        err: expect.stringMatching(/permission|may not be read or written/),
      });
      expect(child.err).toEqual(noStack);
    }
    expect(await host.remembers()).toEqual(everything);
  }, 90_000);
});
