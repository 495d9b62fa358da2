/**
 * `npm run torture -- --minutes 30`: what takes too long for every day. The tests of bad input with a new seed and many more
 * runs, kills at random moments, a gateway and an API in trouble, a flood of messages. Ends with a table, and with 1 when
 * a promise was broken. `--seed N` does the same again, `--only kills,rest` a part of it.
 */
import { randomInt } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { align } from '../load/table.ts';
import { parts } from './parts.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: `${randomInt(1, 2 ** 31)}` },
    only: { type: 'string', default: Object.keys(parts).join() },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const names = values.only.split(',');
const unknown = names.filter((name) => !Object.hasOwn(parts, name));
if (!(minutes > 0) || !Number.isSafeInteger(seed) || unknown.length > 0) {
  process.stderr.write(
    `--minutes takes a number, --seed a whole number, --only any of: ${Object.keys(parts).join(', ')}\n`,
  );
  process.exit(2);
}

const say = (text: string) => process.stdout.write(`${text}\n`);
say(
  `${cpus().length} cores, Node ${process.version}, load ${(loadavg()[0] ?? 0).toFixed(1)}; ${minutes} minutes; --seed ${seed}`,
);
const rows: string[][] = [];
for (const name of names) {
  const from = Date.now();
  say(`${name} …`);
  const part = parts[name];
  if (!part) continue;
  const { did, broken } = await part({ ms: (minutes * 60_000) / names.length, seed, minutes }).catch(
    (error: unknown) => ({
      did: 'ended with an error',
      broken: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    }),
  );
  for (const one of broken) say(`BROKEN in ${name} (--seed ${seed} --only ${name}): ${one}`);
  rows.push([
    name,
    broken.length === 0 ? 'held' : `BROKEN ${broken.length}`,
    `${((Date.now() - from) / 1_000).toFixed(0)} s`,
    did,
  ]);
}
say(`\n${align([['part', 'promises', 'time', 'what was done'], ...rows])}`);
process.exitCode = rows.some(([, promises]) => promises !== 'held') ? 1 : 0;
