/** An inhabitant: everything that a person can do in the town. Acts return what came of them, as Discord shows it. */
import {
  type APIMessage,
  type APIUser,
  PermissionFlagsBits as Bits,
  ChannelType,
  MessageType,
} from 'discord-api-types/v10';
import type { Ears } from '#actors/ears';
import { channelNamed, type Place, type Pointed, personNamed, storedMessage } from '#actors/find';
import type { Given } from '#actors/resolve';
import { type Seen, seen, type Uses } from '#actors/uses';
import { patience } from '#actors/waiting';
import { addMember, removeMember } from '#world/guilds';
import { channelLook } from '#world/look';
import { attach, bulkDelete, deleteMessage, editMessage, react, setPinned, writeMessage } from '#world/messages';
import { canSee, canWrite, has, inChannel } from '#world/permissions';
import { addThread, dmOf, joinThread, tellChannel } from '#world/places';
import { threadFrom, threadIn, wakeThread } from '#world/threads';
import { type Channel, channelOf, type Guild, type Message, messageOf, personOf, type World } from '#world/world';

export type ThreadLook = ReturnType<typeof channelLook> & { id: string };

export type Says = {
  replyTo?: Pointed;
  /** Whether the answered person is pinged; yes unless told. */
  ping?: boolean;
  files?: readonly Given[];
  /** A moment (milliseconds since 1970), for messages that come late. */
  at?: number;
};

export type Actor = Uses & {
  readonly id: string;
  readonly user: APIUser;
  /** The language of this person's client. */
  locale: string;
  says(place: Place, text: string, how?: Says): Promise<APIMessage>;
  repliesTo(message: Pointed, text: string, how?: Says): Promise<APIMessage>;
  edits(message: Pointed, text: string): Promise<APIMessage>;
  deletes(message: Pointed): Promise<void>;
  bulkDeletes(messages: readonly Pointed[]): Promise<void>;
  reacts(message: Pointed, emoji: string): Promise<void>;
  unreacts(message: Pointed, emoji: string): Promise<void>;
  pins(message: Pointed): Promise<void>;
  forwards(message: Pointed, to: Place): Promise<APIMessage>;
  posts(
    forum: Place,
    title: string,
    text: string,
    how?: Says & { tags?: readonly string[] },
  ): Promise<ThreadLook & { message: APIMessage }>;
  /** From a message; or in a channel, which announces it. */
  startsThread(from: Pointed | string, name: string): Promise<ThreadLook>;
  /** A thread without a message, which others see when they are invited. */
  startsPrivateThread(channel: Place, name: string, invites?: readonly string[]): Promise<ThreadLook>;
  archives(thread: Place): Promise<void>;
  types(place: Place): Promise<void>;
  joins(guild: Guild): Promise<void>;
  leaves(guild: Guild): Promise<void>;
  closesDms(): void;
  opensDms(): void;
  /** Every direct message between this person and the bot that is there now. */
  readonly dms: Seen[];
  /** The oldest direct message from the bot that was not taken yet. */
  nextDm(within?: number): Promise<Seen>;
  /** Whatever the bot says next where this person sees it: ephemeral answers and follow-ups, too. */
  nextFromBot(within?: number): Promise<Seen>;
  /** What this person sees in a channel, the oldest first; ephemeral messages are theirs alone. */
  reads(place: Place): Seen[];
  /** The message as this person sees it now; undefined when it is gone or not for them. */
  sees(message: Pointed): Seen | undefined;
};

