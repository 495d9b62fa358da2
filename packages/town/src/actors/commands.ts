/** Commands as a person finds them: which they may use where, and what they send when they fill in the options. */
import {
  type APIApplicationCommand,
  type APIApplicationCommandPermission,
  PermissionFlagsBits as Bits,
  InteractionContextType as Context,
  ApplicationIntegrationType as Install,
  ApplicationCommandPermissionType as Kind,
  ApplicationCommandOptionType as Option,
  type ApplicationCommandType as Type,
} from 'discord-api-types/v10';
import type { Given, Resolver } from '#actors/resolve';
import { asList, asObject, type Json } from '#checks/read';
import type { Owners } from '#interactions/interactions';
import { canView, every, has, inChannel } from '#world/permissions';
import { type Channel, type Guild, guildOf, type World } from '#world/world';

/** What administrators decided for a command, or for the whole application. */
function decided(
  list: readonly APIApplicationCommandPermission[] | undefined,
  guild: Guild,
  user: string,
): boolean | undefined {
  if (!list) return undefined;
  const own = list.find((one) => one.type === Kind.User && one.id === user);
  if (own) return own.permission;
  const roles = guild.members.get(user)?.roles ?? [];
  const byRole = list.filter((one) => one.type === Kind.Role && roles.includes(one.id));
  if (byRole.length > 0) return byRole.some((one) => one.permission);
  return list.find((one) => one.type === Kind.Role && one.id === guild.id)?.permission;
}

function channelAllows(
  list: readonly APIApplicationCommandPermission[] | undefined,
  guild: Guild,
  channel: Channel,
): boolean | undefined {
  const all = (BigInt(guild.id) - 1n).toString();
  const ids = [channel.id, channel.parent].filter((id) => id !== null);
  const rule =
    list?.find((one) => one.type === Kind.Channel && ids.includes(one.id)) ??
    list?.find((one) => one.type === Kind.Channel && one.id === all);
  return rule?.permission;
}

/** How the application came to be there: added to the server, or by a person for themselves. */
type Installed = 'server' | 'user';

const contextOf = (world: World, channel: Channel): Context => {
  if (channel.guild) return Context.Guild;
  return channel.recipients.includes(world.bot.user.id) ? Context.BotDM : Context.PrivateChannel;
};

function fitsHere(command: APIApplicationCommand, context: Context): boolean {
  if (command.contexts) return command.contexts.includes(context);
  return context !== Context.BotDM || command.dm_permission !== false;
}

/** May this person use this command here? As Discord's client and server decide. */
export const mayUse = (world: World, command: APIApplicationCommand, user: string, channel: Channel): boolean =>
  installsFor(world, command, user, channel).length > 0;

/** The installations through which this person may use the command here. */
export function installsFor(
  world: World,
  command: APIApplicationCommand,
  user: string,
  channel: Channel,
): readonly Installed[] {
  const context = contextOf(world, channel);
  if (command.guild_id && command.guild_id !== channel.guild) return [];
  if (!command.guild_id && !fitsHere(command, context)) return [];
  if (!canView(world, channel, user)) return [];
  const types: readonly Install[] = command.integration_types ?? [Install.GuildInstall];
  const byServer = types.includes(Install.GuildInstall) && serverLets(world, command, user, channel, context);
  const byThemselves = types.includes(Install.UserInstall) && world.addedBy.has(user) && mayType(world, user, channel);
  return [...(byServer ? (['server'] as const) : []), ...(byThemselves ? (['user'] as const) : [])];
}

/** In direct messages there is nobody to forbid it. */
const mayType = (world: World, user: string, channel: Channel): boolean =>
  !channel.guild || has(inChannel(world, channel, user), Bits.UseApplicationCommands);

function serverLets(
  world: World,
  command: APIApplicationCommand,
  user: string,
  channel: Channel,
  context: Context,
): boolean {
  if (!channel.guild) return context === Context.BotDM;
  const guild = guildOf(world, channel.guild);
  if (!guild.members.has(world.bot.user.id)) return false;
  const permissions = inChannel(world, channel, user);
  if (permissions === every) return true;
  if (!has(permissions, Bits.UseApplicationCommands)) return false;
  const own = guild.commandPermissions.get(command.id);
  const app = guild.commandPermissions.get(command.application_id);
  if ((channelAllows(own, guild, channel) ?? channelAllows(app, guild, channel)) === false) return false;
  const explicit = decided(own, guild, user);
  if (explicit !== undefined) return explicit;
  if (decided(app, guild, user) === false) return false;
  const needed = command.default_member_permissions;
  if (needed === null || needed === undefined) return true;
  return BigInt(needed) !== 0n && has(permissions, BigInt(needed));
}

