/** A small application with every kind of option, a message command, and forms that hold everything a form can hold. */

import type { Town } from '@attune/town';
import { logIn } from '@attune/town/test/client';
import {
  type APIModalInteractionResponseCallbackData,
  ChannelType,
  type ChatInputCommandInteraction,
  ComponentType,
  type Interaction,
  MessageFlags,
  ApplicationCommandOptionType as Option,
  type RESTPostAPIApplicationCommandsJSONBody,
  TextInputStyle,
  ApplicationCommandType as Type,
} from 'discord.js';

const feelings = ['grief', 'grumpiness', 'joy', 'loneliness', 'shame'];

const commands = [
  {
    name: 'feel',
    description: 'Names a feeling',
    options: [
      { type: Option.String, name: 'feeling', description: 'Which one', required: true, autocomplete: true },
      {
        type: Option.String,
        name: 'how',
        description: 'How',
        required: true,
        choices: [choice('Softly', 's'), choice('Loudly', 'l')],
      },
      { type: Option.Integer, name: 'times', description: 'How often', min_value: 1, max_value: 3 },
    ],
  },
  {
    name: 'all',
    description: 'Takes every kind of option',
    options: [
      { type: Option.String, name: 'text', description: 'Some text', required: true, min_length: 3, max_length: 10 },
      { type: Option.Number, name: 'number', description: 'A number', min_value: 0, max_value: 1 },
      { type: Option.Boolean, name: 'sure', description: 'Whether' },
      { type: Option.User, name: 'who', description: 'Who' },
      { type: Option.Channel, name: 'where', description: 'Where', channel_types: [ChannelType.GuildText] },
      { type: Option.Role, name: 'role', description: 'Which role' },
      { type: Option.Mentionable, name: 'anybody', description: 'Who or which role' },
      { type: Option.Attachment, name: 'file', description: 'A file' },
    ],
  },
  {
    name: 'circle',
    description: 'Circles',
    options: [
      { type: Option.Subcommand, name: 'open', description: 'Opens a circle' },
      {
        type: Option.SubcommandGroup,
        name: 'people',
        description: 'Its people',
        options: [
          {
            type: Option.Subcommand,
            name: 'add',
            description: 'Adds somebody',
            options: [{ type: Option.User, name: 'who', description: 'Who', required: true }],
          },
        ],
      },
    ],
  },
  {
    name: 'lean',
    description: 'Leans on a word',
    options: [
      { type: Option.String, name: 'word', description: 'Which one', autocomplete: true },
      { type: Option.Boolean, name: 'long', description: 'Whether for long' },
    ],
  },
  { name: 'guarded', description: 'For moderators', default_member_permissions: '32' },
  { name: 'form', description: 'Opens a form of text' },
  { name: 'selects', description: 'Opens a form of selects' },
  { name: 'ticks', description: 'Opens a form of boxes' },
  { name: 'Look closer', type: Type.Message },
] as unknown as RESTPostAPIApplicationCommandsJSONBody[];

function choice(name: string, value: string) {
  return { name, value };
}

const labelled = (label: string, component: object, description?: string) => ({
  type: ComponentType.Label,
  label,
  description,
  component,
});
const option = (value: string, more: object = {}) => ({ label: `The ${value}`, value, ...more });

