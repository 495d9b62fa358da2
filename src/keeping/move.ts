import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { keyFile, keyIn } from '#store/key';
import { moveToPostgres, removeCopy } from '#store/move';
import { StoreError } from '#store/store-error';
import { keptIn, root, runForHost } from './host.ts';

/**
 * npm run move: takes everything along from the SQLite file into the PostgreSQL of DATABASE_URL.
 *   npm run move -- sqlite-to-postgres [--without-orphans]
 */

const usage = `Say from where to where: npm run move -- sqlite-to-postgres
Stop Attune first, and put DATABASE_URL into your settings (.env): see docs/scale.md.`;

async function move(what: string | undefined, withoutOrphans: boolean): Promise<string> {
  const { database, databaseUrl: url, memberKey } = keptIn(root, { keyLater: true });
  if (what !== 'sqlite-to-postgres' || url === undefined) throw new StoreError(usage);
  const key = memberKey ?? (existsSync(database) ? keyIn(keyFile(database)) : '');
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      removeCopy(database);
      process.exit(1);
    });
  const { guilds, members, ...others } = await moveToPostgres({ path: database, url, key, withoutOrphans });
  const rest = Object.values(others).reduce((all, n) => all + n, 0);
  return `Taken along, counted and compared: ${guilds} servers, the choices of ${members} members, ${rest} other rows.
${database} was only read, and is as it was.

Now:
  1. ${memberKey === undefined ? `Put what is in ${keyFile(database)} behind MEMBER_KEY= in your settings (.env): one line; show it to nobody.` : 'MEMBER_KEY in your settings is the right one, and stays.'} It must be the same for each process.
  2. Start Attune.
  3. When all is well, put the file and its key away, apart from each other, or delete them: what members take back from
     now on is not taken back in there.
`;
}

await runForHost(() => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'without-orphans': { type: 'boolean', default: false } },
  });
  return move(positionals[0], values['without-orphans']);
});
