import type { Town } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { sentences } from '../sentences.ts';
import { type AttuneTown, onPostgres, openTown } from '../town.ts';

type Trouble = Parameters<Town['faults']['next']>[1];

/** Logging in, staying connected, and what becomes of a server that the bot leaves. */

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const heading = sentences('commands/nudges.yaml')('heading', { guild: 'Harbour' });
const cannotRead = sentences('commands/setup/checks.yaml')('found.cannotRead.title');
const ready = (more: Parameters<typeof openTown>[0] = {}) =>
  openTown({ support: '#support', nudged: ['ben'], ...more });

async function fixes(town: AttuneTown) {
  await town.store.members.setPace(town.town.guild.id, town.ben.id, 'every');
  const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
  return { ...(await town.decisionOn(reply)), reply };
}
/** Resolves when the bot's session has begun anew or gone on. */
const back = (town: AttuneTown, how: 'identified' | 'resumed', times = 1) =>
  new Promise<void>((resolve) => {
    let left = times;
    const stop = town.town.gateway.watch((what) => {
      if (what !== how || --left > 0) return;
      stop();
      resolve();
    });
  });

// Of one process and its connection to Discord, wherever it keeps what it knows.
describe.concurrent('without the Message Content intent', { skip: onPostgres }, () => {
  it('everything works but notes, and the panels say so', async () => {
    await using town = await openTown({
      before: (bare) => {
        bare.grants.messageContent = false;
      },
    });
    expect(await town.mo.runs('/setup')).toShow(cannotRead);
    expect(await town.ben.runs('/reflect', { feeling: 'grief' })).toHaveProperty('ephemeral', true);
    // The application's flags told it: nobody was refused.
    expect(town.town.gateway.greeted.identifies).toBe(1);
    expect(town.ends).toEqual([]);
  });

  it.each<[string, Trouble]>([
    ['refuses them', { status: 500, times: 9 }],
    ['hangs', { hang: true, times: 9 }],
  ])('also when Discord does not tell the flags and %s', async (_, trouble) => {
    await using town = await openTown({
      before: (bare) => {
        bare.grants.messageContent = false;
        void bare.faults.next('GET /applications/@me', trouble);
      },
    });
    expect(await town.mo.runs('/setup')).toShow(cannotRead);
    expect(town.town.gateway.greeted.identifies).toBe(2);
    expect(town.ends).toEqual([]);
  });

  it('is not what happens with it, when Discord does not tell the flags', async () => {
    await using town = await ready({
      before: ({ faults }) => void faults.next('GET /applications/@me', { status: 500, times: 9 }),
    });
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
    expect(town.town.gateway.greeted.identifies).toBe(1);
  });

  it.each([1, 2])('also when it is taken away later, with %d shards', async (shards) => {
    await using town = await ready({ shards, maxConcurrency: shards });
    town.town.grants.messageContent = false;
    const again = back(town, 'identified', shards);
    town.town.gateway.drop({ resumable: false, code: 4014 });
    await again;
    await town.town.online();
    expect(await town.ben.runs('/reflect', { feeling: 'grief' })).toHaveProperty('ephemeral', true);
    expect(await town.mo.runs('/setup')).toShow(cannotRead);
    // Once with the intent, once without, and not a third time.
    expect(town.town.gateway.greeted.identifies).toBe(2 * shards);
    expect(town.ends).toEqual([]);
  });
});

// The same; a new session also waits for its turn at the door.
describe.concurrent('a connection that breaks', { skip: onPostgres }, () => {
  it('is resumed: what was said meanwhile gets its note, once', async () => {
    await using town = await ready();
    await town.store.members.setPace(town.town.guild.id, town.ben.id, 'every');
    const post = await town.ana.says('#support', sorrow);
    const resumed = back(town, 'resumed');
    town.town.gateway.drop();
    const reply = await town.ben.repliesTo(post, fix);
    await resumed;
    expect(await town.decisionOn(reply)).toMatchObject({ nudge: 'advice' });
    const again = back(town, 'resumed');
    town.town.gateway.drop();
    await again;
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
    expect(town.contacted()).toEqual(['ben', 'ben']);
  });

  it('is resumed: what was said long ago gets none', async () => {
    await using town = await ready();
    const post = await town.ana.says('#support', sorrow);
    const release = town.town.gateway.hold();
    const reply = await town.ben.repliesTo(post, fix, { at: Date.now() - 130_000 });
    release();
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'too old' });
  });

  it.each([
    ['Discord asks for a reconnect', 'resumed', (town: AttuneTown) => town.town.gateway.reconnect()],
    ['the session is invalid', 'identified', (town: AttuneTown) => town.town.gateway.invalidateSession()],
    [
      'the session is invalid but may be resumed',
      'resumed',
      (town: AttuneTown) => town.town.gateway.invalidateSession(true),
    ],
    ['a resume is refused', 'identified', (town: AttuneTown) => town.town.gateway.drop({ resumable: false })],
  ] as const)('when %s', async (_, how, breaks) => {
    await using town = await ready();
    const first = await fixes(town);
    expect(first).toMatchObject({ nudge: 'advice' });
    const again = back(town, how);
    breaks(town);
    await again;
    town.repeats(first.reply);
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
    expect(await town.ben.runs('/nudges')).toShow(heading);
    expect(town.contacted()).toEqual(['ben', 'ben']);
    expect(town.ends).toEqual([]);
  });

  it('for good says what happened', async ({ expect }) => {
    await using town = await ready();
    town.town.gateway.drop({ resumable: false, code: 4004 });
    await expect.poll(() => town.ends).toHaveLength(1);
    expect(town.ends[0]).toMatch(/DISCORD_TOKEN/);
  });
});

