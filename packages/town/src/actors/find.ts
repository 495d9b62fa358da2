/** Finding what a person points at: channels, people and roles by name, components by id or by what is written on them. */
import { type APIRole, ComponentType } from 'discord-api-types/v10';
import type { Json } from '#checks/read';
import { asList, asObject, isObject } from '#checks/read';
import { dmOf } from '#world/places';
import { type Channel, type Guild, type Message, messageOf, must, type Person, type World } from '#world/world';

/** `#name`, `Guild#name`, `dm` (with the bot), `@name` (with somebody), an id, or anything that has the channel's id. */
export type Place = string | { id: string };

export function personNamed(world: World, name: string): Person {
  const wanted = name.replace(/^@/, '').toLowerCase();
  for (const person of world.people.values()) {
    const { id, username, global_name } = person.user;
    if (id === wanted || username.toLowerCase() === wanted || global_name?.toLowerCase() === wanted) return person;
  }
  throw new Error(`Nobody in the town is called ${name}.`);
}

export const guildsOf = (world: World, user: string): Guild[] =>
  [...world.guilds.values()].filter((guild) => guild.members.has(user));

export function channelNamed(world: World, user: string, place: Place): Channel {
  const text = typeof place === 'string' ? place : place.id;
  if (text === 'dm') return dmOf(world, user, world.bot.user.id);
  if (text.startsWith('@')) return dmOf(world, user, personNamed(world, text).user.id);
  const byId = world.channels.get(text);
  if (byId) return byId;
  const [guildName, name] = text.split('#');
  for (const guild of guildsOf(world, user)) {
    if (guildName && guild.name !== guildName) continue;
    for (const id of guild.channels) {
      const channel = world.channels.get(id);
      if (channel && channel.name === name) return channel;
    }
  }
  throw new Error(`There is no channel ${text}.`);
}

export function roleNamed(guild: Guild, name: string): APIRole {
  const wanted = name.replace(/^@&?/, '').toLowerCase();
  const role = [...guild.roles.values()].find(
    (one) => one.id === name || one.name.replace(/^@/, '').toLowerCase() === wanted,
  );
  return must(role, `role ${name} in ${guild.name}`);
}

/** Where a message is, as people hold it: what they were given, or its ids. */
export type Pointed = { id: string; channel_id: string };

/** The message as it is now. */
export function storedMessage(world: World, pointed: Pointed): Message {
  const message = messageOf(world, pointed.channel_id, pointed.id);
  if (!message) throw new Error('That message is gone.');
  return message;
}

/** Every component in a tree, from the top. */
export function* everyComponent(list: unknown): Generator<Json> {
  for (const one of asList(list)) {
    if (!isObject(one)) continue;
    yield one;
    yield* everyComponent(one.components);
    if (isObject(one.accessory)) yield* everyComponent([one.accessory]);
    if (isObject(one.component)) yield* everyComponent([one.component]);
  }
}

/** What a thing is called: by the bot, and by what people read on it. */
export type Called = { id?: unknown; label?: unknown };

/**
 * The one that is meant by its id, by what is written on it, or by the beginning of its id: `setup:mode:on` means
 * `setup:mode:on:7`. The whole id goes before everything else. `missing` is said, with what there is, when there is none.
 */
export function meant<T>(things: readonly T[], name: string, missing: string, called: (thing: T) => Called): T {
  const all = things.map((thing) => ({ thing, ...called(thing) }));
  const exact = all.find(({ id }) => id === name);
  if (exact) return exact.thing;
  const found = all.filter(({ id, label }) => label === name || (typeof id === 'string' && id.startsWith(`${name}:`)));
  const [first, second] = found;
  if (!first) throw new Error(`${missing}; there is: ${listed(all)}.`);
  if (second) throw new Error(`"${name}" may be any of these: ${listed(found)}.`);
  return first.thing;
}

const listed = (all: readonly Called[]) =>
  all.map(({ id, label }) => (label === undefined ? id : id === undefined ? label : `${label} (${id})`)).join(', ') ||
  'none';

/** A button by its custom id, the beginning of it, its label or its emoji. */
export function buttonNamed(list: unknown, name: string): Json {
  const buttons = [...everyComponent(list)].filter((one) => one.type === ComponentType.Button);
  return meant(buttons, name, `There is no button "${name}"`, (one) => ({
    id: one.custom_id,
    label: one.label ?? asObject(one.emoji).name,
  }));
}

const selects: readonly unknown[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

/** A select by its custom id, the beginning of it, or its placeholder. */
export function selectNamed(list: unknown, name: string): Json {
  const all = [...everyComponent(list)].filter((one) => selects.includes(one.type));
  return meant(all, name, `There is no select "${name}"`, (one) => ({
    id: one.custom_id,
    label: one.placeholder,
  }));
}
