/** What the message box offers while one types: commands, people and roles, channels, emoji. Pure. */
import { ComponentType } from 'discord-api-types/v10';
import { type Choice, choicesOf, matching } from '../message/choices.ts';
import { nameOf } from '../names.ts';
import type { Channel, World } from '../types.ts';
import { emojiNamed } from './emoji.ts';
import { type Entry, matchingEntries } from './slash.ts';

export type Suggestion = {
  kind: 'commands' | 'people' | 'channels' | 'emoji';
  title: string;
  /** Where in the text the typed piece begins. */
  from: number;
  /** `value`: a command's name, or the text that takes the typed piece's place. */
  choices: Choice[];
};

export type Typed = { text: string; caret: number };

const most = 10;

export function suggestionFor(
  { text, caret }: Typed,
  world: World,
  channel: Channel,
  entries: readonly Entry[],
): Suggestion | undefined {
  const before = text.slice(0, caret);
  if (/^\/[^\n]{0,100}$/.test(text)) return commandsFor(text, world, entries);
  const [, , sign, typed = ''] = /(^|\s)([@#:])([^\s@#:]*)$/.exec(before) ?? [];
  const from = caret - typed.length - 1;
  switch (sign) {
    case '@':
      return found('people', 'Members and roles', from, mentions(world, channel, typed));
    case '#':
      return found('channels', 'Channels', from, channels(world, channel, typed));
    case ':':
      return typed.length < 2 ? undefined : found('emoji', 'Emoji', from, emoji(typed));
    default:
      return undefined;
  }
}

function found(kind: Suggestion['kind'], title: string, from: number, choices: Choice[]): Suggestion | undefined {
  return choices.length === 0 ? undefined : { kind, title, from, choices: choices.slice(0, most) };
}

function commandsFor(text: string, world: World, entries: readonly Entry[]): Suggestion | undefined {
  const bot = world.people.get(world.bot);
  const choices = matchingEntries(entries, text).map(({ name, description }) => ({
    value: name,
    label: `/${name}`,
    description,
    ...(bot && { person: bot }),
  }));
  return choices.length === 0 ? undefined : { kind: 'commands', title: 'Commands', from: 0, choices };
}

function mentions(world: World, channel: Channel, typed: string): Choice[] {
  const all = choicesOf({ type: ComponentType.MentionableSelect, custom_id: '' }, world, channel);
  return matching(all, typed)
    .filter(({ value }) => value !== channel.guild)
    .map((choice) => ({ ...choice, value: `@${choice.label}` }));
}

function channels(world: World, channel: Channel, typed: string): Choice[] {
  const all = choicesOf({ type: ComponentType.ChannelSelect, custom_id: '' }, world, channel);
  return matching(all, typed).map((choice) => {
    const one = world.channels.get(choice.value);
    return { ...choice, value: `#${one ? nameOf(world, one) : choice.label}` };
  });
}

const emoji = (typed: string): Choice[] =>
  emojiNamed(typed).map(({ sign, name }) => ({ value: sign, label: `:${name}:`, sign }));
