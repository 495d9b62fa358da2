import type { Exchange } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { actionsOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shown } from '../town.ts';

const say = sentences('commands/thank.yaml');
const letter = sentences('letters.yaml');
const menu = say('name');
const sorrow = 'my mother died and the house is so quiet';
const kind = 'that quiet in the house. i am so sorry';
const DAY = 24 * 60 * 60_000;

type Who = 'ana' | 'ben' | 'cleo' | 'mo';
async function receive(town: AttuneTown, who: Who, to: 'on' | 'off' = 'on') {
  const panel = await town[who].presses(await town[who].runs('/nudges'), 'nudges:more');
  return town[who].presses(panel, `nudges:thanks:${to}`);
}
const ready = async (more: Parameters<typeof openTown>[0] = {}) => {
  const town = await openTown({ support: '#support', ...more });
  await receive(town, 'ben');
  return town;
};
/** Ana has shared something, and this person answered her. */
const answered = async (town: AttuneTown, by: Who = 'ben', place = '#support', text = kind) =>
  town[by].repliesTo(await town.ana.says(place, sorrow), text);
const thanks = (town: AttuneTown, message: { id: string; channel_id: string }, who: Who = 'ana') =>
  town[who].usesMenu(message, menu);
const isGiven = (answer: object) => shown(answer).includes(say('given'));
const counted = async ({ store, town }: AttuneTown) =>
  (await store.counts.since(town.guild.id, '2000-01-01')).map(({ what, kind: of, n }) => `${of} ${what} ${n}`);
/** Thanks go one after the other: when Mo's have come, whatever was to come before them has. */
async function untilTold(town: AttuneTown) {
  await receive(town, 'mo');
  expect(isGiven(await thanks(town, await answered(town, 'mo')))).toBe(true);
  await town.mo.nextDm();
}

describe('"Thank for listening"', () => {
  it('reaches who chose to receive thanks, in private: a fixed line, no name, no number', async () => {
    await using town = await ready();
    const reply = await answered(town);
    const answer = await thanks(town, reply);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('given'));
    expect(answer).toShow(`> ${say('fixed')}`);
    const dm = await town.ben.nextDm();
    const link = `https://discord.com/channels/${town.town.guild.id}/${reply.channel_id}/${reply.id}`;
    expect(dm).toShow(letter('thanks.thanks', { guild: 'Harbour', link }));
    expect(dm).not.toShow(letter('thanks.more'));
    expect(dm).not.toShow(/ana/i);
    expect(actionsOf(dm)).toEqual(['letter:off']);
    expect(dm).toMatchObject({ mentions: [], mention_everyone: false });
    expect(Number(dm.flags) & (1 << 12)).not.toBe(0);
    expect(town.contacted()).toEqual(['ben']);
    expect(await counted(town)).toEqual(['reply thanked 1']);
    expect(town.cleo.reads('#support')).toHaveLength(2);
  });

  it('reaches them also when it could not be counted: it can be given only once', async () => {
    await using town = await ready();
    town.store.counts.add = () => Promise.reject(new Error('away'));
    const answer = await thanks(town, await answered(town));
    expect(answer).toShow(say('given'));
    await town.ben.nextDm();
  });

  it('gives the one who thanks the same answer, whether or not it reaches anybody, and before anything is sent', async () => {
    await using town = await ready();
    const seen: Exchange[] = [];
    town.town.onExchange((exchange) => seen.push(exchange));
    const reached = await thanks(town, await answered(town));
    await town.ben.nextDm();
    const answeredAt = seen.findIndex(({ method, path }) => method === 'PATCH' && path.includes('/webhooks/'));
    const sentAt = seen.findIndex(({ path }) => path.endsWith('/users/@me/channels'));
    expect([answeredAt >= 0, sentAt > answeredAt]).toEqual([true, true]);
    const unwanted = await thanks(town, await answered(town, 'cleo'));
    expect(shown(unwanted)).toBe(shown(reached));
    await untilTold(town);
    expect(town.contacted()).toEqual(['ben', 'mo']);
    expect(await counted(town)).toEqual(['reply thanked 3']);
  });

  it('needs no notes, and comes while notes are off or snoozed', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    await receive(town, 'ben');
    await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:snooze');
    await thanks(town, await answered(town));
    expect(await town.ben.nextDm()).toShow(letter('thanks.heading'));
  });

  it('is off until it is turned on, and notes do not turn it on', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    expect(isGiven(await thanks(town, await answered(town)))).toBe(true);
    await untilTold(town);
    expect(town.contacted()).toEqual(['mo']);
  });

  it('comes once a day; others are mentioned with the next, without a number or a name', async () => {
    await using town = await ready({ sharesClock: true });
    for (let times = 0; times < 3; times++) expect(isGiven(await thanks(town, await answered(town)))).toBe(true);
    await town.ben.nextDm();
    await untilTold(town);
    expect(town.contacted()).toEqual(['ben', 'mo']);
    await town.restart();
    town.town.clock.advance(DAY);
    await thanks(town, await answered(town));
    const dm = await town.ben.nextDm();
    expect(dm).toShow(letter('thanks.more'));
    expect(shown(dm).replace(/https:\S+/g, '')).not.toMatch(/\d/);
    town.town.clock.advance(DAY);
    await thanks(town, await answered(town));
    expect(await town.ben.nextDm()).not.toShow(letter('thanks.more'));
  });

  it('is once for a message, also pressed twice at once, again and again, and after a restart', async () => {
    await using town = await ready();
    const reply = await answered(town);
    const answers = await Promise.all([1, 2, 3].map(() => thanks(town, reply)));
    expect(answers.filter(isGiven)).toHaveLength(1);
    await town.ben.nextDm();
    await town.restart();
    expect(await thanks(town, reply)).toShow(say('before'));
    expect(await counted(town)).toEqual(['reply thanked 1']);
    expect(town.contacted()).toEqual(['ben']);
  });

  it('keeps nobody’s id, and of thanks only a code for a while', async () => {
    await using town = await ready();
    await thanks(town, await answered(town));
    await town.ben.nextDm();
    const kept = await town.store.person.kept(town.ana.id);
    expect(kept).toMatchObject([{ table: 'thanks', guild: town.town.guild.id }]);
    expect(JSON.stringify(kept)).not.toContain(town.ana.id);
    const asked = await town.ana.presses(await town.ana.runs('/privacy'), 'privacy:forget');
    await town.ana.presses(asked, 'privacy:forgetNow');
    expect(await town.store.person.kept(town.ana.id)).toEqual([]);
  });
});