const forms: Record<string, unknown> = {
  form: {
    title: 'Tell us',
    custom_id: 'form',
    components: [
      { type: ComponentType.TextDisplay, content: 'What you write is **private**. See <#0> or `nobody`.' },
      labelled(
        'Title',
        {
          type: ComponentType.TextInput,
          custom_id: 'title',
          style: TextInputStyle.Short,
          min_length: 5,
          max_length: 20,
          placeholder: 'In a few words',
        },
        'A short one',
      ),
      labelled('Story', {
        type: ComponentType.TextInput,
        custom_id: 'story',
        style: TextInputStyle.Paragraph,
        max_length: 200,
        value: 'Once',
      }),
      labelled('Extra', {
        type: ComponentType.TextInput,
        custom_id: 'extra',
        style: TextInputStyle.Short,
        required: false,
      }),
    ],
  },
  selects: {
    title: 'Choose',
    custom_id: 'selects',
    components: [
      labelled('Mood', {
        type: ComponentType.StringSelect,
        custom_id: 'mood',
        min_values: 2,
        max_values: 3,
        options: [
          option('calm', { emoji: { name: '🌊' }, description: 'Still water' }),
          option('cross'),
          option('low'),
          option('lost'),
        ],
      }),
      labelled('Somebody', { type: ComponentType.UserSelect, custom_id: 'somebody' }),
      labelled('Role', { type: ComponentType.RoleSelect, custom_id: 'role', required: false }),
      labelled('Place', {
        type: ComponentType.ChannelSelect,
        custom_id: 'place',
        channel_types: [ChannelType.GuildText],
      }),
      labelled('Anybody', {
        type: ComponentType.MentionableSelect,
        custom_id: 'anybody',
        required: false,
        max_values: 2,
      }),
    ],
  },
  ticks: {
    title: 'Tick',
    custom_id: 'ticks',
    components: [
      labelled(
        'Pace',
        {
          type: ComponentType.RadioGroup,
          custom_id: 'pace',
          options: [option('slow', { description: 'One a week' }), option('fast')],
        },
        'How often',
      ),
      labelled('Days', {
        type: ComponentType.CheckboxGroup,
        custom_id: 'days',
        min_values: 1,
        max_values: 2,
        options: [option('monday'), option('tuesday', { default: true }), option('friday')],
      }),
      labelled('I have read the rules', { type: ComponentType.Checkbox, custom_id: 'read' }, 'All of them'),
      labelled('Proof', { type: ComponentType.FileUpload, custom_id: 'proof', min_values: 1, max_values: 2 }),
    ],
  },
};

export type Heard = { what: string; data: unknown };

/** Logs in, registers, and answers everything. `heard`: what arrived, oldest first. */
export async function startApp(town: Town) {
  const bot = await logIn(town);
  const heard: Heard[] = [];
  /** While true, forms are left without an answer. */
  const app = { heard, silent: false, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
  await bot.client.rest.put(`/applications/${town.bot.id}/commands`, { body: commands });

  const run = async (interaction: Interaction): Promise<void> => {
    if (interaction.isAutocomplete()) {
      const typed = interaction.options.getFocused();
      heard.push({ what: 'complete', data: typed });
      const found = feelings.filter((one) => one.startsWith(typed));
      await interaction.respond(found.map((one) => ({ name: one.toUpperCase(), value: one })));
    } else if (interaction.isChatInputCommand()) {
      heard.push({ what: `/${interaction.commandName}`, data: valuesOf(interaction) });
      const form = Object.entries(forms).find(([name]) => name === interaction.commandName)?.[1];
      if (form) await interaction.showModal(form as APIModalInteractionResponseCallbackData);
      else await interaction.reply({ content: `Ran ${interaction.commandName}.`, flags: MessageFlags.Ephemeral });
    } else if (interaction.isMessageContextMenuCommand()) {
      heard.push({ what: interaction.commandName, data: interaction.targetMessage.content });
      await interaction.reply({ content: 'Looked.', flags: MessageFlags.Ephemeral });
    } else if (interaction.isModalSubmit()) {
      const { components } = interaction;
      heard.push({ what: `form ${interaction.customId}`, data: fieldsIn(components) });
      if (!app.silent) await interaction.reply({ content: 'Thanks.', flags: MessageFlags.Ephemeral });
    }
  };
  bot.client.on('interactionCreate', (interaction) => void run(interaction));
  return app;
}

function valuesOf({ options }: ChatInputCommandInteraction): Record<string, unknown> {
  const flat = (list: typeof options.data): [string, unknown][] =>
    list.flatMap(({ name, value, attachment, options: inner }): [string, unknown][] =>
      inner ? [[name, true], ...flat(inner)] : [[name, attachment?.name ?? value ?? true]],
    );
  return Object.fromEntries(flat(options.data));
}

function fieldsIn(components: readonly unknown[]): Record<string, unknown> {
  type Part = {
    customId?: string;
    value?: unknown;
    values?: unknown;
    component?: Part;
    attachments?: ReadonlyMap<string, { name: string }>;
  };
  const inputs = (components as Part[]).flatMap(({ component }) => component ?? []);
  return Object.fromEntries(
    inputs.map(({ customId, value, values, attachments }) => [
      customId,
      attachments?.size ? [...attachments.values()].map(({ name }) => name) : (value ?? values),
    ]),
  );
}
