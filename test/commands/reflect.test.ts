import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { buttonsOf, deny, partsOf } from '../components.ts';
import { openTown, shippedData, shown } from '../town.ts';

const prompts = loadContent(shippedData).prompts();
const saying = (message: Parameters<typeof partsOf>[0]) =>
  partsOf(message).find(({ content }) => content?.startsWith('**You could say**'))?.content;

describe('/reflect', () => {
  it('offers feelings as they are typed, and opens the one that was chosen, for the asker alone', async () => {
    await using town = await openTown();
    const choices = await town.ben.completes('/reflect', { feeling: 'lone' });
    expect(choices[0]).toEqual({ name: 'Loneliness', value: 'loneliness' });
    const panel = await town.ben.runs('/reflect', { feeling: 'loneliness' });
    expect(panel).toShow('Listening to Loneliness');
    expect(panel).toMatchObject({ ephemeral: true });
    expect(buttonsOf(panel)).toEqual(['Another', 'Share here']);
    if ('id' in panel) expect(town.cleo.sees(panel)).toBeUndefined();
  });

  it('offers everything while nothing is typed, and nothing for nonsense', async () => {
    await using town = await openTown();
    expect((await town.ben.completes('/reflect', { feeling: '' })).length).toBe(Math.min(25, prompts.size));
    expect(await town.ben.completes('/reflect', { feeling: 'qzxv' })).toEqual([]);
  });

  it.each([
    ['nobody texts me', 'Listening to Loneliness'],
    ['my heart is racing, panic attack', 'Listening to Panic'],
    ['LONELY!!', 'Listening to Loneliness'],
  ])('understands %j', async (feeling, heading) => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling });
    expect(panel).toShow(heading);
    expect(panel).not.toShow('I have no prompts');
  });

  it.each(['qzxv', '🌊', '   ?   ', '@everyone'])('says gently that it has nothing for %j', async (feeling) => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling });
    expect(panel).toShow('I have no prompts for those words yet');
    expect(panel).toShow('Listening when you are not sure what they feel');
    expect(panel).not.toShow('qzxv');
  });

  it('needs no feeling', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect');
    expect(panel).toShow('Listening when you are not sure what they feel');
    expect(panel).not.toShow('I have no prompts');
  });

  it('Another shows every prompt once before one comes again, also after a restart', async () => {
    await using town = await openTown();
    let panel = await town.ben.runs('/reflect', { feeling: 'grief' });
    const seen = [saying(panel)];
    const all = prompts.get('grief')?.prompts.length ?? 0;
    for (let turn = 1; turn < all; turn++) {
      if (turn === 2) await town.restart();
      panel = await town.ben.presses(panel, 'Another');
      seen.push(saying(panel));
    }
    expect(new Set(seen).size).toBe(all);
    expect(saying(await town.ben.presses(panel, 'Another'))).toBe(seen[0]);
  });

  it('Share here shows the words to all with the name of who shared them, and pings nobody', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: '#support' });
    await town.restart();
    await town.ben.presses(panel, 'Share here');
    const shared = await town.cleo.nextFromBot();
    expect(shared).toMatchObject({ ephemeral: false, mentions: [], mention_everyone: false, mention_roles: [] });
    expect(shared).toShow(`Shared by <@${town.ben.id}> with /reflect`);
    expect(saying(shared)).toBe(saying(panel));
    expect(shared).not.toShow('Listen for');
    expect(buttonsOf(shared)).toEqual([]);
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
    const answer = await town.ben.presses(panel, 'Share here');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow('You cannot write in this channel');
    expect(shown(answer)).not.toContain('Shared by');
  });

  it('refuses to share in a private thread that the bot does not see, too', async () => {
    await using town = await openTown();
    const thread = await town.ana.startsPrivateThread('#support', 'us', ['Ben']);
    const panel = await town.ben.runs('/reflect', {}, { in: thread });
    deny(town.town, town.town.channel('#support'), Bits.SendMessagesInThreads);
    expect(await town.ben.presses(panel, 'Share here')).toShow('You cannot write in this channel');
  });

  it('works in direct messages with the bot', async () => {
    await using town = await openTown();
    expect(await town.ben.completes('/reflect', { feeling: 'gri' }, { in: 'dm' })).toContainEqual({
      name: 'Grief',
      value: 'grief',
    });
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: 'dm' });
    const next = await town.ben.presses(panel, 'Another');
    expect(saying(next)).not.toBe(saying(panel));
    expect(await town.ben.presses(next, 'Share here')).toShow('Shared by');
  });
});
