/**
 * npm run licences: every package that the bot runs with, its version and licence, from the lock file. Ends with 1 where
 * one is under a licence that nobody has looked at.
 */
import { lockedPackages } from './locked.ts';

/** All of these allow to run and to pass on what is under them, unchanged, as long as their text comes along. */
const known = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '(MIT OR CC0-1.0)', 'Unlicense', 'MPL-2.0'],
  // The fonts of the pictures.
  'SEE LICENSE IN README.md AND LICENSE',
]);
const rows = lockedPackages().map(({ license, ...rest }) => ({
  ...rest,
  // One package says it in words.
  license: license === 'Apache License' ? 'Apache-2.0' : license,
}));
for (const { name, version, license } of rows) process.stdout.write(`${name} ${version}  ${license}\n`);
const odd = rows.filter(({ license }) => !known.has(license));
if (odd.length > 0) {
  process.stderr.write(`Look at the licence of: ${odd.map(({ name }) => name).join(', ')}\n`);
  process.exitCode = 1;
}