describe.concurrent('a server', () => {
  it('that has an outage keeps everything, and notes go on afterwards', async () => {
    await using town = await ready();
    town.town.outage(town.town.guild, true);
    // Far longer than any: an outage is no removal.
    await town.store.sweep(Date.now() + 31 * 24 * 3_600_000);
    town.town.outage(town.town.guild, false);
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
  });

  it('that has an outage at the start delays nobody', async () => {
    await using town = await ready();
    await town.stopBot();
    town.town.outage(town.town.guild, true);
    await town.startBot();
    await town.store.sweep(Date.now() + 31 * 24 * 3_600_000);
    town.town.outage(town.town.guild, false);
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
  });

  it('that removed the bot and invited it again within a month finds its settings', async () => {
    await using town = await ready();
    town.town.botLeaves(town.town.guild);
    town.town.botJoins(town.town.guild);
    await town.store.sweep(Date.now() + 31 * 24 * 3_600_000);
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
  });

  it('that invited it again while it was away finds its settings, however long that was', async () => {
    await using town = await ready();
    const { id } = town.town.guild;
    await town.store.guilds.gone(id, Date.now() - 31 * 24 * 3_600_000);
    await town.restart();
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
  });

  it('that removed the bot is forgotten after thirty days, also when it was away then', async () => {
    await using town = await ready();
    const { id } = town.town.guild;
    await town.stopBot();
    town.town.botLeaves(town.town.guild);
    await town.startBot();
    await town.store.sweep(Date.now() + 29 * 24 * 3_600_000);
    expect(town.store.guilds.settings(id).settings.support.mode).toBe('on');
    await town.store.sweep(Date.now() + 31 * 24 * 3_600_000);
    expect(town.store.guilds.settings(id).settings.support.mode).toBe('off');
    expect(town.store.members.hasNotes(id, town.ben.id)).toBe(false);
  });

  // The same.
  it.skipIf(onPostgres)('that removed the bot while the connection was lost, too', async ({ expect }) => {
    await using town = await ready();
    const { id } = town.town.guild;
    const again = back(town, 'identified');
    const release = town.town.gateway.hold();
    town.town.botLeaves(town.town.guild);
    town.town.gateway.drop({ resumable: false });
    await again;
    release();
    await expect
      .poll(async () => {
        await town.store.sweep(Date.now() + 31 * 24 * 3_600_000);
        return town.store.guilds.settings(id).settings.support.mode;
      })
      .toBe('off');
  });
});

describe.concurrent('two shards', () => {
  it('hear both halves, and direct messages work for each', async () => {
    await using town = await ready({
      shards: 2,
      maxConcurrency: 2,
      before: (bare) =>
        void bare.addGuild({ name: 'Elsewhere', owner: 'Mo', channels: ['help'], people: ['Ana', 'Ben'] }),
    });
    const there = 'Elsewhere#help';
    let panel = await town.mo.runs('/setup', {}, { in: there });
    panel = await town.mo.selects(panel, 'setup:channels', [there], { in: there });
    await town.mo.presses(panel, 'setup:mode:on', { in: there });
    const own = await town.ben.runs('/nudges', {}, { in: there });
    await town.ben.presses(own, 'nudges:on', { in: there });
    await town.ben.nextDm();
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
    await town.ben.nextDm();
    const reply = await town.ben.repliesTo(await town.ana.says(there, sorrow), fix);
    expect(await town.decisionOn(reply)).toMatchObject({ nudge: 'advice' });
    const note = await town.ben.nextDm();
    expect(note).toShow('Elsewhere');
    expect(await town.ben.presses(note, 'note:settings')).toShow('Elsewhere');
    expect(town.town.gateway.sessions.map(({ shard }) => shard[0]).sort()).toEqual([0, 1]);
  });
});
