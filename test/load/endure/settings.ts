/**
 * How long a start takes to read the settings of many servers: the database is made here, and opened by processes of
 * their own, as a start does it, one after the other.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { openPlace } from '#store/place';
import { cluster, hasPostgres } from '../../postgres.ts';
import { median } from '../table.ts';
import { numbers } from '../world.ts';
import type { Row } from './table.ts';

/** Without a `url` it is a file of SQLite. */
export type Where = { path: string; url?: string; memberKey?: string };

/** Servers with choices of their own; all others have the same ones. */
const kinds = 50;
/** The bound. */
const enough = { guilds: 10_000, ms: 1_000 };

/** Settings as servers have them after a while: channels, some exemptions, roles, own choices about notes. */
async function saveSome(where: Where): Promise<void> {
  const random = numbers(7);
  const { store, close } = await openPlace(where);
  const id = () => String(10n ** 17n + BigInt(Math.floor(random() * 1e15)));
  const ids = (most: number) => Array.from({ length: Math.ceil(random() * most) }, id);
  for (let at = 0; at < kinds; at += 1)
    await store.guilds.save(String(2n * 10n ** 17n + BigInt(at)), 0, ({ exempt, notes, log }) => ({
      support: { mode: at % 3 === 0 ? 'observe' : 'on', channels: ids(20) },
      exempt: { ...exempt, channels: ids(4), roles: ids(4) },
      notes: { ...notes, sensitivity: at % 2 ? 'careful' : notes.sensitivity },
      log: { ...log, channel: id() },
    }));
  await close();
}

/** The same on both databases. */
const many = (count: number) => `
  with recursive numbered(n) as (select 1 union all select n + 1 from numbered where n < ${count - kinds})
  insert into guilds (id, revision, settings, left_at)
  select cast(300000000000000000 + n as text), 1, settings, null from numbered
  join guilds on guilds.id = cast(200000000000000000 + n % ${kinds} as text)`;

async function run({ path, url }: Where, sql: string): Promise<void> {
  if (url === undefined) {
    const file = new Database(path);
    file.exec(sql);
    file.close();
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Milliseconds, and megabytes of what is held in memory then. */
export type Taken = { wall: number; cpu: number; mb: number };

/** Milliseconds that it takes to open the store, all of it: medians of some starts; of one where there is little to read. */
export async function timeSettings(where: Where, guilds: number, starts = 5): Promise<Taken> {
  await saveSome(where);
  await run(where, many(guilds));
  const taken: Taken[] = [];
  for (let start = 0; start < (guilds < 1_000 ? 1 : starts); start += 1) {
    const child = fork(new URL('./open-place.ts', import.meta.url), [JSON.stringify(where)], {
      execArgv: ['--expose-gc'],
    });
    const [told] = (await once(child, 'message')) as [Taken];
    taken.push(told);
    if (child.exitCode === null) await once(child, 'exit');
  }
  const of = (figure: keyof Taken) => median(taken.map((one) => one[figure]));
  return { wall: of('wall'), cpu: of('cpu'), mb: of('mb') };
}

/** On SQLite, and on PostgreSQL where this machine has it. */
export async function timeEverywhere(counts: readonly number[], memberKey: string, folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  const add = async (database: string, guilds: number, where: Where) => {
    const { wall, cpu, mb } = await timeSettings(where, guilds);
    const bound = guilds <= enough.guilds ? { most: enough.ms } : {};
    const what = `settings of ${guilds} servers, ${database}`;
    rows.push({ what, value: wall, unit: 'ms', ...bound, note: `${cpu.toFixed(0)} ms of CPU, ${mb.toFixed(1)} MB` });
  };
  for (const guilds of counts) await add('SQLite', guilds, { path: join(folder, `settings-${guilds}.db`), memberKey });
  if (!hasPostgres) return rows;
  const { make, remove } = await cluster();
  for (const guilds of counts) await add('PostgreSQL', guilds, { path: '', url: await make(), memberKey });
  remove();
  return rows;
}
