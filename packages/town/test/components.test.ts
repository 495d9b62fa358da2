import { MessageFlags } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { ask } from './client.ts';
import { ben, bot, button, errors, never, onInteraction, town, useScene } from './scene.ts';

useScene();

describe('components', () => {
  test('a button updates its message, also an ephemeral one', async () => {
    onInteraction((interaction) => {
      if (interaction.isChatInputCommand())
        return interaction.reply({
          content: '0',
          components: [button('More', 'more:1')],
          flags: MessageFlags.Ephemeral,
        });
      if (interaction.isButton())
        return interaction.update({
          content: `${interaction.message.content}+${interaction.customId} ${interaction.message.flags.has('Ephemeral')}`,
          components: [button('More', 'more:2', true)],
        });
    });
    const answer = await ben.runs('/hi');
    const updated = await ben.presses(answer, 'More');
    expect(updated).toMatchObject({ content: '0+more:1 true', ephemeral: true });
    expect(updated).toMatchObject({ id: (answer as { id: string }).id });
    await expect(ben.presses(updated, 'More')).rejects.toThrow('disabled');
    await expect(ben.presses(updated, 'Less')).rejects.toThrow('no button "Less"; there is: More');
    await expect(town.person('ana').presses(answer, 'More')).rejects.toThrow('cannot see');
  });

  test('a deferred update, an edit later, and a new message in answer', async () => {
    onInteraction(async (interaction) => {
      if (interaction.isChatInputCommand())
        return interaction.reply({ content: 'start', components: [button('Slow', 'slow'), button('New', 'new')] });
      if (!interaction.isButton()) return;
      if (interaction.customId === 'new') return interaction.reply({ content: 'new', flags: MessageFlags.Ephemeral });
      await interaction.deferUpdate();
      await interaction.editReply('slowly');
    });
    const answer = await ben.runs('/hi');
    expect(await ben.presses(answer, 'Slow')).toMatchObject({ content: 'slowly', id: (answer as { id: string }).id });
    expect(await ben.presses(answer, 'new')).toMatchObject({ content: 'new', ephemeral: true, type: 19 });
  });

  test('a press that is not answered', async () => {
    onInteraction((interaction) =>
      interaction.isChatInputCommand()
        ? interaction.reply({ content: '0', components: [button('More', 'more')] })
        : never(),
    );
    const answer = await ben.runs('/hi');
    const pressing = ben.presses(answer, 'More');
    town.clock.advance(3_000);
    expect((await pressing).failed).toBe('This interaction failed');
  });

  test('a message in a direct conversation has buttons, too', async () => {
    onInteraction((interaction) =>
      interaction.isButton()
        ? interaction.update({ content: `in guild: ${interaction.inGuild()}`, components: [] })
        : never(),
    );
    const user = await bot.client.users.fetch(ben.id);
    await user.send({ content: 'press', components: [button('Here', 'here')] });
    expect(await ben.presses(await ben.nextDm(), 'Here')).toMatchObject({ content: 'in guild: false', components: [] });
  });

  test('every kind of select, with what was chosen', async () => {
    const got: unknown[] = [];
    const row = (component: object) => ({ type: 1, components: [component] }) as never;
    onInteraction((interaction) => {
      if (interaction.isChatInputCommand())
        return interaction.reply({
          content: 'choose',
          components: [
            row({
              type: 3,
              custom_id: 'text',
              placeholder: 'Texts',
              max_values: 2,
              options: ['a', 'b', 'c'].map((value) => ({ label: value.toUpperCase(), value })),
            }),
            row({ type: 5, custom_id: 'user', placeholder: 'People' }),
            row({ type: 6, custom_id: 'role', placeholder: 'Roles' }),
            row({ type: 7, custom_id: 'any', placeholder: 'Anybody', max_values: 2 }),
            row({ type: 8, custom_id: 'channel', placeholder: 'Channels', channel_types: [0, 4, 15], max_values: 3 }),
          ],
        });
      if (!interaction.isAnySelectMenu()) return;
      got.push(interaction.isStringSelectMenu() ? interaction.values : undefined);
      if (interaction.isUserSelectMenu()) got.push(interaction.users.map((user) => user.username));
      if (interaction.isRoleSelectMenu()) got.push(interaction.roles.map((role) => role.name));
      if (interaction.isMentionableSelectMenu()) got.push([interaction.users.size, interaction.roles.size]);
      if (interaction.isChannelSelectMenu()) got.push(interaction.channels.map((channel) => channel.id));
      return interaction.reply({ content: 'thanks', flags: MessageFlags.Ephemeral });
    });
    const answer = await ben.runs('/hi');
    await ben.selects(answer, 'Texts', ['A', 'c']);
    await ben.selects(answer, 'People', ['ana']);
    await ben.selects(answer, 'role', ['Moderator']);
    await ben.selects(answer, 'Anybody', ['@ana', '@Moderator']);
    await ben.selects(answer, 'Channels', ['#support', '#stories', '#Circles']);
    const ids = ['#support', '#stories', '#Circles'].map((name) => town.channel(name).id);
    expect(got.filter((one) => one !== undefined)).toEqual([['a', 'c'], ['ana'], ['Moderator'], [1, 1], ids]);
    await expect(ben.selects(answer, 'Texts', ['A', 'B', 'C'])).rejects.toThrow('Between 1 and 2');
    await expect(ben.selects(answer, 'Texts', ['D'])).rejects.toThrow('not to be chosen');
  });
});

