import { type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { describe, expect, test, vi } from 'vitest';
import type { Answer } from '#town';
import { ask } from './client.ts';
import { ben, bot, errors, logInAgain, never, onInteraction, onSlash, town, useScene } from './scene.ts';

useScene();

describe('slash commands', () => {
  test('options arrive as the kinds that they are, with what is behind them', async () => {
    let got: unknown;
    onSlash((interaction) => {
      const { options } = interaction;
      got = [
        options.getString('feeling'),
        options.getInteger('times'),
        options.getChannel('where')?.name,
        options.getUser('who')?.username,
        options.getString('how'),
        interaction.memberPermissions?.has('ManageGuild'),
        interaction.locale,
        interaction.guildLocale,
        interaction.channel?.id,
      ];
      return interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
    });
    ben.locale = 'de';
    const options = { feeling: 'grief', times: 2, where: '#stories', who: 'ana', how: 'Softly' };
    const answer = await ben.runs('/feel', options, { in: '#support' });
    expect(answer).toMatchObject({ content: 'ok', ephemeral: true, flags: 64, type: 20 });
    expect(got).toEqual(['grief', 2, 'stories', 'ana', 's', false, 'de', 'en-US', town.channel('#support').id]);
  });

  test('subcommands', async () => {
    onSlash((interaction) =>
      interaction.reply(`${interaction.options.getSubcommand()} ${interaction.options.getBoolean('fast')}`),
    );
    expect(await ben.runs('/deep down', { fast: true })).toMatchObject({ content: 'down true', ephemeral: false });
    await expect(ben.runs('/deep')).rejects.toThrow('subcommand');
  });

  test.each([
    ['a missing option', '/feel', {}, 'required'],
    ['an option that is none', '/hi', { x: 1 }, 'no option'],
    ['a number out of range', '/feel', { feeling: 'x', times: 4 }, 'not a number'],
    ['a choice that is none', '/feel', { feeling: 'x', how: 'Loudly' }, 'not one of the choices'],
    ['a command that is none', '/nothing', {}, 'no command'],
  ])('the client does not send %s', async (_, command, options, message) => {
    await expect(ben.runs(command, options)).rejects.toThrow(message);
  });

  test('in a direct message, too', async () => {
    onSlash((interaction) => interaction.reply(`guild: ${interaction.guildId}, ${interaction.user.username}`));
    expect(await ben.runs('/hi', {}, { in: 'dm' })).toMatchObject({ content: 'guild: null, ben' });
  });

  test('autocomplete', async () => {
    onInteraction((interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      return interaction.respond([{ name: `${name}: ${value}ief`, value: 'grief' }]);
    });
    expect(await ben.completes('/feel', { feeling: 'gr' })).toEqual([{ name: 'feeling: grief', value: 'grief' }]);
  });
});

describe('who may use what', () => {
  const names = (who: string, place?: string) => town.person(who).commands(place);

  test('default permissions and contexts decide what the picker shows', async () => {
    expect(names('ben')).toEqual(['/hi', '/feel', '/deep', 'Look', 'Greet']);
    expect(names('mo')).toContain('/guarded');
    expect(names('ida')).toContain('/guarded');
    expect(names('mo', 'dm')).toEqual(['/hi', '/feel', '/deep', 'Look', 'Greet']);
    await expect(ben.runs('/guarded')).rejects.toThrow('not shown');
  });

  test('administrators can allow and deny, and the bot can read it', async () => {
    town.allowCommand(town.guild, '/guarded', { person: 'ben' }, true);
    expect(names('ben')).toContain('/guarded');
    expect(names('ana')).not.toContain('/guarded');
    town.allowCommand(town.guild, '/hi', { role: 'everyone' }, false);
    town.allowCommand(town.guild, '/hi', { role: 'Moderator' }, true);
    expect(names('ana')).not.toContain('/hi');
    expect(names('mo')).toContain('/hi');
    const read = await bot.client.application.commands.permissions.fetch({ guild: town.guild.id });
    expect([...read.values()].flat()).toHaveLength(3);
  });
});

describe('time', () => {
  const fails = async (asking: Promise<Answer>) => (await asking).failed;

  test('no answer within three seconds is a failure, and too late is 10062', async () => {
    let late: ChatInputCommandInteraction | undefined;
    onSlash((interaction) => {
      late = interaction;
    });
    const asking = ben.runs('/hi');
    await vi.waitUntil(() => late);
    town.clock.advance(2_999);
    town.clock.advance(1);
    expect(await fails(asking)).toBe('The application did not respond');
    await expect(late?.reply('late')).rejects.toMatchObject({ code: 10062, status: 404 });
  });

  test('a second answer is 40060', async () => {
    onSlash(async (interaction) => {
      await interaction.reply('one');
      const { id, token } = interaction;
      const twice = await ask(town, 'POST', `/interactions/${id}/${token}/callback`, {
        type: 4,
        data: { content: 'two' },
      });
      errors.push(twice.body.code);
    });
    await ben.runs('/hi');
    await vi.waitUntil(() => errors.length > 0);
    expect(errors).toEqual([40060]);
  });

  test('the token lives for fifteen minutes', async () => {
    let last: ChatInputCommandInteraction | undefined;
    onSlash(async (interaction) => {
      await interaction.reply('one');
      last = interaction;
    });
    await ben.runs('/hi');
    await vi.waitUntil(() => last);
    town.clock.advance(15 * 60_000 - 1_000);
    await last?.followUp('still there');
    town.clock.advance(2_000);
    await expect(last?.followUp('too late')).rejects.toMatchObject({ code: 50027, status: 401 });
  });

  test('nobody is logged in: the same failure', async () => {
    await bot.client.destroy();
    const asking = ben.runs('/hi');
    town.clock.advance(3_000);
    expect(await fails(asking)).toBe('The application did not respond');
  });

  test('waiting ends with a sentence', async () => {
    onSlash((interaction) => interaction.deferReply());
    await expect(ben.runs('/hi', {}, { within: 100 })).rejects.toThrow('Waited 100 ms for an answer to /hi.');
  });
});

describe('answers', () => {
  test('a deferred answer shows "thinking", then what it was edited to', async () => {
    const flags: (number | undefined)[] = [];
    town.on(({ t, d }) => void (t.startsWith('MESSAGE_') && flags.push((d as { flags?: number }).flags)));
    onSlash(async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('thought');
    });
    expect(await ben.runs('/hi')).toMatchObject({ content: 'thought', ephemeral: true, edited_timestamp: null });
    expect(flags).toEqual([64 | 128, 64]);
  });

  test("follow-ups, fetching, editing and deleting; ephemeral messages are nobody else's", async () => {
    const done = new Promise<string[]>((resolve) =>
      onSlash(async (interaction) => {
        const first = await interaction.reply({ content: 'one', flags: MessageFlags.Ephemeral, withResponse: true });
        const second = await interaction.followUp({ content: 'two', flags: MessageFlags.Ephemeral });
        const third = await interaction.followUp({ content: 'three' });
        await interaction.editReply({ message: second, content: 'two!' });
        const fetched = await interaction.fetchReply();
        await interaction.deleteReply();
        resolve([first.resource?.message?.id ?? '', second.id, third.id, fetched.content]);
      }),
    );
    const answer = await ben.runs('/hi', {}, { in: '#support' });
    const [first = '', second = '', third = '', content] = await done;
    expect(content).toBe('one');
    const channel_id = town.channel('#support').id;
    expect(answer).toMatchObject({ id: first });
    expect(ben.sees({ id: first, channel_id })).toBeUndefined();
    expect(ben.sees({ id: second, channel_id })?.content).toBe('two!');
    expect(town.person('ana').sees({ id: second, channel_id })).toBeUndefined();
    expect(town.person('ana').sees({ id: third, channel_id })?.content).toBe('three');
    expect((await ask(town, 'GET', `/channels/${channel_id}/messages/${second}`)).body.code).toBe(10008);
    expect(
      (await ask(town, 'GET', `/channels/${channel_id}/messages`)).body.map(({ id }: { id: string }) => id),
    ).toEqual([third]);
    expect((await ben.nextFromBot()).id).toBe(first);
    expect((await ben.nextFromBot()).id).toBe(second);
  });

  test('an answer that breaks a limit is refused by field, and leaves room for a better one', async () => {
    onSlash(async (interaction) => {
      await interaction
        .reply({ content: 'x'.repeat(2001) })
        .catch((error) => errors.push(error.code, error.rawError.errors));
      await interaction.reply('short');
    });
    expect(await ben.runs('/hi')).toMatchObject({ content: 'short' });
    expect(errors).toEqual([
      50035,
      { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] } },
    ]);
  });

  test('files come along and can be read again', async () => {
    onSlash((interaction) =>
      interaction.reply({ content: 'see', files: [{ name: 'a.txt', attachment: Buffer.from('inside') }] }),
    );
    const answer = await ben.runs('/hi');
    if (!('attachments' in answer)) throw new Error('no message');
    expect(await (await fetch(answer.attachments[0]?.url ?? '')).text()).toBe('inside');
  });
});

describe('menus', () => {
  test("a message menu has its target's text without the intent", async () => {
    town.grants.messageContent = false;
    await logInAgain({ intents: [1, 512] });
    onInteraction((interaction) =>
      interaction.isMessageContextMenuCommand()
        ? interaction.reply({
            content: `${interaction.targetMessage.author.username}: ${interaction.targetMessage.content}`,
            flags: MessageFlags.Ephemeral,
          })
        : never(),
    );
    const said = await town.person('ana').says('#support', 'i am so tired');
    expect(await ben.usesMenu(said, 'Look')).toMatchObject({
      content: 'ana: i am so tired',
      ephemeral: true,
      type: 23,
    });
    await expect(ben.usesMenu(said, 'Greet')).rejects.toThrow('no command');
  });

  test('a menu of a person', async () => {
    onInteraction((interaction) =>
      interaction.isUserContextMenuCommand() ? interaction.reply(interaction.targetUser.username) : never(),
    );
    expect(await ben.usesMenuOn('ana', 'Greet')).toMatchObject({ content: 'ana' });
  });
});
