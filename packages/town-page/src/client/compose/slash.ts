/** Slash commands as the picker lists them: one entry for each thing that can be run. Pure. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import type { Channel, Command, World } from '../types.ts';

/** An option that takes a value. */
export type ValueOption = APIApplicationCommandBasicOption;

export type Entry = {
  command: Command;
  path: readonly string[];
  /** Without its slash: "nudges on". */
  name: string;
  description: string;
  options: readonly ValueOption[];
};

const isValue = (option: APIApplicationCommandOption): option is ValueOption =>
  option.type !== Option.Subcommand && option.type !== Option.SubcommandGroup;

type Level = { description: string; options?: readonly APIApplicationCommandOption[] | undefined };

function entriesBelow(command: Command, path: readonly string[], { description, options = [] }: Level): Entry[] {
  const deeper = options.flatMap((option) =>
    isValue(option) ? [] : entriesBelow(command, [...path, option.name], option),
  );
  if (deeper.length > 0) return deeper;
  return [{ command, path, name: [command.name, ...path].join(' '), description, options: options.filter(isValue) }];
}

/** What this person can run here, by name. A guild's own command hides a global one of the same name. */
export function entriesIn(world: World, channel: Channel): Entry[] {
  const slash = channel.commands
    .flatMap((id) => world.commands.get(id) ?? [])
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .sort((a, b) => Number(b.guild_id !== undefined) - Number(a.guild_id !== undefined));
  const first = slash.filter(({ name }, at) => slash.findIndex((one) => one.name === name) === at);
  return first.flatMap((command) => entriesBelow(command, [], command)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The commands of a message's Apps menu. */
export const messageCommands = (world: World, channel: Channel): Command[] =>
  channel.commands
    .flatMap((id) => world.commands.get(id) ?? [])
    .filter(({ type }) => type === ApplicationCommandType.Message);

/** Those that what was typed may mean ("/nu", "/nudges o"): by the beginning of the name first. */
export function matchingEntries(entries: readonly Entry[], typed: string): Entry[] {
  const wanted = typed.replace(/^\//, '').toLowerCase();
  const begins = entries.filter(({ name }) => name.startsWith(wanted));
  const within = entries.filter(({ name, description }) => {
    const holds = name.includes(wanted) || description.toLowerCase().includes(wanted);
    return holds && !name.startsWith(wanted);
  });
  return wanted.includes(' ') ? begins : [...begins, ...within];
}

/** What a text that begins as a command is, besides words: an entry with what was typed behind it, or one that is not theirs. */
export type Meant = { entry: Entry; rest: string } | { refused: string } | undefined;

/** A word after a slash that names nothing is just a text, as in Discord. */
export function meantBy(text: string, entries: readonly Entry[], world: World): Meant {
  const typed = text.trimEnd();
  const lower = `${typed.toLowerCase()} `;
  const entry = entries.find(({ name }) => lower.startsWith(`/${name} `));
  if (entry) return { entry, rest: typed.slice(entry.name.length + 1).trim() };
  const first = /^\/(\S+)/.exec(lower)?.[1];
  const isTheirs = entries.some(({ command }) => command.name === first);
  const isKnown = [...world.commands.values()].some(
    ({ type, name }) => type === ApplicationCommandType.ChatInput && name === first,
  );
  return isKnown && !isTheirs ? { refused: `/${first}` } : undefined;
}

/** The entry whose whole name was typed: "/nudges on". */
export const entryNamed = (entries: readonly Entry[], typed: string): Entry | undefined =>
  entries.find(({ name }) => `/${name}` === typed.trim().toLowerCase());
