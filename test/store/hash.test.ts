import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashesUnder } from '#store/hash';
import { ana, ben, elsewhere, guild, key } from './fixtures.ts';

const hashes = hashesUnder(key);
/** Every name that is stored, and of whom. */
const uses = [
  ['member', guild, ben],
  ['needer', guild, ben],
  ['need', guild, '5', ben],
  ['thanks', ben, '7'],
  ['message', '7'],
] as const;

test('the same member has the same hash after a restart', () => {
  expect(hashesUnder(key).member(guild, ben)).toBe(hashes.member(guild, ben));
  expect(hashes.member(guild, ben)).toMatch(/^[\w-]{8}\.[\w-]{43}$/);
});

test('another member, guild, use or key makes another hash', () => {
  const all = [
    hashes.member(guild, ben),
    hashes.member(guild, ana),
    hashes.member(elsewhere, ben),
    hashes.member(ben, guild),
    hashes.message(ben),
    hashesUnder('another').member(guild, ben),
  ].map((hash) => hash.split('.')[1]);
  expect(new Set(all).size).toBe(all.length);
});

test('where one id ends and the next begins matters', () => {
  expect(hashes.member('12', '3')).not.toBe(hashes.member('1', '23'));
});

test('every hash begins with its key’s generation, which tells nothing of the key', () => {
  expect(hashes.member(guild, ben)).toContain(`${hashes.generation}.`);
  expect(hashes.message('1')).toContain(`${hashes.generation}.`);
  expect(hashesUnder('another').generation).not.toBe(hashes.generation);
  expect(key).not.toContain(hashes.generation);
});

test('no plain hash of the id is in it', () => {
  const plain = ['hex', 'base64url'].map((form) =>
    createHash('sha256')
      .update(ben)
      .digest(form as 'hex')
      .slice(0, 12),
  );
  for (const part of [...plain, ben]) expect(hashes.member(guild, ben)).not.toContain(part);
});

test('a nonce fits Discord, is the same for the same messages and no other', () => {
  const nonce = hashes.nonce(['1', '2']);
  expect(nonce).toMatch(/^[\w-]{25}$/);
  expect(hashesUnder(key).nonce(['1', '2'])).toBe(nonce);
  expect(hashes.nonce(['12'])).not.toBe(nonce);
  expect(hashes.message('1')).not.toContain(hashes.nonce(['1']));
});

test.each(['', '  '])('an empty key (%j) is refused', (empty) => {
  expect(() => hashesUnder(empty)).toThrow('empty');
});

const second = 'a'.repeat(64);
const third = '0123456789abcdef'.repeat(4);
const longer = hashesUnder(`${key}.${second}.${third}`);

test('with secrets added behind it, names of any earlier key are carried to those of today, without an id', () => {
  for (const earlier of [key, `${key}.${second}`].map(hashesUnder)) {
    expect(longer.earlier).toContain(earlier.generation);
    for (const [use, ...parts] of uses) {
      const name = (of: typeof hashes) => (of[use] as (...parts: string[]) => string)(...parts);
      expect(longer.carried(name(earlier))).toBe(name(longer));
      expect(name(longer).slice(9)).not.toBe(name(earlier).slice(9));
    }
  }
  expect(longer.earlier).toHaveLength(2);
});

test('a name of today, or of a stranger’s key, is not carried', () => {
  expect(() => longer.carried(longer.member(guild, ben))).toThrow('no earlier generation');
  expect(() => longer.carried(hashesUnder('another').member(guild, ben))).toThrow('no earlier generation');
  expect(hashes.earlier).toEqual([]);
});

test('each of the secrets is needed, in its order, for the names of today', () => {
  const parts = [key, second, `${key}.${second}`, `${key}.${third}`, `${second}.${third}`, `${key}.${third}.${second}`];
  for (const part of parts) {
    expect(hashesUnder(part).generation).not.toBe(longer.generation);
    expect(hashesUnder(part).member(guild, ben).slice(9)).not.toBe(longer.member(guild, ben).slice(9));
  }
});

test.each([`my own secret.with a dot`, `${key}.abc`, `${key}.${'A'.repeat(64)}`, `${key}.${second}x`])(
  'a secret of one’s own stays one, whatever stands in it (%s)',
  (own) => expect(hashesUnder(own).earlier).toEqual([]),
);

test('nothing but added secrets is no key', () => expect(() => hashesUnder(`.${second}`)).toThrow('empty'));
