/** Lets a visitor's hands do what an inhabitant can do: from the page's JSON to the verbs of an actor. */
import { randomUUID } from 'node:crypto';
import type { Actor, Town } from '@attune/town';
import type { Value } from '@attune/town/actors/commands';
import type { Fields } from '@attune/town/actors/modal';
import type { Given } from '@attune/town/actors/resolve';
import type { Answer } from '@attune/town/actors/uses';
import { asList, asObject, type Json } from '@attune/town/checks/read';
import { has, inChannel } from '@attune/town/world/permissions';
import { dmOf, tellChannel } from '@attune/town/world/places';
import { type Channel, channelOf } from '@attune/town/world/world';
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { acknowledged } from './acknowledged.ts';
import type { ActResult } from './protocol.ts';
import { messageFor } from './snapshot.ts';

/** Discord gives an application three seconds; a little later somebody here has said how it went. */
const within = 4_500;

/** Says no in words for the visitor. */
const no = (why: string): never => {
  throw new Error(why);
};

/** What one page does, by verb. Forms that were opened are kept until they are sent. */
export function createActs(town: Town) {
  const { world } = town;
  const forms = new Map<string, Answer>();

  const channelAt = (id: unknown): Channel => world.channels.get(String(id)) ?? no('That channel is gone.');

  const seenBy = (actor: Actor, given: unknown) => {
    const { id, channel_id } = asObject(given);
    const pointed = { id: String(id), channel_id: String(channel_id) };
    return messageFor(world, pointed, actor.id) ?? no('That message is gone.');
  };

  const needs = (actor: Actor, channel: Channel, bit: bigint, why: string) => {
    if (!has(inChannel(world, channel, actor.id), bit)) no(why);
  };

  /** Begins a use of the application, and ends with its answer or with the word that it has it. */
  async function used(begin: () => Promise<Answer>): Promise<ActResult> {
    const answer = await acknowledged(town, begin);
    if (answer === 'deferred' || answer.gone) return {};
    if (answer.failed !== undefined) return { failed: answer.failed };
    if (!answer.modal) return {};
    const id = randomUUID();
    forms.set(id, answer);
    return { form: { id, modal: answer.modal } };
  }

  const verbs: Record<string, (actor: Actor, args: unknown[]) => Promise<ActResult>> = {
    async says(actor, [place, text, how]) {
      const { replyTo, ping } = asObject(how);
      const channel = channelAt(place);
      if (channel.thread?.locked) needs(actor, channel, Bits.ManageThreads, 'This thread is locked.');
      await actor.says(channel, String(text), {
        files: filesIn(asObject(how).files),
        ping: ping !== false,
        ...(replyTo !== undefined && { replyTo: seenBy(actor, replyTo) }),
      });
      return {};
    },
    async edits(actor, [message, text]) {
      const words = String(text);
      if (words.trim() === '') no('An empty message cannot be sent.');
      if ([...words].length > 2000) no('A message holds 2,000 characters.');
      await actor.edits(seenBy(actor, message), words.trim());
      return {};
    },
    async deletes(actor, [message]) {
      await actor.deletes(seenBy(actor, message));
      return {};
    },
    async reacts(actor, [message, emoji]) {
      const found = seenBy(actor, message);
      const isThere = found.reactions?.some((one) => one.emoji.name === emoji) === true;
      if (!isThere) needs(actor, channelAt(found.channel_id), Bits.AddReactions, 'You may not add reactions here.');
      await actor.reacts(found, emojiIn(emoji));
      return {};
    },
    async unreacts(actor, [message, emoji]) {
      await actor.unreacts(seenBy(actor, message), emojiIn(emoji));
      return {};
    },
    async pins(actor, [message]) {
      await actor.pins(seenBy(actor, message));
      return {};
    },
    async forwards(actor, [message, to]) {
      const sent = await actor.forwards(seenBy(actor, message), channelAt(to));
      return { channel: sent.channel_id };
    },
    async posts(actor, [forum, title, text, how]) {
      const { tags, files } = asObject(how);
      const ids = asList(tags).map(String);
      if (ids.length > 5) no('A post takes at most 5 tags.');
      const words = String(text);
      if (words.trim() === '' && asList(files).length === 0) no('A post needs a message.');
      if ([...words].length > 2000) no('A message holds 2,000 characters.');
      const post = await actor.posts(channelAt(forum), nameIn(title), words, { tags: ids, files: filesIn(files) });
      return { channel: post.id };
    },
    async startsThread(actor, [from, name]) {
      const start = typeof from === 'string' ? from : seenBy(actor, from);
      if (typeof start !== 'string' && world.channels.has(start.id)) no('That message has a thread already.');
      const thread = await actor.startsThread(start, nameIn(name));
      return { channel: thread.id };
    },
    async startsPrivateThread(actor, [channel, name, invites]) {
      const thread = await actor.startsPrivateThread(channelAt(channel), nameIn(name), asList(invites).map(String));
      return { channel: thread.id };
    },
    async archives(actor, [thread]) {
      const channel = channelAt(thread);
      if (channel.thread?.owner !== actor.id)
        needs(actor, channel, Bits.ManageThreads, 'You may not close this thread.');
      await actor.archives(channel);
      return {};
    },
    async types(actor, [channel]) {
      await actor.types(channelAt(channel));
      return {};
    },
    async opensDmWith(actor, [person]) {
      if (!world.people.has(String(person)) || person === actor.id) no('You cannot write to them.');
      const channel = dmOf(world, actor.id, String(person));
      tellChannel(world, 'CHANNEL_CREATE', channel);
      return { channel: channel.id };
    },
    async closesDms(actor) {
      actor.closesDms();
      return {};
    },
    async opensDms(actor) {
      actor.opensDms();
      return {};
    },
    runs: (actor, [channel, command, path, options]) =>
      used(() => actor.runs(pathOf(command, path), valuesIn(options), { in: channelAt(channel), within })),
    async completes(actor, [channel, command, path, options, focused]) {
      const how = { in: channelAt(channel), focused: String(focused), within };
      const choices = await actor.completes(pathOf(command, path), valuesIn(options), how);
      if (choices.failed !== undefined) no(choices.failed);
      return { choices };
    },
    usesMenu: (actor, [message, command]) =>
      used(() => actor.usesMenu(seenBy(actor, message), String(command), { within })),
    usesMenuOn: (actor, [channel, person, command]) =>
      used(() => actor.usesMenuOn(String(person), String(command), { in: channelAt(channel), within })),
    presses: (actor, [message, customId]) =>
      used(() => actor.presses(seenBy(actor, message), String(customId), { within })),
    selects: (actor, [message, customId, values]) => {
      const found = seenBy(actor, message);
      const names = asList(values).map((value) => roleName(channelOf(world, found.channel_id), String(value)));
      return used(() => actor.selects(found, String(customId), names, { within }));
    },
    async submits(actor, [form, fields]) {
      const opened = forms.get(String(form)) ?? no('Something went wrong. Try again.');
      const result = await used(() => actor.submits(opened, fieldsIn(fields), { within }));
      // A form that was not answered is kept: its fields can be sent again.
      if (result.failed === undefined) forms.delete(String(form));
      return result;
    },
  };

  /** A mentionable's role is chosen by its name: an actor takes every id for a person's. */
  function roleName(channel: Channel, value: string): string {
    const guild = channel.guild === undefined ? undefined : world.guilds.get(channel.guild);
    return guild?.roles.get(value)?.name ?? value;
  }

  return {
    /** @throws an Error, also of an actor, whose message is for the visitor. */
    act(as: string, verb: string, args: unknown[]): Promise<ActResult> {
      const found = (Object.hasOwn(verbs, verb) && verbs[verb]) || no(`Nobody can do "${verb}" here.`);
      return found(town.person(as), args);
    },
  };
}