/** Whose installations an interaction comes through, as Discord tells the application. */
export function ownersOf(world: World, command: APIApplicationCommand, user: string, channel: Channel): Owners {
  const installs = installsFor(world, command, user, channel);
  return {
    ...(installs.includes('server') && { [Install.GuildInstall]: channel.guild ?? '0' }),
    ...(installs.includes('user') && { [Install.UserInstall]: user }),
  };
}

/** The command with this name that the person sees in the picker; a guild's own before a global one. */
export function commandNamed(
  world: World,
  user: string,
  channel: Channel,
  name: string,
  type: Type,
): APIApplicationCommand {
  const named = [...world.commands.values()].filter((one) => one.type === type && one.name === name);
  if (named.length === 0) throw new Error(`There is no command "${name}".`);
  const usable = named
    .filter((one) => mayUse(world, one, user, channel))
    .sort((a, b) => (a.guild_id ? -1 : 0) - (b.guild_id ? -1 : 0));
  if (!usable[0]) throw new Error(`The command "${name}" is not shown to this person here.`);
  return usable[0];
}

export type Value = string | number | boolean | Given;
export type Filling = { resolver: Resolver; values: Record<string, Value>; focused?: string };

/** Follows `/name group sub` into the options and fills them in. */
export function fill(command: APIApplicationCommand, path: readonly string[], filling: Filling): Json[] {
  const step = (options: readonly Json[], rest: readonly string[]): Json[] => {
    const [next, ...further] = rest;
    if (next === undefined) return values(options, filling);
    const option = options.find((one) => one.name === next);
    if (!option) throw new Error(`The command has no subcommand "${next}".`);
    return [{ type: option.type, name: next, options: step(asList(option.options).map(asObject), further) }];
  };
  return step(asList(command.options).map(asObject), path);
}

function values(options: readonly Json[], { resolver, values: given, focused }: Filling): Json[] {
  const names = options.map((one) => one.name);
  const stray = Object.keys(given).find((name) => !names.includes(name));
  if (stray !== undefined) throw new Error(`The command has no option "${stray}".`);
  const group = options.find((one) => one.type === Option.Subcommand || one.type === Option.SubcommandGroup);
  if (group) throw new Error(`Choose a subcommand: ${names.join(', ')}.`);
  return options.flatMap((option): Json[] => {
    const name = String(option.name);
    const value = given[name];
    if (value === undefined) {
      if (option.required === true && focused === undefined) throw new Error(`The option "${name}" is required.`);
      return [];
    }
    const isFocused = focused === name;
    if (isFocused) return [{ type: option.type, name, value, focused: true }];
    return [{ type: option.type, name, value: choose(resolver, option, value) }];
  });
}

function choose(resolver: Resolver, option: Json, value: Value): string | number | boolean {
  const text = String(value);
  const choices = asList(option.choices).map(asObject);
  if (choices.length > 0) {
    const choice = choices.find((one) => one.value === value) ?? choices.find((one) => one.name === value);
    if (!choice)
      throw new Error(
        `"${text}" is not one of the choices: ${choices.map(({ name, value }) => `${name} (${value})`)}.`,
      );
    return choice.value as string | number;
  }
  switch (option.type) {
    case Option.Integer:
    case Option.Number: {
      const { min_value: min = -Infinity, max_value: max = Infinity } = option;
      if (
        typeof value !== 'number' ||
        value < Number(min) ||
        value > Number(max) ||
        (option.type === Option.Integer && !Number.isInteger(value))
      )
        throw new Error(`"${text}" is not a number that "${option.name}" takes.`);
      return value;
    }
    case Option.Boolean:
      return value === true;
    case Option.User:
      return resolver.user(text);
    case Option.Channel:
      return resolver.channel(text, asList(option.channel_types));
    case Option.Role:
      return resolver.role(text);
    case Option.Mentionable:
      return resolver.mentionable(text);
    case Option.Attachment:
      if (typeof value !== 'object') throw new Error(`"${option.name}" takes a file.`);
      return resolver.file(value);
    default: {
      const { min_length: min = 0, max_length: max = 6000 } = option;
      if (text.length < Number(min) || text.length > Number(max))
        throw new Error(`"${option.name}" takes between ${min} and ${max} characters.`);
      return text;
    }
  }
}
