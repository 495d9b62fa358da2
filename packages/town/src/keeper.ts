/** What whoever keeps a town can change in it, with everything called by its name. */
import {
  type APIMessage,
  type APIUser,
  ApplicationCommandPermissionType,
  ChannelType,
  Locale,
  MessageType,
} from 'discord-api-types/v10';
import { createEars } from '#actors/ears';
import { guildsOf, type Place, type Pointed, personNamed, roleNamed, storedMessage } from '#actors/find';
import { type Actor, createActor } from '#actors/person';
import { createUses } from '#actors/uses';
import { botPermissions, newPerson } from '#harbour';
import type { Interactions } from '#interactions/interactions';
import {
  addGuild,
  addMember,
  addRole,
  inviteBot,
  removeBot,
  setAvailable,
  setLocale,
  setRole,
  setRoles,
  userLook,
} from '#world/guilds';
import { previewLink, writeMessage } from '#world/messages';
import { canView } from '#world/permissions';
import { addChannel, type NewChannel } from '#world/places';
import { type Channel, channelOf, type Guild, must, type World } from '#world/world';

export type NewGuild = {
  name: string;
  owner?: string;
  locale?: string;
  /** Text channels by name, or channels in full. */
  channels?: readonly (string | NewChannel)[];
  /** Who lives there besides the owner; made when they are not in the town yet. */
  people?: readonly string[];
  /** Whether the bot is in it; yes unless told. */
  bot?: boolean;
};

export type Keeper = {
  person(name: string): Actor;
  /** Somebody new, in the first guild unless told. */
  addPerson(
    name: string,
    how?: { locale?: string; guild?: Guild | null; roles?: readonly string[]; bot?: boolean },
  ): Actor;
  guildNamed(name: string): Guild;
  addGuild(made: NewGuild): Guild;
  /** A channel by `#name` or `Guild#name`. */
  channel(name: string): Channel;
  addChannel(guild: Guild, made: NewChannel): Channel;
  addRole(guild: Guild, name: string, permissions: bigint): string;
  setRolePermissions(guild: Guild, role: string, permissions: bigint): void;
  setRoles(guild: Guild, person: string, roles: readonly string[]): void;
  /** What an administrator decides about a command (by name); `undefined` takes it back. */
  allowCommand(
    guild: Guild,
    command: string,
    who: { role?: string; person?: string },
    allowed: boolean | undefined,
  ): void;
  setLocale(guild: Guild, locale: string): void;
  botJoins(guild: Guild, permissions?: bigint): void;
  botLeaves(guild: Guild): void;
  /** An outage of a guild begins (true) or ends. */
  outage(guild: Guild, on: boolean): void;
  /** A message by the one webhook of a channel or thread, under any name: as proxies and bridges write. */
  webhookSays(place: string | { id: string }, name: string, text: string): Promise<APIMessage>;
  /** Discord adds the preview of a link: an update without an edit. */
  previewsLink(message: Pointed, url: string): void;
};

/** The oldest guild that is still there. */
export const firstGuild = (world: World): Guild => must(world.guilds.values().next().value, 'guild');

/** Makes the verbs. Everybody in the world listens from now on. */
export function createKeeper(world: World, interactions: Interactions): Keeper {
  const actors = new Map<string, Actor>();
  const webhooks = new Map<string, string>();
  const ears = createEars(world);
  const actorOf = (id: string): Actor => {
    const known = actors.get(id);
    if (known) return known;
    const uses = createUses(world, interactions, id, () => firstPlace(world, id));
    const actor = createActor(world, id, uses, ears(id));
    actors.set(id, actor);
    return actor;
  };
  // Everybody listens from the beginning, so that nothing is missed before they are first asked for.
  for (const id of world.people.keys()) if (id !== world.bot.user.id) actorOf(id);
  const anybody = (name: string) => {
    try {
      return personNamed(world, name);
    } catch {
      const made = newPerson(world, name);
      actorOf(made.user.id);
      return made;
    }
  };
  const channel = (name: string): Channel => {
    for (const guild of world.guilds.values()) {
      const found = [...guild.channels]
        .map((id) => world.channels.get(id))
        .find((one) => name === `#${one?.name}` || name === `${guild.name}#${one?.name}`);
      if (found) return found;
    }
    throw new Error(`There is no channel ${name}.`);
  };

  return {
    person: (name) => actorOf(personNamed(world, name).user.id),
    addPerson(name, { locale, guild = firstGuild(world), roles = [], bot = false } = {}) {
      const made = newPerson(world, name, bot);
      if (locale) made.locale = locale as Locale;
      if (guild)
        addMember(
          world,
          guild,
          made.user.id,
          roles.map((role) => roleNamed(guild, role).id),
        );
      return actorOf(made.user.id);
    },
    guildNamed: (name) =>
      must(
        [...world.guilds.values()].find((guild) => guild.name === name),
        `guild ${name}`,
      ),
    addGuild({ name, owner = 'Ida', locale = Locale.EnglishUS, channels = ['general'], people = [], bot = true }) {
      const guild = addGuild(world, name, anybody(owner).user.id, locale as Locale);
      for (const made of channels) addChannel(world, guild, typeof made === 'string' ? { name: made } : made);
      for (const one of people) addMember(world, guild, anybody(one).user.id);
      if (bot) inviteBot(world, guild, botPermissions);
      return guild;
    },
    channel,
    addChannel: (guild, made) => addChannel(world, guild, made),
    addRole: (guild, name, permissions) => addRole(world, guild, name, permissions).id,
    setRolePermissions: (guild, role, permissions) => setRole(world, guild, roleNamed(guild, role), permissions),
    setRoles: (guild, person, roles) =>
      setRoles(
        world,
        guild,
        personNamed(world, person).user.id,
        roles.map((role) => roleNamed(guild, role).id),
      ),
    allowCommand(guild, name, who, allowed) {
      const command = must(
        [...world.commands.values()].find((one) => one.name === name.replace(/^\//, '')),
        `command ${name}`,
      );
      const { Role, User } = ApplicationCommandPermissionType;
      const id = who.role ? roleNamed(guild, who.role).id : personNamed(world, who.person ?? '').user.id;
      const rest = (guild.commandPermissions.get(command.id) ?? []).filter((one) => one.id !== id);
      const rule = allowed === undefined ? [] : [{ id, type: who.role ? Role : User, permission: allowed }];
      guild.commandPermissions.set(command.id, [...rest, ...rule]);
    },
    setLocale: (guild, locale) => setLocale(world, guild, locale as Locale),
    botJoins: (guild, permissions = botPermissions) => inviteBot(world, guild, permissions),
    botLeaves: (guild) => removeBot(world, guild),
    outage: (guild, on) => setAvailable(world, guild, !on),
    async webhookSays(place, name, text) {
      const where = typeof place === 'string' ? channel(place) : channelOf(world, place.id);
      const id = webhooks.get(where.id) ?? world.ids.next();
      webhooks.set(where.id, id);
      const author: APIUser = { ...userLook(id, name, true), username: name, discriminator: '0000' };
      const message = writeMessage(world, where, {
        author,
        content: text,
        type: MessageType.Default,
        more: { webhook_id: id },
      });
      return message.wire;
    },
    previewsLink: (message, link) => void previewLink(world, storedMessage(world, message), link),
  };
}

/** The first text channel that a person sees. */
function firstPlace(world: World, user: string): Place {
  for (const guild of guildsOf(world, user))
    for (const id of guild.channels) {
      const channel = channelOf(world, id);
      if (channel.type === ChannelType.GuildText && canView(world, channel, user)) return channel;
    }
  return 'dm';
}
