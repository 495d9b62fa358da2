/** Turns what a person chose into ids, with the things behind them as interactions carry them (`resolved`). */
import { ComponentType } from 'discord-api-types/v10';
import { channelNamed, meant, personNamed, roleNamed } from '#actors/find';
import { asList, asObject, type Json } from '#checks/read';
import { memberLook, resolvedChannelLook } from '#world/look';
import { attach } from '#world/messages';
import { inChannel } from '#world/permissions';
import { type Channel, type Guild, guildOf, type World } from '#world/world';

export type Given = { name: string; type?: string; bytes: Uint8Array | string };

export type Resolver = {
  user(name: string): string;
  role(name: string): string;
  channel(name: string, types?: readonly unknown[]): string;
  mentionable(name: string): string;
  file(file: Given): string;
  /** Undefined when nothing was resolved. */
  readonly resolved: Json | undefined;
};

export function createResolver(world: World, actor: string, place: Channel): Resolver {
  const guild: Guild | undefined = place.guild ? guildOf(world, place.guild) : undefined;
  const found: Record<string, Json> = {};
  const keep = (kind: string, id: string, look: unknown) => {
    found[kind] = { ...found[kind], [id]: look };
    return id;
  };
  const inThisGuild = () => {
    if (!guild) throw new Error('There are no roles and channels in direct messages.');
    return guild;
  };

  const resolver: Resolver = {
    user(name) {
      const { user } = personNamed(world, name);
      const member = guild?.members.get(user.id);
      if (guild && member) {
        const { user: _, deaf: __, mute: ___, ...look } = memberLook(world, member);
        keep('members', user.id, { ...look, permissions: inChannel(world, place, user.id).toString() });
      }
      return keep('users', user.id, user);
    },
    role(name) {
      const role = roleNamed(inThisGuild(), name);
      return keep('roles', role.id, role);
    },
    channel(name, types) {
      const { name: here } = inThisGuild();
      const channel = channelNamed(world, actor, name.startsWith('#') ? here + name : name);
      if (types && types.length > 0 && !types.includes(channel.type))
        throw new Error(`A channel of the kind of ${name} cannot be chosen here.`);
      return keep('channels', channel.id, resolvedChannelLook(world, channel, actor));
    },
    mentionable(name) {
      const named = name.replace(/^@&?/, '');
      const isRole = guild && [...guild.roles.values()].some((role) => role.id === named || role.name === named);
      return isRole ? resolver.role(name) : resolver.user(name);
    },
    file({ name, type = 'application/octet-stream', bytes }) {
      const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
      const attachment = attach(world, name, type, content);
      return keep('attachments', attachment.id, { ...attachment, ephemeral: true });
    },
    get resolved() {
      return Object.keys(found).length > 0 ? found : undefined;
    },
  };
  return resolver;
}

/** One or several options of a list, by value or label. */
export function optionsNamed(component: Json, names: readonly string[]): string[] {
  const options = asList(component.options).map(asObject);
  return names.map((name) => {
    const missing = `"${name}" is not to be chosen here`;
    return String(meant(options, name, missing, ({ value, label }) => ({ id: value, label })).value);
  });
}

/** What a select sends for the names that a person chose. */
export function selected(resolver: Resolver, component: Json, names: readonly string[]): string[] {
  const { min_values: min = 1, max_values: max = 1, required } = component;
  const least = required === false && names.length === 0 ? 0 : Number(min);
  if (names.length < least || names.length > Number(max))
    throw new Error(`Between ${least} and ${max} can be chosen here, not ${names.length}.`);
  switch (component.type) {
    case ComponentType.UserSelect:
      return names.map((name) => resolver.user(name));
    case ComponentType.RoleSelect:
      return names.map((name) => resolver.role(name));
    case ComponentType.ChannelSelect:
      return names.map((name) => resolver.channel(name, asList(component.channel_types)));
    case ComponentType.MentionableSelect:
      return names.map((name) => resolver.mentionable(name));
    default:
      return optionsNamed(component, names);
  }
}
