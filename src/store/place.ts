import { isThere } from '#store/files';
import { holdAlone } from '#store/hold';
import { isReplaced, keyFile, memberKey, nextKeyFile } from '#store/key';
import { openStore, type Store, type StoreOptions } from '#store/open';
import type { WaitToLogin } from '#store/postgres/logins';
import type { Seat } from '#store/postgres/seat';
import { serversIn } from '#store/sqlite';
import { StoreError } from '#store/store-error';

/** Where everything is kept: a file of SQLite, or PostgreSQL. */
export type PlaceOptions = Omit<StoreOptions, 'key'> & {
  /** The file, where there is no `url`. */
  path: string;
  /** Of PostgreSQL, and the key that goes with it. */
  url?: string | undefined;
  memberKey?: string | undefined;
  seat?: Seat;
  /** Another process has this one's place. */
  onTaken?: (why: StoreError) => void;
};

export type Place = {
  store: Store;
  /** The turn at Discord's door, where several processes log in. */
  waitToLogin?: WaitToLogin;
  /** Closes the store, and lets another process have the place. */
  close(): Promise<void>;
};

/** Takes the place for this process, and opens it. @throws StoreError when it is another's, or cannot be opened */
export async function openPlace({
  path,
  url,
  memberKey: key,
  seat,
  onTaken = () => undefined,
  ...options
}: PlaceOptions): Promise<Place> {
  if (key !== undefined && isReplaced(path, key))
    options.onWarning?.({ warning: 'new key not in use', path: nextKeyFile(path) });
  if (url !== undefined) {
    const { openPostgres } = await import('#store/postgres/open');
    const { isNew, ...opened } = await openPostgres({ url, seat, key: key ?? '', onTaken, ...options });
    const close = () => opened.store.close();
    const left = isNew ? serversIn(path) : 0;
    if (left > 0) {
      await close();
      throw new StoreError(
        `The PostgreSQL database is empty, and there are servers in ${path} (${left}). To take them along: npm run move -- ` +
          'sqlite-to-postgres. To begin anew without them: move that file away.',
      );
    }
    return { ...opened, close };
  }
  if (!isThere(path) && isThere(keyFile(path))) options.onWarning?.({ warning: 'begun anew', path });
  const letGo = await holdAlone(path);
  try {
    const store = await openStore({ path, key: () => memberKey(path, key), ...options });
    const close = async () => {
      await store.close();
      letGo();
    };
    return { store, close };
  } catch (error) {
    letGo();
    throw error;
  }
}
