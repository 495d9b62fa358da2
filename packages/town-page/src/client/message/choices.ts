/** What can be chosen in each kind of select, and what is chosen at first. Pure. */
import {
  type APIChannelSelectComponent,
  type APIMentionableSelectComponent,
  type APIRoleSelectComponent,
  type APIStringSelectComponent,
  type APIUserSelectComponent,
  ChannelType,
  ComponentType,
} from 'discord-api-types/v10';
import type { Channel, World } from '../types.ts';

export type AnySelect =
  | APIStringSelectComponent
  | APIUserSelectComponent
  | APIRoleSelectComponent
  | APIMentionableSelectComponent
  | APIChannelSelectComponent;

/** Those of the page's icons that stand for what can be chosen. */
type IconName = 'hash' | 'forum' | 'thread' | 'list' | 'at';

export type Choice = {
  value: string;
  label: string;
  description?: string | undefined;
  /** An emoji before the label. */
  sign?: string | undefined;
  icon?: IconName | undefined;
  person?: { name: string; bot: boolean } | undefined;
};

const emojiText = (emoji: { id?: string | null | undefined; name?: string | null | undefined } | undefined) =>
  emoji && (emoji.id ? `:${emoji.name}:` : (emoji.name ?? undefined));

function people(world: World, channel: Channel | undefined): Choice[] {
  const guild = world.guilds.find((one) => one.id === channel?.guild);
  const ids = guild ? guild.members : [world.me.id, channel?.with ?? ''];
  return ids
    .flatMap((id) => world.people.get(id) ?? [])
    .map((person) => ({ value: person.id, label: person.name, description: person.username, person }));
}

function roles(world: World): Choice[] {
  return [...world.roles.values()]
    .sort((one, other) => other.position - one.position)
    .map(({ id, name }) => ({ value: id, label: name.replace(/^@/, ''), icon: 'at' }));
}

const icons: Partial<Record<ChannelType, IconName>> = {
  [ChannelType.GuildForum]: 'forum',
  [ChannelType.GuildCategory]: 'list',
  [ChannelType.PublicThread]: 'thread',
  [ChannelType.PrivateThread]: 'thread',
};

export const iconOf = (type: ChannelType): IconName => icons[type] ?? 'hash';

function channels(world: World, guild: string | undefined, types: readonly ChannelType[]): Choice[] {
  return [...world.channels.values()]
    .filter((one) => one.guild !== undefined && one.guild === guild)
    .filter((one) => types.length === 0 || types.includes(one.type))
    .sort((one, other) => one.position - other.position)
    .map((one) => ({
      value: one.id,
      label: one.name,
      icon: iconOf(one.type),
      description: one.parent ? world.channels.get(one.parent)?.name : undefined,
    }));
}

export function choicesOf(select: AnySelect, world: World, channel: Channel | undefined): Choice[] {
  switch (select.type) {
    case ComponentType.StringSelect:
      return select.options.map(({ value, label, description, emoji }) => ({
        value,
        label,
        description,
        sign: emojiText(emoji),
      }));
    case ComponentType.UserSelect:
      return people(world, channel);
    case ComponentType.RoleSelect:
      return channel?.guild ? roles(world) : [];
    case ComponentType.MentionableSelect:
      return [...people(world, channel), ...(channel?.guild ? roles(world) : [])];
    case ComponentType.ChannelSelect:
      return channels(world, channel?.guild, select.channel_types ?? []);
  }
}

export function chosenAtFirst(select: AnySelect): string[] {
  if (select.type === ComponentType.StringSelect)
    return select.options.filter((option) => option.default).map((option) => option.value);
  return (select.default_values ?? []).map(({ id }) => id);
}

const hints: Record<AnySelect['type'], string> = {
  [ComponentType.StringSelect]: 'Make a selection',
  [ComponentType.UserSelect]: 'Select a user',
  [ComponentType.RoleSelect]: 'Select a role',
  [ComponentType.MentionableSelect]: 'Select a user or role',
  [ComponentType.ChannelSelect]: 'Select a channel',
};

export const hintOf = (select: AnySelect): string => select.placeholder ?? hints[select.type];

/** Those whose label or description holds what was typed; those that begin with it first. */
export function matching(choices: readonly Choice[], typed: string): Choice[] {
  const wanted = typed.trim().replace(/^[@#]/, '').toLowerCase();
  if (wanted === '') return [...choices];
  const holds = (text: string | undefined) => text?.toLowerCase().includes(wanted) === true;
  const found = choices.filter(({ label, description }) => holds(label) || holds(description));
  const begins = (choice: Choice) => choice.label.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((choice) => !begins(choice))];
}

/** What is chosen after a press on one of them. One at most: the new one takes the old one's place. */
export function toggled(chosen: readonly string[], value: string, max: number): string[] {
  if (chosen.includes(value)) return chosen.filter((one) => one !== value);
  if (max === 1) return [value];
  return chosen.length < max ? [...chosen, value] : [...chosen];
}
