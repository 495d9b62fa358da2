import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import type { Store } from '#store/open';
import { explainServer, named, patientDialect, quickDialect } from '#store/postgres/connect';
import { loginQueue } from '#store/postgres/logins';
import { openPostgres, type PostgresOptions } from '#store/postgres/open';
import { keeps } from '#store/sweep';
import { MINUTE, toText } from '#store/times';
import type { Warning } from '#store/warnings';
import { ask, cluster, hasPostgres, openCluster } from '../postgres.ts';
import { openWire, type Wire } from '../wire.ts';
import { ben, cleo, elsewhere, guild, key, noon, on, reply } from './fixtures.ts';

/** Several stores on one PostgreSQL, as several processes have them. */
describe.skipIf(!hasPostgres)('processes on one PostgreSQL', () => {
  /** Quick, so that a lost connection is noticed and mended while a test waits. */
  const timings = { beat: 100, answer: 400, patience: 1_500, silent: 1_000, again: 20, settling: 50 };
  const open: Store[] = [];
  const wires: Wire[] = [];
  const taken: string[] = [];
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
    for (const wire of wires.splice(0)) await wire.close();
    taken.length = 0;
  });

  const make = async () => (await cluster()).make();
  const start = async (url: string, shard: number, more: Partial<PostgresOptions> = {}) => {
    const seat = { shards: [shard], total: 4 };
    const onTaken = ({ message }: Error) => taken.push(message);
    const { store, waitToLogin } = await openPostgres({ url, key, seat, timings, onTaken, ...more });
    open.push(store);
    return Object.assign(store, { waitToLogin });
  };
  /** A wire to the database, and its address through that. */
  const wired = async (url: string) => {
    const wire = await openWire(Number(new URL(url).port));
    wires.push(wire);
    return { wire, url: url.replace(/:\d+\//, `:${wire.port}/`) };
  };
  const until = (is: () => unknown) => expect.poll(is, { timeout: 8_000, interval: 10 });
  const isOn = async (store: Store) => {
    if (store.guilds.settings(guild).revision === 0) await store.guilds.save(guild, 0, on);
    await store.members.turnOn(guild, ben);
  };

  describe('what one changes the others know', () => {
    it('settings, who is opted in and out, and what was deleted', async () => {
      const url = await make();
      const [one, other] = [await start(url, 0), await start(url, 1)];
      await isOn(one);
      await until(() => other.members.hasNotes(guild, ben)).toBe(true);
      await until(() => other.guilds.settings(guild).settings.support.mode).toBe('on');
      await other.members.receiveThanks(guild, cleo, true);
      await until(() => one.members.hasThanks(guild, cleo)).toBe(true);
      expect(one.members.hasNotes(guild, cleo)).toBe(false);

      await other.members.turnOff(guild, ben);
      await until(() => one.members.hasNotes(guild, ben)).toBe(false);
      expect(await one.claim(reply())).toBeUndefined();

      await one.members.turnOn(guild, ben);
      await until(() => other.members.hasNotes(guild, ben)).toBe(true);
      expect(await other.person.forget(ben)).toEqual([guild]);
      await until(() => one.members.hasNotes(guild, ben)).toBe(false);

      await other.forgetGuild(guild);
      await until(() => one.guilds.settings(guild).revision).toBe(0);
      expect(one.members.hasThanks(guild, cleo)).toBe(false);
    });

    it('one is forgotten, and is handed what is kept, also where that is not known yet', async () => {
      const url = await make();
      const [one, other] = [await start(url, 0), await start(url, 1)];
      await ask(url, 'alter table guilds disable trigger all; alter table members disable trigger all');
      await isOn(other);
      expect(await one.person.kept(ben)).toMatchObject([{ guild, notes: 1 }]);
      expect(await one.person.forget(ben)).toEqual([guild]);
      expect(await other.claim(reply())).toBeUndefined();
    });

    it('that the bot was removed, and is back', async () => {
      const url = await make();
      const [one, other] = [await start(url, 0), await start(url, 1)];
      await isOn(one);
      await until(() => other.guilds.settings(guild).revision).toBe(1);
      await other.guilds.gone(guild, noon);
      expect(await one.claim(reply())).toBeUndefined();
      await one.guilds.back(guild);
      expect(await one.claim(reply())).toBeDefined();
      // Each marks only servers that are its own: the other ones are not there by its own eyes.
      await other.guilds.reconcile(new Set(), noon, () => false);
      expect(await one.claim(reply({ now: noon + 3 * 24 * 60 * MINUTE }))).toBeDefined();
    });

    it('two save the same setting at once: one is told that it changed', async () => {
      const url = await make();
      const stores = [await start(url, 0), await start(url, 1)];
      const saved = await Promise.all(stores.map((store) => store.guilds.save(guild, 0, on)));
      expect(saved.sort()).toEqual(['changed meanwhile', 'saved']);
    });

    it('a choice is told to those who may have something on its way; a note is none', async () => {
      const url = await make();
      const heard: string[] = [];
      const one = await start(url, 0, { onChoice: (where) => heard.push(where) });
      const other = await start(url, 1);
      await isOn(one);
      expect(await one.claim(reply())).toBeDefined();
      expect(await other.claim(reply())).toBeUndefined();
      await other.members.snooze(guild, ben, noon);
      await until(() => heard).toEqual([guild]);
      await other.guilds.save(elsewhere, 0, on);
      await until(() => one.guilds.settings(elsewhere).revision).toBe(1);
      expect(heard).toEqual([guild, elsewhere]);
    });

    it('of a hundred claims of one reply by two whose clocks differ by a minute, one is granted', async () => {
      const url = await make();
      const stores = [await start(url, 0), await start(url, 1)];
      await isOn(stores[0] as Store);
      await until(() => stores[1]?.guilds.settings(guild).revision).toBe(1);
      const asked = reply();
      const granted = await Promise.all(
        Array.from({ length: 100 }, (_, at) => stores[at % 2]?.claim({ ...asked, now: noon + (at % 2) * MINUTE })),
      );
      expect(granted.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('the database is away', () => {
    const away: [string, (wire: Wire) => void][] = [
      ['the connection is cut', (wire) => wire.cut()],
      ['the network drops everything', (wire) => wire.silence()],
    ];
    it.each(away)(
      '%s: nobody is contacted, until it is there again and what others did is known',
      async (_, break_) => {
        const url = await make();
        const near = await wired(url);
        const [one, other] = [await start(near.url, 0), await start(url, 1)];
        await isOn(one);
        await one.members.turnOn(guild, cleo);
        break_(near.wire);
        await until(() => one.members.hasNotes(guild, ben)).toBe(false);
        expect(await one.claim(reply())).toBeUndefined();
        // Nobody waits for what is known to be away.
        await expect(one.members.of(guild, ben)).rejects.toMatchObject({ code: 'EAWAY' });
        // Settings are still known, so that commands answer.
        expect(one.guilds.settings(guild).settings.support.mode).toBe('on');

        await other.members.turnOff(guild, cleo);
        await other.guilds.save(elsewhere, 0, on);
        near.wire.mend();
        await until(() => one.members.hasNotes(guild, ben)).toBe(true);
        expect(one.members.hasNotes(guild, cleo)).toBe(false);
        expect(one.guilds.settings(elsewhere).revision).toBe(1);
        expect(await one.claim(reply())).toBeDefined();
        expect(taken).toEqual([]);
      },
    );

    it('what a member took back meanwhile is done at once, and is not undone by what the database still says', async () => {
      const url = await make();
      const near = await wired(url);
      const one = await start(near.url, 0);
      await isOn(one);
      near.wire.cut();
      await expect(one.members.turnOff(guild, ben)).rejects.toThrow();
      expect(await ask(url, 'select notes from members')).toEqual([{ notes: 1 }]);
      near.wire.mend();
      await until(() => ask(url, 'select notes from members')).toEqual([]);
      expect(one.members.hasNotes(guild, ben)).toBe(false);
      await one.members.turnOn(guild, ben);
      await until(() => one.members.hasNotes(guild, ben)).toBe(true);
    });

    it('who has themself forgotten meanwhile is forgotten in servers, too, that are new since', async () => {
      const url = await make();
      const near = await wired(url);
      const [one, other] = [await start(near.url, 0), await start(url, 1)];
      near.wire.cut();
      await isOn(other);
      await expect(one.person.forget(ben)).rejects.toThrow();
      near.wire.mend();
      await until(() => one.guilds.settings(guild).revision).toBe(1);
      expect(await ask(url, 'select from members')).toEqual([]);
      await until(() => other.members.hasNotes(guild, ben)).toBe(false);
    });

    it('it is ended in the middle of everything and started again', async () => {
      const own = await openCluster();
      try {
        const url = await own.make();
        const [one, other] = [await start(url, 0), await start(url, 1)];
        const stores = [one, other];
        await isOn(one);
        const saves = Promise.allSettled(
          Array.from({ length: 20 }, (_, at) => stores[at % 2]?.members.leavePostsOut(guild, `${at}`, true)),
        );
        await own.kill();
        await until(() => stores.some((store) => store.members.hasNotes(guild, ben))).toBe(false);
        await expect(one.guilds.save(elsewhere, 0, on)).rejects.toThrow();
        await saves;
        await own.start();
        await until(() => stores.every((store) => store.members.hasNotes(guild, ben))).toBe(true);
        await other.members.turnOff(guild, ben);
        await until(() => one.members.hasNotes(guild, ben)).toBe(false);
        expect(taken).toEqual([]);
      } finally {
        for (const store of open.splice(0)) await store.close();
        own.remove();
      }
    });
  });

  describe('a seat', () => {
    it.each([
      [
        'the same shard',
        { shards: [1, 0], total: 4 },
        'runs shard 0. Each shard belongs into the SHARDS of one process only',
      ],
      ['another number of shards', { shards: [1], total: 8 }, 'divide servers into 4 shards. Stop all of them'],
      [
        'all shards',
        undefined,
        'is in use by another Attune. Stop all of its processes first; to run one more beside them, give each its SHARDS',
      ],
    ])('%s as somebody else: refused, with what to do', async (_, seat, why) => {
      const url = await make();
      await start(url, 0);
      await expect(start(url, 0, { seat, timings: { ...timings, patience: 50 } })).rejects.toThrow(why);
      // What was tried for keeps nobody else out.
      await start(url, 1);
    });

    it('all shards in one process: nobody else has a place', async () => {
      const url = await make();
      await start(url, 0, { seat: undefined });
      await expect(start(url, 0, { timings: { ...timings, patience: 50 } })).rejects.toThrow(
        'is in use by another Attune',
      );
    });

    it('a database that is not in UTF-8 is refused: it could not keep every text', async () => {
      const url = await make();
      const narrow = url.replace(/[^/]+$/, 'narrow');
      await ask(url, "create database narrow encoding 'LATIN1' locale 'C' template template0");
      await expect(start(narrow, 0)).rejects.toThrow(/keeps text as LATIN1.*createdb --encoding=UTF8/);
      await ask(url, 'drop database narrow');
    });

    it('another key as somebody else: refused, as wishes under it would not be seen', async () => {
      const url = await make();
      await start(url, 0);
      const other = { key: 'another secret', timings: { ...timings, patience: 50 } };
      await expect(start(url, 1, other)).rejects.toThrow('with another MEMBER_KEY. All need the same one');
      await start(url, 1);
    });

    it('whoever is about to end has a moment; after the last one, the number of shards may change', async () => {
      const url = await make();
      const one = await start(url, 0);
      const next = start(url, 0, { seat: { shards: [0], total: 8 } });
      await pause(100);
      await one.close();
      await next;
    });

    it('many start at once, and each has its own', async () => {
      const url = await make();
      const stores = await Promise.all([0, 1, 2, 3].map((shard) => start(url, shard)));
      expect(stores).toHaveLength(4);
      expect(await ask(url, 'select count(*)::int as n from kysely_migration')).toEqual([
        { n: expect.toSatisfy((n: number) => n > 10) },
      ]);
    });

    it('who is not let in again says why, once and without the password, and comes back when it may', async () => {
      const url = await make();
      await ask(url, 'create role let_in superuser login');
      const warnings: Warning[] = [];
      await start(url.replace('attune@', 'let_in:a-secret@'), 0, { onWarning: (one) => warnings.push(one) });
      await ask(
        url,
        "alter role let_in nologin; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'let_in'",
      );
      await until(() => warnings.length).toBe(2);
      await pause(timings.again * 5);
      expect(warnings).toEqual([
        { warning: 'database away' },
        { warning: 'database still away', why: expect.stringContaining('does not take this user or password') },
      ]);
      expect(JSON.stringify(warnings)).not.toContain('a-secret');
      await ask(url, 'alter role let_in login');
      await until(() => warnings.at(-1)).toEqual({ warning: 'database back' });
    });

    it('who comes back and finds it taken is told, and contacts nobody', async () => {
      const url = await make();
      const near = await wired(url);
      const one = await start(near.url, 0);
      await isOn(one);
      near.wire.cut();
      await until(() => one.members.hasNotes(guild, ben)).toBe(false);
      await start(url, 0);
      near.wire.mend();
      await until(() => taken).toEqual([expect.stringContaining('is in use by another process that runs shard 0')]);
      expect(one.members.hasNotes(guild, ben)).toBe(false);
      expect(await one.claim(reply())).toBeUndefined();
    });

    it('a newer Attune does not change the tables under those that run', async () => {
      const url = await make();
      const one = await start(url, 0);
      await ask(url, "delete from kysely_migration where name = '0018-processes'");
      const wait = { timings: { ...timings, patience: 50 } };
      await expect(start(url, 1, wait)).rejects.toThrow('made by an older Attune that is still running. Stop all');
      await one.close();
    });
  });

  describe('the sweep', () => {
    it('is done by one for all; when that one goes, by another', async () => {
      const url = await make();
      const [one, other] = [await start(url, 0), await start(url, 1)];
      await isOn(one);
      const claims = () => ask(url, 'select count(*)::int as n from claims');
      const late = noon + keeps.claims + 60 * MINUTE;
      await one.sweep(noon);
      expect(await one.claim(reply())).toBeDefined();
      await other.sweep(late);
      expect(await claims()).toEqual([{ n: 1 }]);
      await one.close();
      await until(async () => {
        await other.sweep(late);
        return claims();
      }).toEqual([{ n: 0 }]);
    });

    it('each writes down whose row was of use, and what it read', async () => {
      const url = await make();
      const [one, other] = [await start(url, 0), await start(url, 1)];
      await isOn(one);
      await one.sweep(noon);
      await until(() => other.members.hasNotes(guild, ben)).toBe(true);
      other.days.read(guild, '2025-05-14');
      one.days.read(guild, '2025-05-14');
      const nextMonth = noon + 31 * 24 * 60 * MINUTE;
      await other.sweep(nextMonth);
      await one.sweep(noon);
      expect(await ask(url, 'select used from members')).toEqual([{ used: toText(nextMonth).slice(0, 7) }]);
      expect(await one.days.since(guild, '2025-05-14')).toMatchObject([{ replies: 2 }]);
    });
  });

  describe('the queue at the door', () => {
    const never = new AbortController().signal;
    it('lets one of each bucket in at a time, whichever process it is in', async () => {
      const url = await make();
      const [one, other] = [await start(url, 0), await start(url, 1)];
      await one.waitToLogin(0, never);
      await other.waitToLogin(1, never);
      const waiting = new AbortController();
      const third = other.waitToLogin(0, waiting.signal);
      await until(() => ask(url, 'select count(*)::int as n from logins')).toEqual([{ n: 2 }]);
      expect(await Promise.race([third.then(() => 'in'), pause(200).then(() => 'waits')])).toBe('waits');
      // Its turn comes by the clock of the database.
      await ask(url, 'update logins set next = clock_timestamp() where bucket = 0');
      waiting.abort();
      await expect(third).rejects.toThrow('aborted');
      await one.waitToLogin(0, never);
    });

    it('a turn that lies too far ahead, by a clock that was set back, keeps nobody out', async () => {
      const url = await make();
      const one = await start(url, 0);
      await one.waitToLogin(0, never);
      await ask(url, "update logins set next = clock_timestamp() + interval '1 hour'");
      await one.waitToLogin(0, never);
    });

    it('of twenty that come at once, one is let in', async () => {
      const url = await make();
      await start(url, 0);
      const db = new Kysely<{ logins: { bucket: number } }>({ dialect: patientDialect({ url, process: 'door' }) });
      const wait = loginQueue(db);
      const waiting = new AbortController();
      let inside = 0;
      const all = Array.from({ length: 20 }, () =>
        wait(0, waiting.signal).then(
          () => {
            inside += 1;
          },
          () => undefined,
        ),
      );
      await until(() => inside).toBe(1);
      await pause(100);
      expect(inside).toBe(1);
      waiting.abort();
      await Promise.all(all);
      await db.destroy();
    });
  });

  describe('what a host is told', () => {
    const refused = async (url: string) => {
      const { promise, resolve } = Promise.withResolvers<Error>();
      openPostgres({ url, key, seat: undefined, onTaken: () => undefined }).then(() => undefined, resolve);
      return promise;
    };
    const words: [string, Partial<URL>, RegExp][] = [
      ['no such database', { pathname: '/nothing' }, /database nothing at .* does not exist. Make it/],
      ['no such user', { username: 'nobody' }, /does not take this user or password/],
      ['nobody listens', { port: '1' }, /does not answer. Is it running/],
      ['no such machine', { hostname: 'no-such-machine.invalid' }, /no machine has this name|does not answer/],
    ];
    it.each(words)('%s', async (_, change, says) => {
      const url = new URL(await make());
      url.password = 'a secret word';
      Object.assign(url, change);
      const error = await refused(url.href);
      expect(error.message).toMatch(says);
      expect(error.message).not.toMatch(/secret|word@/);
    });

    it('a database of another program is left alone', async () => {
      const url = await make();
      await ask(url, 'create table theirs (id int)');
      expect((await refused(url)).message).toContain('belongs to another program');
      expect(await ask(url, "select tablename from pg_tables where schemaname = 'public'")).toEqual([
        { tablename: 'theirs' },
      ]);
    });

    it('a connection that ended between two questions is silence as well', () => {
      const ended = new Error('Client has encountered a connection error and is not queryable');
      expect(explainServer(ended, 'postgres://a:b@c/d')).toMatchObject({
        message: expect.stringContaining('does not answer'),
      });
    });

    it('what is no fault of the server stays what it is', () => {
      const fault = new TypeError('a bug');
      expect(explainServer(fault, 'postgres://a:b@c/d')).toBe(fault);
      expect(named('postgres://a:b@c/d')).toBe('The PostgreSQL database d at c:5432');
    });
  });

  it('an answer that did not come is not taken for that to another question', async () => {
    const near = await wired(await make());
    const db = new Kysely<object>({ dialect: quickDialect({ url: near.url, process: 'test' }) });
    const one = () => sql<{ n: number }>`select 1 as n`.execute(db);
    await one();
    near.wire.silence();
    await expect(one()).rejects.toThrow();
    near.wire.mend();
    expect((await sql<{ n: number }>`select 2 as n`.execute(db)).rows).toEqual([{ n: 2 }]);
    await db.destroy();
    const patient = new Kysely<object>({ dialect: patientDialect({ url: near.url, process: 'test' }) });
    await sql`select pg_sleep(2)`.execute(patient);
    await patient.destroy();
  });
});
