import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { actionsOf, deny, labelsOf, partsOf, plant } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData } from '../town.ts';

const prompts = loadContent(shippedData).prompts();
const say = sentences('commands/reflect.yaml');
const crisis = sentences('commands/crisis.yaml');
const nameOf = (id: string) => prompts.get(id)?.name ?? '-';
const listeningTo = (id: string) => say('heading', { feeling: nameOf(id) });
const saying = (message: Parameters<typeof partsOf>[0]) =>
  partsOf(message).find(({ content }) => content?.startsWith(`**${say('say')}**`))?.content;
const familyOf = (id: string) => prompts.get(id)?.family ?? '-';
/** A choice of autocomplete: the family first, then the feeling. */
const choiceOf = (id: string) => ({
  name: say('choice', { family: say(`families.${familyOf(id)}`), feeling: nameOf(id) }),
  value: id,
});
const sharedByBen = ({ ben }: AttuneTown) => say('sharedBy', { who: `<@${ben.id}>` });

describe('/reflect', () => {
  it('offers feelings as they are typed, and opens the one that was chosen, for the asker alone', async () => {
    await using town = await openTown();
    const choices = await town.ben.completes('/reflect', { feeling: 'lone' });
    expect(choices[0]).toEqual(choiceOf('loneliness'));
    const panel = await town.ben.runs('/reflect', { feeling: 'loneliness' });
    expect(panel).toShow(listeningTo('loneliness'));
    expect(panel).toMatchObject({ ephemeral: true });
    expect(actionsOf(panel)).toEqual(['reflect:another', 'reflect:share']);
    expect(labelsOf(panel)).toEqual([say('another'), say('share')]);
    if ('id' in panel) expect(town.cleo.sees(panel)).toBeUndefined();
  });

  it('offers everything while nothing is typed, and nothing for nonsense', async () => {
    await using town = await openTown();
    expect((await town.ben.completes('/reflect', { feeling: '' })).length).toBe(Math.min(25, prompts.size));
    expect(await town.ben.completes('/reflect', { feeling: 'qzxv' })).toEqual([]);
  });

  it('needs no feeling', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect');
    expect(panel).toShow(say('headingAny'));
    expect(panel).not.toShow(say('notFound'));
  });

  it('Another shows every prompt once before one comes again, also after a restart', async () => {
    await using town = await openTown();
    let panel = await town.ben.runs('/reflect', { feeling: 'grief' });
    const seen = [saying(panel)];
    const all = prompts.get('grief')?.prompts.length ?? 0;
    for (let turn = 1; turn < all; turn++) {
      if (turn === 2) await town.restart();
      panel = await town.ben.presses(panel, 'reflect:another');
      seen.push(saying(panel));
    }
    expect(new Set(seen).size).toBe(all);
    expect(saying(await town.ben.presses(panel, 'reflect:another'))).toBe(seen[0]);
  });

  it('Share here shows the words to all with the name of who shared them, and pings nobody', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: '#support' });
    await town.restart();
    await town.ben.presses(panel, 'reflect:share');
    const shared = await town.cleo.nextFromBot();
    expect(shared).toMatchObject({ ephemeral: false, mentions: [], mention_everyone: false, mention_roles: [] });
    expect(shared).toShow(sharedByBen(town));
    expect(saying(shared)).toBe(saying(panel));
    expect(shared).not.toShow(say('notice'));
    expect(actionsOf(shared)).toEqual([]);
  });

  it.each([
    ['a channel', Bits.SendMessages],
    ['a thread', Bits.SendMessagesInThreads],
  ])('refuses to share in %s where the presser may not write', async (where, permission) => {
    await using town = await openTown();
    const post = await town.ana.says('#support', 'hello');
    const place = where === 'a thread' ? await town.ana.startsThread(post, 'here') : town.town.channel('#support');
    const panel = await town.ben.runs('/reflect', {}, { in: place });
    deny(town.town, town.town.channel('#support'), permission);
    const answer = await town.ben.presses(panel, 'reflect:share');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('cannotShare'));
    expect(answer).not.toShow(sharedByBen(town));
  });

  it('refuses to share in a private thread that the bot does not see, too', async () => {
    await using town = await openTown();
    const thread = await town.ana.startsPrivateThread('#support', 'us', ['Ben']);
    const panel = await town.ben.runs('/reflect', {}, { in: thread });
    deny(town.town, town.town.channel('#support'), Bits.SendMessagesInThreads);
    expect(await town.ben.presses(panel, 'reflect:share')).toShow(say('cannotShare'));
  });

  it.each(['Elsewhere#lobby', '@ana'])('comes along as a personal app: %s', async (place) => {
    await using town = await openTown();
    town.town.addGuild({ name: 'Elsewhere', channels: ['lobby'], people: ['Ben', 'Ana'], bot: false });
    town.ben.addsApp();
    expect(await town.ben.completes('/reflect', { feeling: 'gri' }, { in: place })).toContainEqual(choiceOf('grief'));
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: place });
    expect(panel).toMatchObject({ ephemeral: true });
    expect(saying(await town.ben.presses(panel, 'reflect:another'))).not.toBe(saying(panel));
  });

  it('works in direct messages with the bot', async () => {
    await using town = await openTown();
    expect(await town.ben.completes('/reflect', { feeling: 'gri' }, { in: 'dm' })).toContainEqual(choiceOf('grief'));
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: 'dm' });
    const next = await town.ben.presses(panel, 'reflect:another');
    expect(saying(next)).not.toBe(saying(panel));
    expect(await town.ben.presses(next, 'reflect:share')).toShow(sharedByBen(town));
  });
});

