import { StoreError } from '#store/store-error';

/** What a host does with PostgreSQL's own commands, where Attune's are for the file. */

/** The address in one word of a shell, without the password: the commands ask for it, or find it in ~/.pgpass. */
function addressOf(url: string): string {
  const address = new URL(url);
  address.password = '';
  address.searchParams.delete('password');
  return `'${address.href.replaceAll("'", '%27')}'`;
}

const key = 'The member key is not in there: MEMBER_KEY in your settings (.env). Keep a copy of it in another place.';

export const backUpThere = (url: string, now = Date.now()): StoreError =>
  new StoreError(`The data is in PostgreSQL, so nothing was backed up by this command. While Attune runs or not:
  umask 077
  pg_dump --format=custom --no-owner --file=attune-${new Date(now).toISOString().slice(0, 10)}.dump --dbname=${addressOf(url)}
${key}`);

export const restoreThere = (url: string): StoreError =>
  new StoreError(`The data is in PostgreSQL, so nothing was restored by this command. Stop all processes of Attune, then:
  pg_restore --clean --if-exists --no-owner --single-transaction --dbname=${addressOf(url)} FILE
What is there now is replaced, or, if that fails, left as it is. A backup of SQLite (.db) goes there with
npm run move: see docs/scale.md. ${key}`);