const pathOf = (command: unknown, path: unknown) => [String(command), ...asList(path).map(String)].join(' ');

const emojiIn = (emoji: unknown): string => {
  const text = String(emoji);
  return text === '' || text.length > 64 ? no('Unknown Emoji') : text;
};

function nameIn(given: unknown): string {
  const name = String(given ?? '').trim();
  if (name === '' || [...name].length > 100) no('A name holds between 1 and 100 characters.');
  return name;
}

const isFile = (value: unknown): value is { name: string; type: string; base64: string } =>
  typeof asObject(value).base64 === 'string';

function fileIn(given: unknown): Given {
  const { name, type, base64 } = asObject(given);
  const bytes = Buffer.from(String(base64), 'base64');
  return { name: String(name), type: String(type) || 'application/octet-stream', bytes };
}

const filesIn = (list: unknown): Given[] => {
  const files = asList(list);
  return files.length > 10 ? no('A message takes at most 10 files.') : files.map(fileIn);
};

const mapped = <T>(given: unknown, make: (value: unknown) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(asObject(given) satisfies Json).map(([name, value]) => [name, make(value)]));

const valuesIn = (options: unknown): Record<string, Value> =>
  mapped(options, (value): Value => (isFile(value) ? fileIn(value) : (value as Value)));

const fieldsIn = (fields: unknown): Fields =>
  mapped(fields, (value) => {
    if (!Array.isArray(value)) return typeof value === 'boolean' ? value : String(value);
    return value.every(isFile) && value.length > 0 ? value.map(fileIn) : value.map(String);
  });
