import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { customIds } from '#panels/custom-ids';
import { menuNamed, messageMenu } from '#panels/unit';
import { mention, sentences } from '../sentences.ts';
import { openTown, shippedData, shown } from '../town.ts';

const say = sentences('commands/help.yaml');
const described = (id: string) => sentences(`commands/${id}.yaml`)('description');

describe('/help', () => {
  it('lists every command that a member may use, to be pressed, each with what it is for', async () => {
    await using town = await openTown();
    const help = await town.ben.runs('/help');
    expect(help).toMatchObject({ ephemeral: true });
    const offered = town.ben.commands().filter((name) => name.startsWith('/'));
    expect(offered.length).toBeGreaterThan(5);
    for (const name of offered.map((one) => one.slice(1)))
      expect(help).toShow(`- ${mention(town.town, name)} ${described(name)}`);
    expect(help).not.toShow(described('setup'));
    expect(help).not.toShow(say('moderators'));
  });

  it('begins with words for listening, and says where to find a person', async () => {
    await using town = await openTown();
    const text = shown(await town.ben.runs('/help'));
    const places = ['reflect', 'explain', 'need', 'draft', 'practice', 'nudges', 'crisis', 'privacy'].map((id) =>
      text.indexOf(described(id)),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const pressed = { crisis: mention(town.town, 'crisis'), privacy: mention(town.town, 'privacy') };
    expect(text).toContain(say('nobody', pressed));
  });

  it('shows moderators what is theirs', async () => {
    await using town = await openTown();
    const help = await town.mo.runs('/help');
    expect(shown(help).indexOf(described('setup'))).toBeGreaterThan(shown(help).indexOf(say('moderators')));
    expect(help).toShow(described('reflect'));
  });

  it('in a direct message names what there is only in servers, and not what moderators have', async () => {
    await using town = await openTown();
    const help = await town.mo.runs('/help', {}, { in: 'dm' });
    expect(help).toShow(described('crisis'));
    expect(help).not.toShow(described('nudges'));
    expect(help).toShow(/\/nudges/);
    expect(help).not.toShow(/setup/);
  });

  it.each(['Elsewhere#lobby', '@ana'])('as a personal app shows what comes along: %s', async (place) => {
    await using town = await openTown();
    town.town.addGuild({ name: 'Elsewhere', channels: ['lobby'], people: ['Ben', 'Ana'], bot: false });
    town.ben.addsApp();
    const help = await town.ben.runs('/help', {}, { in: place });
    expect(help).toMatchObject({ ephemeral: true });
    for (const name of town.ben.commands(place))
      expect(help).toShow(name.startsWith('/') ? mention(town.town, name.slice(1)) : `**${name}**`);
    expect(help).not.toShow(described('nudges'));
  });

  it('ends with which Attune this is', async () => {
    await using town = await openTown();
    expect(
      shown(await town.ben.runs('/help'))
        .trim()
        .split('\n')
        .at(-1),
    ).toContain('Attune 1.2.3');
  });

  it('knows the entries of menus, too, each with what it is for', async () => {
    const look = messageMenu({
      words: z.strictObject({ ...menuNamed }).loose(),
      ids: customIds('nudges', {}),
      contexts: ['server'],
      uses: [],
      run: (menu) => menu.reply('looked'),
      on: {},
    }).load(shippedData);
    const body = { ...look.body, name: 'Look again' };
    await using town = await openTown({ units: [{ ...look, id: 'look', body, owners: [] }] });
    const menus = town.ben.commands().filter((name) => !name.startsWith('/'));
    expect(menus).toContain('Look again');
    const text = shown(await town.ben.runs('/help'));
    expect(text).toContain(say('menu'));
    const places = menus.toSorted().map((name) => text.indexOf(`- **${name}** `));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(text.indexOf(say('menu')));
    for (const id of ['find-words', 'missed', 'landing', 'thank', 'take-back'])
      expect(text).toContain(`**${sentences(`commands/${id}.yaml`)('name')}** ${described(id)}`);
    expect(await town.ben.runs('/help', {}, { in: 'dm' })).not.toShow('Look again');
  });
});
