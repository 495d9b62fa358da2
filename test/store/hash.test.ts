import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashesUnder } from '#store/hash';
import { ana, ben, elsewhere, guild, key } from './fixtures.ts';

const hashes = hashesUnder(key);

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