describe('forms', () => {
  const label = (text: string, component: object) => ({ type: 18, label: text, component });
  const options = ['a', 'b', 'c'].map((value) => ({ label: value.toUpperCase(), value }));
  const pages = [
    [
      label('Text', { type: 4, custom_id: 'text', style: 2, min_length: 3 }),
      label('One', { type: 3, custom_id: 'one', options }),
      label('Radio', { type: 21, custom_id: 'radio', options }),
      label('Boxes', { type: 22, custom_id: 'boxes', options, max_values: 2 }),
      label('Yes', { type: 23, custom_id: 'yes' }),
    ],
    [
      label('People', { type: 5, custom_id: 'people', required: false }),
      label('Roles', { type: 6, custom_id: 'roles' }),
      label('Channels', { type: 8, custom_id: 'channels' }),
      label('Files', { type: 19, custom_id: 'files', max_values: 2 }),
      { type: 10, content: 'Some words' },
    ],
  ];
  /** Opens a page of the form on /feel times:page, and takes what is sent. */
  const forms = () => {
    onInteraction((interaction) => {
      if (interaction.isChatInputCommand())
        return interaction.showModal({
          title: 'A form',
          custom_id: 'form',
          components: pages[(interaction.options.getInteger('times') ?? 1) - 1],
        } as never);
      if (interaction.isModalSubmit())
        return interaction.reply({
          content: `${interaction.fields.fields.size} fields`,
          flags: MessageFlags.Ephemeral,
        });
    });
  };
  const sent = () =>
    new Promise<{ custom_id: string; components: { component?: object }[]; resolved?: Record<string, object> }>(
      (resolve) =>
        bot.client.on('raw', (packet: { t: string; d: { type: number; data: never } }) => {
          if (packet.t === 'INTERACTION_CREATE' && packet.d.type === 5)
            resolve(JSON.parse(JSON.stringify(packet.d.data)));
        }),
    );

  test('texts, selects, radio groups, checkbox groups and checkboxes', async () => {
    forms();
    const opened = await ben.runs('/feel', { feeling: 'x', times: 1 });
    expect(opened.modal).toMatchObject({ title: 'A form', custom_id: 'form' });
    const data = sent();
    const answer = await ben.submits(opened, { Text: 'words', one: 'A', Radio: 'B', Boxes: ['A', 'c'], Yes: true });
    expect((await data).components.map(({ component }) => component)).toMatchObject([
      { type: 4, custom_id: 'text', value: 'words' },
      { type: 3, custom_id: 'one', values: ['a'] },
      { type: 21, custom_id: 'radio', value: 'b' },
      { type: 22, custom_id: 'boxes', values: ['a', 'c'] },
      { type: 23, custom_id: 'yes', value: true },
    ]);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(errors).toEqual([]);
  });

  test('people, roles, channels and files, resolved', async () => {
    forms();
    const opened = await ben.runs('/feel', { feeling: 'x', times: 2 });
    const data = sent();
    await ben.submits(opened, { Roles: ['Moderator'], Channels: ['#support'], Files: [{ name: 'a.txt', bytes: 'x' }] });
    const { components, resolved } = await data;
    expect(components[0]?.component).toMatchObject({ values: [] });
    expect(Object.keys(resolved ?? {}).sort()).toEqual(['attachments', 'channels', 'roles']);
    expect(errors).toEqual([]);
  });

  test.each([
    ['a required field left empty', { Text: 'words', One: 'A', Boxes: ['A'] }, '"Radio" must be filled in'],
    ['a text that is too short', { Text: 'no', One: 'A', Radio: 'A', Boxes: ['A'] }, 'between 3 and 4000'],
    ['more boxes than allowed', { Text: 'yes', One: 'A', Radio: 'A', Boxes: ['A', 'B', 'C'] }, 'between 1 and 2'],
    ['a field that is none', { Text: 'yes', One: 'A', Radio: 'A', Boxes: ['A'], Other: 'x' }, 'no field "Other"'],
  ])('the client does not send %s', async (_, fields, message) => {
    forms();
    const opened = await ben.runs('/feel', { feeling: 'x', times: 1 });
    await expect(ben.submits(opened, fields)).rejects.toThrow(message);
  });

  test('a form on a button updates the message it came from; a form cannot answer a form', async () => {
    const modal = {
      title: 'T',
      custom_id: 'm',
      components: [label('Text', { type: 4, custom_id: 't', style: 1, value: 'filled' })],
    } as never;
    onInteraction(async (interaction) => {
      if (interaction.isChatInputCommand())
        return interaction.reply({ content: 'a', components: [button('Open', 'open')] });
      if (interaction.isButton()) return interaction.showModal(modal);
      if (!interaction.isModalSubmit() || !interaction.isFromMessage()) return;
      const { id, token } = interaction;
      errors.push(
        (await ask(town, 'POST', `/interactions/${id}/${token}/callback`, { type: 9, data: modal })).body.code,
      );
      await interaction.update({ content: interaction.fields.getTextInputValue('t') });
    });
    const answer = await ben.runs('/hi');
    const opened = await ben.presses(answer, 'Open');
    expect(await ben.submits(opened, {})).toMatchObject({ content: 'filled', id: (answer as { id: string }).id });
    expect(errors).toEqual([50035]);
  });
});
