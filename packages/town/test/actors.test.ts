import { PermissionFlagsBits as Bits, ApplicationCommandPermissionType as Kind } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buttonNamed, selectNamed } from '#actors/find';
import { fillModal } from '#actors/modal';
import { optionsNamed, type Resolver } from '#actors/resolve';
import { createInbox, waitFor } from '#actors/waiting';
import type { Json } from '#checks/read';
import { openTown, type Town } from '#town';
import { ask } from './client.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

describe('the picker', () => {
  const set = (...commands: object[]) => ask(town, 'PUT', `/applications/${town.bot.id}/commands`, commands);
  const hi = (more: object = {}) => ({ name: 'hi', description: 'Says hi', ...more });
  const shown = (who: string, place?: string) => town.person(who).commands(place);
  const rule = (rules: { id: string; type: Kind; permission: boolean }[], id?: string) => {
    const command = [...town.world.commands.values()][0];
    town.guild.commandPermissions.set(id ?? command?.id ?? '', rules);
  };

  test('"0" is for administrators alone', async () => {
    await set(hi({ default_member_permissions: '0' }));
    expect(shown('mo')).toEqual([]);
    expect(shown('ida')).toEqual(['/hi']);
  });

  test('a channel can be closed to a command, or all but one', async () => {
    await set(hi());
    rule([{ id: town.channel('#support').id, type: Kind.Channel, permission: false }]);
    expect(shown('ben', '#support')).toEqual([]);
    expect(shown('ben', '#general')).toEqual(['/hi']);
    rule([
      { id: (BigInt(town.guild.id) - 1n).toString(), type: Kind.Channel, permission: false },
      { id: town.channel('#support').id, type: Kind.Channel, permission: true },
    ]);
    expect(shown('ben', '#support')).toEqual(['/hi']);
    expect(shown('ben', '#general')).toEqual([]);
  });

  test('a rule for the whole application counts where the command has none', async () => {
    await set(hi());
    rule([{ id: town.guild.id, type: Kind.Role, permission: false }], town.bot.id);
    expect(shown('ben')).toEqual([]);
    rule([{ id: town.person('ben').id, type: Kind.User, permission: true }]);
    expect(shown('ben')).toEqual(['/hi']);
  });

  test('nothing without Use Application Commands, nor where the bot is not', async () => {
    await set(hi());
    const guild = town.addGuild({ name: 'Elsewhere', people: ['Ben'], bot: false });
    expect(shown('ben', 'Elsewhere#general')).toEqual([]);
    town.botJoins(guild);
    expect(shown('ben', 'Elsewhere#general')).toEqual(['/hi']);
    town.setRolePermissions(town.guild, 'everyone', Bits.ViewChannel);
    expect(shown('ben', '#general')).toEqual([]);
  });

  test('contexts: a guild, a conversation with the bot', async () => {
    await set(hi({ contexts: [0] }), { name: 'dm', description: 'x', contexts: [1] });
    expect(shown('ben')).toEqual(['/hi']);
    expect(shown('ben', 'dm')).toEqual(['/dm']);
  });
});

describe('waiting', () => {
  test('an inbox gives the oldest first, and waits when it is empty', async () => {
    const inbox = createInbox<number>();
    inbox.put(1);
    inbox.put(2);
    expect([await inbox.take('one'), await inbox.take('two')]).toEqual([1, 2]);
    const third = inbox.take('three');
    inbox.put(3);
    expect(await third).toBe(3);
    await expect(inbox.take('a fourth', 10)).rejects.toThrow('Waited 10 ms for a fourth.');
    inbox.put(4);
    expect(await inbox.take('the fourth')).toBe(4);
  });

  test('what comes at once is not missed, and listening ends', async () => {
    let stopped = 0;
    const stop = () => {
      stopped += 1;
    };
    const come = waitFor<string>('it', (done) => {
      done('here');
      return stop;
    });
    expect(await come).toBe('here');
    expect(stopped).toBe(1);
    await expect(waitFor('nothing', () => stop, 5)).rejects.toThrow();
    expect(stopped).toBe(2);
  });
});

test('a person reads only what is theirs to read', async () => {
  const { ana, ben, mo } = { ana: town.person('ana'), ben: town.person('ben'), mo: town.person('mo') };
  town.addChannel(town.guild, { name: 'moderators', onlyFor: [mo.id] });
  const secret = await mo.says('#moderators', 'x');
  expect(mo.sees(secret)?.content).toBe('x');
  expect(ben.sees(secret)).toBeUndefined();
  const quiet = await ana.says('dm', 'to the bot');
  expect(ben.sees(quiet)).toBeUndefined();
  expect(ana.dms).toHaveLength(1);
});

