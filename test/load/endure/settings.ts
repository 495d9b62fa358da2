/**
 * How long a start takes to read the settings of many servers: the database is made here, and opened by processes of
 * their own, as a start does it, one after the other.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import Database from 'better-sqlite3';
import pg from 'pg';
import { openPlace } from '#store/place';
import { median } from '../table.ts';
import { numbers } from '../world.ts';

/** Without a `url` it is a file of SQLite. */
export type Where = { path: string; url?: string; memberKey?: string };

/** Servers with choices of their own; all others have the same ones. */
const kinds = 50;

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

/** Milliseconds that it takes to open the store, all of it: the median of some starts. */
export async function timeSettings(where: Where, guilds: number, starts = 5): Promise<number> {
  await saveSome(where);
  await run(where, many(guilds));
  const taken: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const child = fork(new URL('./open-place.ts', import.meta.url), [JSON.stringify(where)]);
    const [told] = (await once(child, 'message')) as [number];
    taken.push(told);
    if (child.exitCode === null) await once(child, 'exit');
  }
  return median(taken);
}
