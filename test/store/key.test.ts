import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { memberKey } from '#store/key';
import { StoreError } from '#store/store-error';
import { folders } from './databases.ts';

afterEach(() => folders.removeAll());
const database = () => join(folders.make(), 'attune.db');

test('a secret from the environment is used as it is, and no file is made', () => {
  const path = database();
  expect(memberKey(path, 'from the environment')).toBe('from the environment');
  expect(readdirSync(join(path, '..'))).toEqual([]);
});

test.each([undefined, '', '  '])(
  'without one (%j) a key is made once, beside the database, for its owner only',
  (env) => {
    const path = database();
    const key = memberKey(path, env);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(memberKey(path, env)).toBe(key);
    expect(readdirSync(join(path, '..'))).toEqual(['attune.db.key']);
    expect(statSync(`${path}.key`).mode & 0o777).toBe(0o600);
    expect(memberKey(database(), env)).not.toBe(key);
  },
);

test('a database in memory gets a fresh key each time, and no file', () => {
  expect(memberKey(':memory:')).not.toBe(memberKey(':memory:'));
  expect(readdirSync('.')).not.toContain(':memory:.key');
});

test('starts at the same moment agree on one key', async () => {
  const path = database();
  const at = Date.now() + 800;
  // Each waits for the same moment, busily, so that they really meet.
  const script = `const { memberKey } = await import('#store/key');
    while (Date.now() < ${at}); process.stdout.write(memberKey(${JSON.stringify(path)}));`;
  const keys = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [key, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      expect(code).toBe(0);
      return key;
    }),
  );
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toBe(readFileSync(`${path}.key`, 'utf8').trim());
  expect(readdirSync(join(path, '..'))).toEqual(['attune.db.key']);
});

test.skipIf(process.platform === 'win32').each([0o640, 0o660, 0o620])(
  'a key whose group has rights again, as some volumes give them at each mount (mode %o), is taken back from it',
  (mode) => {
    const path = database();
    const key = memberKey(path);
    chmodSync(`${path}.key`, mode);
    expect(memberKey(path)).toBe(key);
    expect(statSync(`${path}.key`).mode & 0o777).toBe(0o600);
  },
);

test.skipIf(process.getuid?.() !== 0)('and is refused where that cannot be done, with another way', () => {
  const path = database();
  memberKey(path);
  chmodSync(`${path}.key`, 0o640);
  chmodSync(join(path, '..'), 0o755);
  // Somebody else, of the same group: may read it, and may not change its mode.
  const child = inChild(path, '', { uid: 65534, gid: process.getgid?.() ?? 0 });
  expect(child.stdout).toMatch(/StoreError .*chmod 600 .*set MEMBER_KEY/s);
});

/** What `memberKey` gives in a process of its own, or how it fails; after these lines, which may change `fs`. */
function inChild(path: string, before: string, options: object = {}) {
  const script = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
    const refuse = (code) => { throw Object.assign(new Error(code), { code }); };
    ${before}; syncBuiltinESMExports();
    const { memberKey } = await import('#store/key');
    try { console.log(memberKey(${JSON.stringify(path)})) } catch (e) { console.log(e.name, e.message) }`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', ...options });
}

test.each([
  ['without hard links (FAT)', `fs.linkSync = () => refuse('EPERM')`],
  ['without hard links (some network drives)', `fs.linkSync = () => refuse('ENOTSUP')`],
  [
    'where folders cannot be synced',
    `const { fsyncSync } = fs; fs.fsyncSync = (fd) => fs.fstatSync(fd).isDirectory() ? refuse('EINVAL') : fsyncSync(fd)`,
  ],
])('a file system %s holds a key all the same', (_, before) => {
  const path = database();
  const { stdout, stderr } = inChild(path, before);
  expect(stderr).toBe('');
  expect(stdout.trim()).toMatch(/^[0-9a-f]{64}$/);
  expect(memberKey(path)).toBe(stdout.trim());
  expect(readdirSync(join(path, '..'))).toEqual(['attune.db.key']);
  expect(statSync(`${path}.key`).mode & 0o777).toBe(0o600);
});

test.skipIf(process.platform === 'win32').each([0o604, 0o644, 0o666])(
  'a key that everybody can read (mode %o) is refused, with the command that mends it and another way',
  (mode) => {
    const path = database();
    const key = memberKey(path);
    chmodSync(`${path}.key`, mode);
    expect(() => memberKey(path)).toThrow(StoreError);
    expect(() => memberKey(path)).toThrow(`chmod 600 ${path}.key`);
    expect(() => memberKey(path)).toThrow(/set MEMBER_KEY to what is in the file/);
    chmodSync(`${path}.key`, 0o400);
    expect(memberKey(path)).toBe(key);
  },
);

test.each(['', 'short', 'g'.repeat(64), '0'.repeat(63)])(
  'a file that holds no key (%j) is refused and left as it is',
  (held) => {
    const path = database();
    writeFileSync(`${path}.key`, held, { mode: 0o600 });
    expect(() => memberKey(path)).toThrow(/does not hold a member key\. Put it back/);
    expect(readFileSync(`${path}.key`, 'utf8')).toBe(held);
  },
);

test('a place where no key can be kept says what to do', () => {
  const path = join(database(), 'no', 'folder.db');
  expect(() => memberKey(path)).toThrow(/cannot be kept .*set MEMBER_KEY/);
});