describe('what is pressed, chosen or filled in is meant by', () => {
  const button = (custom_id: string, label?: string) => ({ type: 2, style: 2, custom_id, ...(label && { label }) });
  const buttons = (...some: object[]) => [{ type: 17, components: [{ type: 1, components: some }] }];
  const modes = buttons(
    button('setup:mode:off:7', 'Off'),
    button('setup:mode:on:7', 'On'),
    button('setup:mode:only:7', 'On'),
    { type: 2, style: 1, custom_id: 'wave', emoji: { name: '👋' } },
    { type: 2, style: 5, url: 'https://example.org', label: 'Read' },
  );

  test.each([
    ['its whole id', 'setup:mode:on:7', 'setup:mode:on:7'],
    ['the beginning of its id', 'setup:mode:on', 'setup:mode:on:7'],
    ['what is written on it', 'Off', 'setup:mode:off:7'],
    ['its emoji', '👋', 'wave'],
  ])('%s', (_, name, id) => expect(buttonNamed(modes, name).custom_id).toBe(id));

  test('its whole id before what is written on another, and before a longer id', () => {
    const crossed = buttons(button('a:1', 'b'), button('b', 'a'), button('a', 'c'));
    expect(buttonNamed(crossed, 'a').label).toBe('c');
    expect(buttonNamed(crossed, 'b').label).toBe('a');
  });

  test.each([
    [
      'setup:mode',
      '"setup:mode" may be any of these: Off (setup:mode:off:7), On (setup:mode:on:7), On (setup:mode:only:7).',
    ],
    ['On', '"On" may be any of these: On (setup:mode:on:7), On (setup:mode:only:7).'],
    ['setup:mode:o', 'There is no button "setup:mode:o"; there is: Off (setup:mode:off:7), On (setup:mode:on:7), '],
    ['', '👋 (wave), Read.'],
  ])('nothing else: %j', (name, said) => expect(() => buttonNamed(modes, name)).toThrow(said));

  test('nothing where there is nothing', () =>
    expect(() => buttonNamed([], 'on')).toThrow('There is no button "on"; there is: none.'));

  test('its id, its beginning, or its placeholder: a select; its value or label: a choice', () => {
    const options = [
      { label: '2', value: '1' },
      { label: '1', value: '2' },
      { label: 'Three', value: '3' },
      { label: 'Three', value: 'three' },
    ];
    const select: Json = { type: 3, custom_id: 'pick:one:5', placeholder: 'Choose', options };
    const bare = { type: 5, custom_id: 'who' };
    for (const name of ['pick:one:5', 'pick:one', 'pick', 'Choose'])
      expect(selectNamed(buttons(select, bare), name)).toBe(select);
    expect(() => selectNamed(buttons(select, bare), 'people')).toThrow('there is: Choose (pick:one:5), who.');
    expect(optionsNamed(select, ['1', '2', '3'])).toEqual(['1', '2', '3']);
    expect(() => optionsNamed(select, ['Three'])).toThrow('may be any of these: Three (3), Three (three).');
    expect(() => optionsNamed(select, ['4'])).toThrow('"4" is not to be chosen here; there is: 2 (1), 1 (2), ');
  });

  test('its id, its beginning, or what is written on it: a field', () => {
    const field = (custom_id: string, label: string) => ({ type: 18, label, component: { type: 4, custom_id } });
    const modal = { components: [field('post:title:9', 'Title'), field('post:text:9', 'Words')] };
    const filled = (fields: Record<string, string>) =>
      fillModal(modal, fields, {} as Resolver).map(({ component }) => (component as Json).value);
    expect(filled({ 'post:title': 'a', Words: 'b' })).toEqual(['a', 'b']);
    expect(filled({ Title: 'a', 'post:text:9': 'b' })).toEqual(['a', 'b']);
    expect(() => filled({ post: 'a' })).toThrow('may be any of these: Title (post:title:9), Words (post:text:9).');
    expect(() => filled({ Title: 'a', 'post:title': 'b' })).toThrow('"post:title" is filled in already');
    expect(() => filled({ Author: 'a' })).toThrow('The form has no field "Author"; there is: Title (post:title:9), ');
  });
});

test('somebody presses by the beginning of an id, and the whole id is sent', async () => {
  const components = [{ type: 1, components: [{ type: 2, style: 2, label: 'Ja', custom_id: 'answer:yes:42' }] }];
  const { id } = town.channel('#general');
  const { body } = await ask(town, 'POST', `/channels/${id}/messages`, { content: 'well?', components });
  const ben = town.person('ben');
  await expect(ben.presses(body, 'answer:no')).rejects.toThrow('there is: Ja (answer:yes:42).');
  const pressed = town.until('the press', ({ t }) => t === 'INTERACTION_CREATE');
  const unanswered = ben.presses(body, 'answer:yes', { within: 50 });
  await expect(unanswered).rejects.toThrow('an answer to the button "answer:yes"');
  expect((await pressed).d).toMatchObject({ data: { custom_id: 'answer:yes:42' } });
});
