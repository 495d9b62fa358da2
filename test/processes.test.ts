import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTown } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { type Child, startAttune } from './child.ts';
import { freePort } from './free-port.ts';
import { ask, cluster, hasPostgres } from './postgres.ts';
import { benFixes, notes, repeater, setUp } from './scene.ts';
import { openWire } from './wire.ts';

/**
 * Attune as several processes on one PostgreSQL, as a host with many servers runs it. The first has the direct messages,
 * the second the guild of the town.
 */

async function openHost({ maxConcurrency = 2 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'attune-processes-'));
  const town = await openTown({ shards: 2, maxConcurrency });
  const uploads: string[] = [];
  town.onExchange(({ method, path }) => {
    if (method === 'PUT' && path.endsWith('/commands')) uploads.push(path);
  });
  const database = await (await cluster()).make();
  const wire = await openWire(Number(new URL(database).port));
  const children: Child[] = [];
  return {
    town,
    wire,
    database,
    uploads,
    /** With `through`, its way to the database can be cut. */
    start(shards: string, { through, ...env }: Record<string, string> = {}) {
      const child = startAttune(
        {
          ...{ DISCORD_TOKEN: town.token, DISCORD_API_URL: town.api, NUDGE_SETTLE_MS: '50' },
          DATABASE_URL: through ? database.replace(/:\d+\//, `:${wire.port}/`) : database,
          ...{ SHARDS: shards, MEMBER_KEY: 'a key that is only used in these tests', ...env },
        },
        folder,
      );
      children.push(child);
      return child;
    },
    repeats: repeater(town),
    async [Symbol.asyncDispose]() {
      for (const child of children) await child[Symbol.asyncDispose]();
      await town.close();
      await wire.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
type Host = Awaited<ReturnType<typeof openHost>>;

async function started(host: Host, shards: string, env: Record<string, string> = {}) {
  const child = host.start(shards, env);
  await child.prints('Attune is ready');
  return child;
}

const both = async (host: Host) => [await started(host, '0/2'), await started(host, '1/2')] as const;

// Each starts two or more whole processes, which a busy machine takes long for.
describe.skipIf(!hasPostgres)('several processes', { timeout: 90_000 }, () => {
  it('share one life: a note of one, its buttons at the other, commands uploaded once, and no end that is missed', async () => {
    await using host = await openHost();
    const { town } = host;
    const [first, second] = await both(host);
    expect(host.uploads).toHaveLength(1);
    await setUp(town);
    await benFixes(town);
    const note = await town.person('ben').nextDm();
    expect(JSON.stringify(note)).toContain('Harbour');

    // Its buttons are pressed in direct messages: the first process answers them, and knows the server by name.
    const settings = await town.person('ben').presses(note, 'note:settings');
    expect(JSON.stringify(settings)).toContain('Harbour');
    await town.person('ben').presses(settings, 'note:off');
    await expect.poll(() => ask(host.database, 'select * from members')).toEqual([]);
    await benFixes(town);
    await town.person('ben').runs('/help');
    expect(notes(town)).toHaveLength(1);

    for (const child of [first, second]) expect(await child.terminate()).toMatchObject({ code: 0, signal: null });
  });

  it('one that is killed comes back to its place; no reply is nudged twice', async () => {
    await using host = await openHost();
    const { town } = host;
    const [, second] = await both(host);
    await setUp(town);
    const reply = await benFixes(town);
    await town.person('ben').nextDm();
    await second.kill();
    await started(host, '1/2');
    host.repeats(reply);
    await benFixes(town);
    await town.person('ben').nextDm();
    expect(notes(town)).toHaveLength(2);
  });

  it('one whose database is away answers commands and contacts nobody, and goes on by itself', async () => {
    await using host = await openHost();
    const { town, wire } = host;
    await started(host, '0/2');
    const health = await freePort();
    const second = await started(host, '1/2', { through: 'the wire', HEALTH_PORT: `${health}` });
    const metrics = () => fetch(`http://127.0.0.1:${health}/metrics`).then((answer) => answer.text());
    await setUp(town);
    wire.cut();
    await second.prints('the database is away');
    expect(await metrics()).toContain('\nattune_silent 1\n');
    await benFixes(town);
    expect(JSON.stringify(await town.person('ana').runs('/explain'))).toContain('felt');
    expect(notes(town)).toEqual([]);
    wire.mend();
    await second.prints('the database is there again');
    expect(second.err).toBe('');
  });

  it('log in one after the other, where Discord lets one in at a time', async () => {
    await using host = await openHost({ maxConcurrency: 1 });
    const before = performance.now();
    await Promise.all([started(host, '0/2'), started(host, '1/2')]);
    expect(performance.now() - before).toBeGreaterThan(5_000);
  });

  it('divide the servers otherwise after all were stopped, and nothing is lost by it', async () => {
    await using host = await openHost();
    const { town } = host;
    const ben = town.person('ben');
    const alone = await started(host, '0/1');
    await setUp(town);
    const reply = await benFixes(town);
    const note = await ben.nextDm();
    await alone.terminate();

    // The server moves to another process than the one that has the direct messages.
    const two = await both(host);
    host.repeats(reply);
    await benFixes(town);
    await ben.nextDm();
    expect(JSON.stringify(await ben.presses(note, 'note:settings'))).toContain('Harbour');
    for (const child of two) await child.terminate();

    await started(host, '0-2/3');
    host.repeats(reply);
    await benFixes(town);
    await expect.poll(() => notes(town), { timeout: 10_000 }).toHaveLength(3);
    expect(host.uploads).toHaveLength(1);
  });

  it('whose place is taken ends, and says why', async () => {
    await using host = await openHost();
    await started(host, '1/2');
    const late: [Child, string][] = [
      [host.start('1/2'), 'in use by another process that runs shard 1'],
      [host.start('0/4'), 'divide servers into 2 shards'],
      [host.start(''), 'is in use by another Attune'],
      [host.start('0/2', { DATABASE_URL: 'postgres://attune:a-secret@127.0.0.1:1/attune' }), 'does not answer'],
    ];
    for (const [child, why] of late) {
      expect(await child.ended).toMatchObject({ code: 1 });
      expect(child.err).toContain(why);
      expect(child.err).not.toMatch(/a-secret|\n\s+at /);
    }
  });
});
