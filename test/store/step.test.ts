import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import type { Store } from '#store/open';
import { openPostgres, type PostgresOptions } from '#store/postgres/open';
import { cluster, hasPostgres } from '../postgres.ts';
import { openWire, type Wire } from '../wire.ts';
import { ben, cleo, guild, key, noon, on, reply } from './fixtures.ts';

/** What each process has in memory is what the tables say, whatever goes wrong on the way there. */
describe.skipIf(!hasPostgres)('in step on one PostgreSQL', () => {
  const timings = { beat: 100, answer: 400, patience: 1_500, silent: 1_000, again: 20, settling: 50 };
  const open: Store[] = [];
  const wires: Wire[] = [];
  const clients: pg.Client[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.end();
    for (const store of open.splice(0)) await store.close();
    for (const wire of wires.splice(0)) await wire.close();
  });

  const make = async () => (await cluster()).make();
  const start = async (url: string, shard: number, more: Partial<PostgresOptions> = {}) => {
    const seat = { shards: [shard], total: 4 };
    const { store } = await openPostgres({ url, key, seat, timings, onTaken: () => undefined, ...more });
    open.push(store);
    return store;
  };
  const wired = async (url: string, through?: (bytes: Buffer) => Buffer | undefined) => {
    const wire = await openWire(Number(new URL(url).port), through);
    wires.push(wire);
    return { wire, url: url.replace(/:\d+\//, `:${wire.port}/`) };
  };
  const connected = async (url: string) => {
    const client = new pg.Client({ connectionString: url });
    clients.push(client);
    await client.connect();
    return client;
  };
  const until = (is: () => unknown) => expect.poll(is, { timeout: 8_000, interval: 10 });
  const isOn = async (store: Store) => {
    await store.guilds.save(guild, 0, on);
    await store.members.turnOn(guild, ben);
  };

  it('what could not be read when it was told is read later; what is on its way is stopped at once', async () => {
    const url = await make();
    const heard: string[] = [];
    const one = await start(url, 0, { onChoice: (where) => heard.push(where) });
    await isOn(one);
    const [other, locker] = [await connected(url), await connected(url)];
    // Whoever asks after the change finds the table locked, longer than an answer may take.
    await other.query("begin; update members set notes = 0; update guilds set revision = 2, settings = '{}'");
    await locker.query('begin');
    const locked = locker.query('lock table members, guilds in access exclusive mode');
    await until(async () => (await other.query('select from pg_locks where not granted')).rowCount).toBe(1);
    await other.query('commit');
    await locked;
    await until(() => heard).toContain(guild);
    expect(one.members.hasNotes(guild, ben)).toBe(false);
    await expect(one.members.of(guild, ben)).rejects.toThrow();
    await expect(one.members.of(guild, ben)).rejects.toThrow();
    await locker.query('rollback');
    await until(() => one.members.hasNotes(guild, ben)).toBe(false);
    await until(() => one.guilds.settings(guild).settings.support.mode).toBe('off');
  });

  it('what was written though nobody was told so is known', async () => {
    const url = await make();
    let losing = false;
    const near = await wired(url, (bytes) => (losing && bytes.includes('COMMIT') ? undefined : bytes));
    const one = await start(near.url, 0);
    await isOn(one);
    losing = true;
    await expect(one.members.turnOn(guild, cleo)).rejects.toThrow();
    losing = false;
    await until(() => one.members.hasNotes(guild, cleo)).toBe(true);
    expect(await one.claim(reply({ replier: cleo }))).toBeDefined();
  });

  it('a guild that was deleted and set up again meanwhile is known as it is now', async () => {
    const url = await make();
    const near = await wired(url);
    const [one, other] = [await start(near.url, 0), await start(url, 1)];
    await isOn(one);
    await until(() => other.members.hasNotes(guild, ben)).toBe(true);
    near.wire.cut();
    await until(() => one.members.hasNotes(guild, ben)).toBe(false);
    await other.forgetGuild(guild);
    await other.guilds.save(guild, 0, { ...on, support: { ...on.support, mode: 'observe' } });
    near.wire.mend();
    await until(() => one.guilds.settings(guild).settings.support.mode).toBe('observe');
  });

  it('a network that drops everything is noticed, whatever is asked just then', async () => {
    const url = await make();
    const near = await wired(url);
    const one = await start(near.url, 0, { timings: { ...timings, patience: 30_000 } });
    await isOn(one);
    await one.members.receiveThanks(guild, ben, true);
    near.wire.silence();
    void one.sweep(noon).catch(() => undefined);
    await until(() => one.members.hasNotes(guild, ben)).toBe(false);
    expect(one.members.hasThanks(guild, ben)).toBe(false);
    near.wire.mend();
    await until(() => one.members.hasNotes(guild, ben)).toBe(true);
  });

  it('what changed while a process read everything, and lost its connection, is known', async () => {
    const url = await make();
    const first = await start(url, 0);
    await isOn(first);
    const [locker, other] = [await connected(url), await connected(url)];
    await locker.query('begin; lock table members in access exclusive mode');
    const starting = start(url, 1, { timings: { ...timings, again: 300 } });
    const locks = async (which: string) => (await other.query(`select from pg_locks where ${which}`)).rowCount;
    await until(() => locks("not granted and locktype = 'relation'")).toBe(1);
    await other.query(`
      select pg_terminate_backend(pid) from pg_stat_activity where query ilike '%listen%' and pid <> pg_backend_pid() and application_name = 'attune';
      update guilds set revision = 2, settings = '{}'`);
    // It is coming back, and waits to ask for what only one may ask at a time.
    await until(() => locks("locktype = 'advisory' and classid = 1635021904 and objid = 0")).toBe(1);
    await until(() => locks("locktype = 'advisory' and classid = 1635021900")).toBe(1);
    await locker.query('rollback');
    const one = await starting;
    expect(one.guilds.settings(guild)).toMatchObject({ revision: 2, settings: { support: { mode: 'off' } } });
  });

  it('a sweep that waits for somebody else holds no member up', async () => {
    const url = await make();
    const one = await start(url, 0);
    await isOn(one);
    const [locker, other] = [await connected(url), await connected(url)];
    await locker.query('begin; lock table counts in access exclusive mode');
    const swept = one.sweep(noon);
    await until(async () => (await other.query('select from pg_locks where not granted')).rowCount).toBe(1);
    await one.members.turnOff(guild, ben);
    expect((await other.query('select from members')).rowCount).toBe(0);
    await locker.query('rollback');
    await swept;
  });

  it('what a member took back and the database did not take is tried again soon, as other processes do not know of it', async () => {
    const url = await make();
    const [one, other] = [await start(url, 0), await start(url, 1)];
    await isOn(one);
    await until(() => other.members.hasNotes(guild, ben)).toBe(true);
    const locker = await connected(url);
    await locker.query('begin; update members set pace = pace');
    await expect(one.members.turnOff(guild, ben)).rejects.toThrow();
    await locker.query('rollback');
    await until(() => other.members.hasNotes(guild, ben)).toBe(false);
  });

  it('a connection that hears nothing, as behind a pooler, is none', async () => {
    const url = await make();
    let deaf = true;
    const listens = Buffer.from('listen attune');
    const near = await wired(url, (bytes) => {
      const at = deaf ? bytes.indexOf(listens) : -1;
      if (at !== -1) bytes.write('listen nobody', at);
      return bytes;
    });
    await expect(start(near.url, 0)).rejects.toThrow('is behind a pooler');
    deaf = false;
    const one = await start(near.url, 0);
    const other = await start(url, 1);
    await isOn(other);
    await until(() => one.members.hasNotes(guild, ben)).toBe(true);
  });
});