describe('nothing is sent', () => {
  it.each([
    ['own', 'for one’s own message', (town: AttuneTown) => town.ana.says('#support', sorrow)],
    ['nobody', 'for what a webhook wrote', (town: AttuneTown) => town.town.webhookSays('#support', 'River', kind)],
    [
      'notTheirs',
      'for an answer to somebody else',
      async (town: AttuneTown) => town.ben.repliesTo(await town.cleo.says('#support', sorrow), kind),
    ],
    [
      'notTheirs',
      'for an answer to somebody else, in a channel that is not read',
      async (town: AttuneTown) => town.ben.repliesTo(await town.cleo.says('#general', sorrow), kind),
    ],
    ['unclear', 'for a message to nobody', (town: AttuneTown) => town.ben.says('#general', kind)],
    [
      'unclear',
      'where one of two may be meant',
      async (town: AttuneTown) => {
        for (const one of [town.ana, town.cleo]) await one.says('#support', sorrow);
        return town.ben.says('#support', kind);
      },
    ],
    [
      'danger',
      'where it speaks of danger',
      (town: AttuneTown) => answered(town, 'ben', '#support', 'are you thinking of killing yourself? i am here'),
    ],
    [
      'danger',
      'where it speaks of danger, in a channel that is not read',
      (town: AttuneTown) => answered(town, 'ben', '#general', 'are you thinking of killing yourself? i am here'),
    ],
    [
      'danger',
      'where somebody else there may be in danger',
      async (town: AttuneTown) => {
        await town.cleo.says('#support', 'i want to end my life tonight');
        return answered(town);
      },
    ],
    [
      'danger',
      'where she may be in danger herself',
      async (town: AttuneTown) =>
        town.ben.repliesTo(await town.ana.says('#support', 'i want to kill myself tonight'), kind),
    ],
  ] as const)('%s: %s', async (sentence, _, message) => {
    await using town = await ready();
    const pointed = await message(town);
    const answer = await thanks(town, pointed);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say(sentence));
    expect(actionsOf(answer)).toEqual(sentence === 'danger' ? ['crisis:open'] : []);
    expect(await counted(town)).toEqual([]);
    expect(await town.store.person.kept(town.ana.id)).toEqual([]);
    expect(town.contacted()).toEqual([]);
  });

  it('for an answer of the bot', async () => {
    await using town = await ready();
    const line = await town.ana.runs('/need', { want: 'heard' }, { in: '#support' });
    if (!('channel_id' in line)) throw new Error('there is no line');
    expect(await thanks(town, line, 'cleo')).toShow(say('nobody'));
  });

  it('for what is older than a week', async () => {
    await using town = await ready({ sharesClock: true });
    const reply = await answered(town);
    town.town.clock.advance(7 * DAY + 1);
    expect(await thanks(town, reply)).toShow(say('old'));
    expect(await counted(town)).toEqual([]);
  });

  it('when the conversation cannot be seen', async () => {
    await using town = await ready();
    const reply = await town.ben.says('#support', kind);
    void town.town.faults.next('GET /channels/:id/messages', { status: 403, code: 50001 });
    expect(await thanks(town, reply)).toShow(say('unclear'));
    expect(town.contacted()).toEqual([]);
  });

  it('to somebody who turned it off, or was forgotten, while it was on its way', async () => {
    await using town = await ready();
    const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    let opening = town.town.faults.next('POST /users/@me/channels', { delayAnswer: 300 });
    await thanks(town, await answered(town));
    await opening;
    await town.ben.presses(panel, 'nudges:thanks:off');
    await receive(town, 'cleo');
    const asked = await town.cleo.presses(await town.cleo.runs('/privacy'), 'privacy:forget');
    opening = town.town.faults.next('POST /users/@me/channels', { delayAnswer: 300 });
    await thanks(town, await answered(town, 'cleo'));
    await opening;
    await town.cleo.presses(asked, 'privacy:forgetNow');
    await untilTold(town);
    expect(town.contacted()).toEqual(['mo']);
    expect(await town.store.person.kept(town.ben.id)).toEqual([]);
    expect(await town.store.person.kept(town.cleo.id)).toEqual([]);
  });

  it('again to closed direct messages; once they are open and it is turned on anew, it is mentioned', async () => {
    await using town = await ready({ sharesClock: true });
    let tries = 0;
    town.town.onExchange(({ method, path, status }) => {
      if (method === 'POST' && path.endsWith('/messages') && status === 403) tries++;
    });
    town.ben.closesDms();
    for (let times = 0; times < 2; times++) expect(isGiven(await thanks(town, await answered(town)))).toBe(true);
    await untilTold(town);
    expect(tries).toBe(1);
    const nudges = sentences('commands/nudges.yaml');
    const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    expect(panel).toShow(nudges('closedThanks', { again: nudges('again') }));
    town.ben.opensDms();
    expect(await town.ben.presses(panel, 'nudges:thanks:on')).not.toShow(
      nudges('closedThanks', { again: nudges('again') }),
    );
    town.town.clock.advance(DAY);
    await thanks(town, await answered(town));
    expect(await town.ben.nextDm()).toShow(letter('thanks.more'));
  });
});

