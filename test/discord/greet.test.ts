import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '#store/times';
import { actionsOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, onPostgres, openTown } from '../town.ts';

const say = sentences('greeting.yaml');
const help = ({ town }: AttuneTown) => say('can', { help: mention(town, 'help') });
const attune = ({ town }: AttuneTown) => `<@${town.bot.id}>`;
const inChannel = ({ town }: AttuneTown) =>
  say('inChannel', { help: mention(town, 'help'), crisis: mention(town, 'crisis') });

/** Whoever wrote before this has had their answer, or gets none: answers go in the order of what was written. */
async function settled(town: AttuneTown) {
  await town.town.person('ida').says('dm', 'hello');
  await town.town.person('ida').nextDm();
}
/** What the bot has shown there. */
const shownIn = ({ mo, town }: AttuneTown, place: string) =>
  mo.reads(place).filter(({ author }) => author.id === town.bot.id);

describe('a direct message', () => {
  it('is answered once: nobody reads here, what there is, and the way to a person', async () => {
    await using town = await openTown();
    await town.ben.says('dm', 'i cant do this anymore');
    const answer = await town.ben.nextDm();
    for (const part of [say('thanks'), help(town), say('person')]) expect(answer).toShow(part);
    expect(answer).not.toShow('anymore');
    expect(actionsOf(answer)).toEqual(['crisis:open']);
    const crisis = await town.ben.presses(answer, 'crisis:open');
    expect(crisis).toMatchObject({ ephemeral: true });
    expect(crisis).toShow(sentences('commands/crisis.yaml')('heading'));
  });

  it('is answered at most once an hour for each person', async () => {
    await using town = await openTown({ sharesClock: true });
    for (const text of ['hello', 'hello?', 'anybody']) await town.ben.says('dm', text);
    // A mention is heard by the process of its server, which counts for itself (docs/scale.md).
    if (!onPostgres) await town.ben.says('#general', `${attune(town)} hello`);
    await town.cleo.says('dm', 'hello');
    await settled(town);
    expect(town.contacted().sort()).toEqual(['ben', 'cleo', 'ida']);
    town.town.clock.advance(61 * MINUTE);
    await town.ben.says('dm', 'hello');
    await town.ben.nextDm();
    await town.ben.nextDm();
    expect(town.contacted().filter((name) => name === 'ben')).toHaveLength(2);
  });

  it('is answered where the text of messages may not be read, too', async () => {
    await using town = await openTown({
      before: ({ grants }) => {
        grants.messageContent = false;
      },
    });
    await town.ben.says('dm', 'hello');
    expect(await town.ben.nextDm()).toShow(say('thanks'));
  });

  it('is not answered when a bot wrote it', async () => {
    await using town = await openTown();
    const robot = town.town.addPerson('Robot', { bot: true });
    await robot.says('dm', 'beep');
    await settled(town);
    expect(town.contacted()).toEqual(['ida']);
  });
});

describe('a mention in a channel', () => {
  it('is answered in private, and nobody else sees it', async () => {
    await using town = await openTown();
    await town.ben.says('#support', `${attune(town)} i need somebody`);
    const answer = await town.ben.nextDm();
    expect(answer).toShow(say('thanksMention', { guild: 'Harbour' }));
    expect(answer).toShow(say('person'));
    expect(answer.flags ?? 0).toBe((answer.flags ?? 0) | 4096);
    expect(shownIn(town, '#support')).toEqual([]);
  });

  it('of somebody whose direct messages are closed is answered there, in a line that pings nobody', async () => {
    await using town = await openTown();
    town.ben.closesDms();
    const asked = await town.ben.says('#support', `${attune(town)} hello`);
    const line = await town.cleo.nextFromBot();
    expect(line).toShow(inChannel(town));
    expect(line).toMatchObject({ mentions: [], mention_everyone: false, message_reference: { message_id: asked.id } });
    expect(actionsOf(line)).toEqual([]);
  });

  it('stays without an answer where the bot may not write, either', async () => {
    await using town = await openTown();
    town.ben.closesDms();
    const channel = town.town.channel('#support');
    channel.overwrites = [{ id: town.town.bot.id, type: 1, allow: '0', deny: Bits.SendMessages.toString() }];
    const refused = new Promise<number>((resolve) => {
      town.town.onExchange(({ path, status }) => path.endsWith(`/channels/${channel.id}/messages`) && resolve(status));
    });
    await town.ben.says('#support', `${attune(town)} hello`);
    expect(await refused).toBe(403);
    await settled(town);
    expect(shownIn(town, '#support')).toEqual([]);
  });

  it('does not count in an answer to what somebody shared, by a webhook, or of everybody', async () => {
    await using town = await openTown();
    const panel = await town.cleo.runs('/explain', {}, { in: '#general' });
    await town.cleo.presses(panel, 'explain:share');
    const shared = await town.ana.nextFromBot();
    await town.ben.repliesTo(shared, 'thank you for this');
    const mo = await town.mo.says('#general', 'everybody @here, and nobody');
    await town.ana.repliesTo(mo, 'hello');
    await town.town.webhookSays('#general', 'Ben', `${attune(town)} hello`);
    await settled(town);
    expect(town.contacted()).toEqual(['ida']);
  });
});

it('a lost answer is not repeated, and nobody is told of a fault', async () => {
  await using town = await openTown();
  const lost = town.town.faults.next('POST /channels/:id/messages', { status: 500 });
  await town.ben.says('dm', 'hello');
  await lost;
  await settled(town);
  expect(town.contacted()).toEqual(['ida']);
});