describe('danger', () => {
  it.each([
    ['so tired i want to die', 'hopelessness'],
    ['i cut myself again', 'self-harm'],
    ['my friend wants to kill herself', 'worry-for-someone'],
    ['he hits me and im so ashamed', 'unsafe'],
    ['i might hurt my baby', 'afraid-of-harming'],
  ])('%j opens the prompts that ask plainly, and nothing of it can be shared', async (typed, id) => {
    await using town = await openTown();
    expect(await town.ben.completes('/reflect', { feeling: typed })).toEqual([choiceOf(id)]);
    const panel = await town.ben.runs('/reflect', { feeling: typed }, { in: '#support' });
    expect(panel).toShow(listeningTo(id));
    expect(panel).not.toShow(say('notFound'));
    const plain = prompts.get(id)?.prompts.filter(({ first }) => first) ?? [];
    expect(plain.filter((one) => saying(panel)?.endsWith(`> ${one.say}`))).toHaveLength(1);
    expect(actionsOf(panel)).toEqual(['crisis:open', 'reflect:another']);
    expect(await town.ben.presses(panel, 'crisis:open')).toShow(crisis('heading'));
    if ('id' in panel) expect(town.cleo.sees(panel)).toBeUndefined();
  });

  it('a button that still offers to share such a prompt shares nothing', async () => {
    await using town = await openTown();
    const [old] = [await plant(town.town, town.town.channel('#support'), ['reflect:share:hopelessness:0:0'])];
    const answer = await town.ben.presses(old, 'reflect:share');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).not.toShow(say('say'));
  });

  it('what is shared of a feeling does not name the feeling', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: '#support' });
    expect(await town.ben.presses(panel, 'reflect:share')).not.toShow(listeningTo('grief'));
  });
});

describe('what is typed', () => {
  let town: AttuneTown;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town[Symbol.asyncDispose]());

  it.each([
    ['nobody texts me', 'loneliness'],
    ['my heart is racing, panic attack', 'panic'],
    ['LONELY!!', 'loneliness'],
  ])('understands %j', async (feeling, id) => {
    const panel = await town.ben.runs('/reflect', { feeling });
    expect(panel).toShow(listeningTo(id));
    expect(panel).not.toShow(say('notFound'));
  });

  it.each(['qzxv', '🌊', '   ?   ', '@everyone'])('says gently that it has nothing for %j', async (feeling) => {
    const panel = await town.ben.runs('/reflect', { feeling });
    expect(panel).toShow(say('notFound'));
    expect(panel).toShow(say('headingAny'));
    expect(panel).not.toShow('qzxv');
  });
});