/** `uses`: what this person does with the application; `ears`: what they hear from it. */
export function createActor(world: World, id: string, uses: Uses, ears: Ears): Actor {
  const self = personOf(world, id);
  const bot = world.bot.user.id;
  const place = (named: Place) => channelNamed(world, id, named);
  const look = (message: Message): APIMessage => seen(world, message, id);

  const mayWrite = (channel: Channel) => {
    if (!canWrite(world, channel, id))
      throw new Error(`${self.user.username} may not write in ${channel.name || 'that conversation'}.`);
  };
  const needs = (channel: Channel, bit: bigint, what: string) => {
    if (!has(inChannel(world, channel, id), bit)) throw new Error(`${self.user.username} may not ${what} there.`);
  };
  const mine = (message: Message) => {
    if (message.wire.author.id !== id) throw new Error("Only one's own messages can be edited.");
    return message;
  };
  const channelAt = (message: Message) => channelOf(world, message.wire.channel_id);

  const write = (channel: Channel, text: string, how: Says, more: { id?: string } = {}): Message => {
    const files = (how.files ?? []).map(({ name, type = 'application/octet-stream', bytes }) =>
      attach(world, name, type, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes),
    );
    if (text.trim() === '' && files.length === 0) throw new Error('An empty message cannot be sent.');
    if ([...text].length > 2000) throw new Error('A message holds 2,000 characters.');
    const replies = how.replyTo && storedMessage(world, how.replyTo);
    return writeMessage(world, channel, {
      author: self.user,
      content: text.trim(),
      attachments: files,
      ...more,
      ...(how.at !== undefined && { at: how.at }),
      ...(replies && {
        type: MessageType.Reply,
        reference: { channel: channel.id, message: replies.wire.id },
        ...(how.ping === false && { allowed: { parse: ['users', 'roles', 'everyone'], replied_user: false } }),
      }),
    });
  };

  const reads = (channel: Channel): Seen[] =>
    [...(world.messages.get(channel.id)?.values() ?? [])]
      .filter((message) => canSee(world, channel, message.onlyFor, id))
      .map((message) => seen(world, message, id))
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));

  const says = async (named: Place, text: string, how: Says = {}): Promise<APIMessage> => {
    const channel = place(named);
    mayWrite(channel);
    if (channel.type === ChannelType.GuildForum) throw new Error('A forum takes posts, not messages.');
    wakeThread(world, channel);
    return look(write(channel, text, how));
  };

  const acts: Omit<Actor, keyof Uses> = {
    id,
    user: self.user,
    get locale() {
      return self.locale;
    },
    set locale(locale) {
      self.locale = locale as typeof self.locale;
    },
    says,
    repliesTo: (message, text, how = {}) => says(message.channel_id, text, { ...how, replyTo: message }),
    async edits(pointed, text) {
      return look(editMessage(world, mine(storedMessage(world, pointed)), { content: text }));
    },
    async deletes(pointed) {
      const message = storedMessage(world, pointed);
      if (message.wire.author.id !== id && message.onlyFor !== id)
        needs(channelAt(message), Bits.ManageMessages, 'delete messages of others');
      deleteMessage(world, message);
    },
    async bulkDeletes(messages) {
      const [first] = messages;
      if (!first) return;
      const channel = channelOf(world, first.channel_id);
      needs(channel, Bits.ManageMessages, 'delete messages of others');
      bulkDelete(
        world,
        channel,
        messages.map((one) => one.id),
      );
    },
    async reacts(pointed, emoji) {
      react(world, storedMessage(world, pointed), id, emoji, true);
    },
    async unreacts(pointed, emoji) {
      react(world, storedMessage(world, pointed), id, emoji, false);
    },
    async pins(pointed) {
      const message = storedMessage(world, pointed);
      const channel = channelAt(message);
      needs(channel, Bits.ManageMessages, 'pin messages');
      setPinned(world, message, true);
      writeMessage(world, channel, {
        author: self.user,
        type: MessageType.ChannelPinnedMessage,
        reference: { channel: channel.id, message: message.wire.id },
      });
    },
    async forwards(pointed, to) {
      const message = storedMessage(world, pointed);
      const channel = place(to);
      mayWrite(channel);
      const reference = { channel: message.wire.channel_id, message: message.wire.id };
      return look(writeMessage(world, channel, { author: self.user, reference, forwards: message }));
    },
    async posts(named, title, text, how = {}) {
      const forum = place(named);
      if (forum.type !== ChannelType.GuildForum) throw new Error(`${forum.name} is no forum.`);
      mayWrite(forum);
      const tags = (how.tags ?? []).map((name) => {
        const tag = forum.tags.find((one) => one.name === name || one.id === name);
        if (!tag) throw new Error(`${forum.name} has no tag "${name}".`);
        return tag.id;
      });
      const thread = addThread(world, forum, { name: title, owner: id, tags });
      const message = look(write(thread, text, how, { id: thread.id }));
      return { ...(channelLook(world, thread, id) as ThreadLook), message };
    },
    async startsThread(from, name) {
      const message = typeof from === 'string' ? undefined : storedMessage(world, from);
      const parent = message ? channelAt(message) : place(from as string);
      needs(parent, Bits.CreatePublicThreads, 'start threads');
      const thread = message
        ? threadFrom(world, message, name, self.user)
        : threadIn(world, parent, name, self.user, true);
      return channelLook(world, thread, id) as ThreadLook;
    },
    async startsPrivateThread(named, name, invites = []) {
      const parent = place(named);
      needs(parent, Bits.CreatePrivateThreads, 'start private threads');
      const thread = threadIn(world, parent, name, self.user, false);
      for (const one of invites) joinThread(world, thread, personNamed(world, one).user.id);
      return channelLook(world, thread, id) as ThreadLook;
    },
    async archives(named) {
      const channel = place(named);
      if (!channel.thread) throw new Error('Only threads can be archived.');
      channel.thread.archived = true;
      tellChannel(world, 'THREAD_UPDATE', channel);
    },
    async types(named) {
      const channel = place(named);
      const timestamp = Math.floor(world.clock.now() / 1000);
      const where = { ...(channel.guild && { guild: channel.guild }) };
      const d = { channel_id: channel.id, user_id: id, timestamp, ...(channel.guild && { guild_id: channel.guild }) };
      world.emit({ t: 'TYPING_START', d, channel: channel.id, ...where });
    },
    joins: async (guild) => addMember(world, guild, id, [], true),
    leaves: async (guild) => removeMember(world, guild, id),
    closesDms() {
      self.dmsOpen = false;
    },
    opensDms() {
      self.dmsOpen = true;
    },
    get dms() {
      return reads(dmOf(world, id, bot));
    },
    reads: (named) => reads(place(named)),
    nextDm: (within = patience) => ears.dms.take(`a direct message to ${self.user.username}`, within),
    nextFromBot: (within = patience) => ears.all.take(`the bot to say something to ${self.user.username}`, within),
    sees(pointed) {
      const message = messageOf(world, pointed.channel_id, pointed.id);
      const channel = world.channels.get(pointed.channel_id);
      return message && channel && canSee(world, channel, message.onlyFor, id) ? seen(world, message, id) : undefined;
    },
  };
  return Object.defineProperties(uses, Object.getOwnPropertyDescriptors(acts)) as Actor;
}