describe('whom it answers', () => {
  it.each([
    ['a reply, in a channel that is not read', (town: AttuneTown) => answered(town, 'ben', '#general')],
    [
      'a mention, in a channel that is not read',
      (town: AttuneTown) => town.ben.says('#general', `<@${town.ana.id}> ${kind}`),
    ],
    [
      'a reply that pings nobody',
      async (town: AttuneTown) => town.ben.repliesTo(await town.ana.says('#support', sorrow), kind, { ping: false }),
    ],
    [
      'the next message after what she shared',
      async (town: AttuneTown) => {
        await town.ana.says('#support', sorrow);
        return town.ben.says('#support', kind);
      },
    ],
    [
      'an answer in her thread',
      async (town: AttuneTown) =>
        town.ben.says(await town.ana.startsThread(await town.ana.says('#support', sorrow), 'quiet'), kind),
    ],
  ] as const)('%s', async (_, message) => {
    await using town = await ready();
    expect(isGiven(await thanks(town, await message(town)))).toBe(true);
    expect(await town.ben.nextDm()).toShow(letter('thanks.heading'));
  });
});

describe('the letter', () => {
  it('turns them off and on again, after a restart', async () => {
    await using town = await ready();
    await thanks(town, await answered(town));
    const dm = await town.ben.nextDm();
    await town.restart();
    const off = await town.ben.presses(dm, 'letter:off');
    expect(off).toShow(letter('thanks.turnedOff', { guild: 'Harbour' }));
    expect(await town.store.person.kept(town.ben.id)).toEqual([]);
    expect(isGiven(await thanks(town, await answered(town)))).toBe(true);
    expect(await town.ben.presses(off, 'letter:on')).toShow(letter('thanks.turnedOn', { guild: 'Harbour' }));
    await thanks(town, await answered(town));
    await expect.poll(() => town.contacted()).toEqual(['ben', 'ben']);
  });
});

it('is listed by /help, and there in servers only', async () => {
  await using town = await openTown();
  expect(await town.ben.runs('/help')).toShow(`**${menu}**`);
  expect(town.ben.commands('dm')).not.toContain(menu);
});
