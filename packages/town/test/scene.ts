/** A town with the real client in it and some commands registered, for tests of interactions. */
import {
  ActionRowBuilder,
  PermissionFlagsBits as Bits,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type ClientOptions,
  type Interaction,
  ApplicationCommandOptionType as Option,
  ApplicationCommandType as Type,
} from 'discord.js';
import { afterEach, beforeEach } from 'vitest';
import type { Actor } from '#town';
import { type LoggedIn, logIn } from './client.ts';
import { town, useTown } from './each-town.ts';

export { town };
export let bot: LoggedIn;
export let ben: Actor;
/** What went wrong in the bot, or what a test noted there. */
export let errors: unknown[];

/** Opens a new scene for every test of a file. */
export function useScene(): void {
  useTown();
  beforeEach(async () => {
    bot = await logIn(town);
    ben = town.person('ben');
    errors = [];
    await bot.client.application.commands.set([
      { name: 'hi', description: 'Says hi' },
      {
        name: 'feel',
        description: 'Feels',
        options: [
          { type: Option.String, name: 'feeling', description: 'Which', required: true, autocomplete: true },
          { type: Option.Integer, name: 'times', description: 'How often', minValue: 1, maxValue: 3 },
          { type: Option.Channel, name: 'where', description: 'Where' },
          { type: Option.User, name: 'who', description: 'Who' },
          { type: Option.String, name: 'how', description: 'How', choices: [{ name: 'Softly', value: 's' }] },
        ],
      },
      {
        name: 'deep',
        description: 'Has subcommands',
        options: [
          {
            type: Option.Subcommand,
            name: 'down',
            description: 'Down',
            options: [{ type: Option.Boolean, name: 'fast', description: 'Fast' }],
          },
        ],
      },
      { name: 'guarded', description: 'For moderators', defaultMemberPermissions: Bits.ManageGuild, contexts: [0] },
      { name: 'Look', type: Type.Message },
      { name: 'Greet', type: Type.User },
    ]);
  });
  afterEach(() => bot.client.destroy());
}

export async function logInAgain(options: Partial<ClientOptions>): Promise<void> {
  await bot.client.destroy();
  bot = await logIn(town, options);
}

/** What the bot does with every interaction. Rejections are kept, since a bot's handlers have nobody to tell. */
export const onInteraction = (run: (interaction: Interaction) => Promise<unknown> | unknown) =>
  bot.client.on('interactionCreate', async (interaction) => {
    try {
      await run(interaction);
    } catch (error) {
      errors.push(error);
    }
  });
export const onSlash = (run: (interaction: ChatInputCommandInteraction) => unknown) =>
  onInteraction((interaction) => (interaction.isChatInputCommand() ? run(interaction) : undefined));

export const button = (label: string, id: string, disabled = false) =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setLabel(label).setCustomId(id).setStyle(ButtonStyle.Primary).setDisabled(disabled),
  );
export const never = () => undefined;
