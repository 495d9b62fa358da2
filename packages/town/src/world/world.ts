/** What there is in the town: plain state, and one stream of everything that changes it. */
import type {
  APIApplicationCommand,
  APIApplicationCommandPermission,
  APIEmoji,
  APIGuildForumTag,
  APIMessage,
  APIOverwrite,
  APIRole,
  APIUser,
  ChannelType,
  Locale,
} from 'discord-api-types/v10';
import type { Clock } from '#clock';
import { createIds, type Ids } from '#world/ids';

export type Person = { user: APIUser; locale: Locale; dmsOpen: boolean };

export type Member = { user: string; roles: string[]; nick: string | null; joinedAt: number };

export type Guild = {
  id: string;
  name: string;
  owner: string;
  locale: Locale;
  roles: Map<string, APIRole>;
  members: Map<string, Member>;
  channels: Set<string>;
  systemChannel: string | null;
  /** False while an outage lasts. */
  available: boolean;
  /** What administrators decided about commands, by command id (or application id: for all). */
  commandPermissions: Map<string, APIApplicationCommandPermission[]>;
};

export type Thread = {
  owner: string;
  members: Map<string, number>;
  archived: boolean;
  locked: boolean;
  archivedAt: number;
  tags: string[];
  sent: number;
};

export type Channel = {
  id: string;
  type: ChannelType;
  /** Absent: a direct message. */
  guild?: string;
  name: string;
  parent: string | null;
  position: number;
  topic: string | null;
  overwrites: APIOverwrite[];
  tags: APIGuildForumTag[];
  thread?: Thread;
  /** Of a direct message. */
  recipients: string[];
  lastMessage: string | null;
};

/** A message as it is kept; what a viewer is shown is made from it (see look.ts). */
export type Message = {
  wire: Omit<APIMessage, 'referenced_message' | 'reactions' | 'thread'>;
  guild?: string;
  /** Ephemeral: the only person who sees it. */
  onlyFor?: string;
  reactions: Map<string, { emoji: APIEmoji; users: Set<string> }>;
};

/** `t` and `d` as on Discord's gateway, with nothing left out; who may know of it is decided for each viewer. */
export type WorldEvent = {
  t: string;
  d: object;
  guild?: string;
  channel?: string;
  /** When given, only these people know of it. */
  only?: readonly string[];
};

export type File = { id: string; name: string; type: string; bytes: Uint8Array };

export type World = {
  clock: Clock;
  ids: Ids;
  /** The application, whose id its bot shares. */
  bot: Person;
  /** The privileged intents that the application has been granted. */
  grants: { messageContent: boolean; guildMembers: boolean; presences: boolean };
  people: Map<string, Person>;
  /** Who added the application for themselves, by id. */
  addedBy: Set<string>;
  guilds: Map<string, Guild>;
  channels: Map<string, Channel>;
  /** Direct message channels by their two people's ids, sorted. */
  dms: Map<string, string>;
  /** By channel, then by id. */
  messages: Map<string, Map<string, Message>>;
  commands: Map<string, APIApplicationCommand>;
  files: Map<string, File>;
  /** Where files are served, without a slash at the end. */
  origin: string;
  emit(event: WorldEvent): void;
  listen(listener: (event: WorldEvent) => void): () => void;
};

export function createWorld(clock: Clock, bot: (ids: Ids) => Person): World {
  const ids = createIds(clock.now);
  const listeners = new Set<(event: WorldEvent) => void>();
  const self = bot(ids);
  return {
    clock,
    ids,
    bot: self,
    grants: { messageContent: true, guildMembers: false, presences: false },
    people: new Map([[self.user.id, self]]),
    addedBy: new Set(),
    guilds: new Map(),
    channels: new Map(),
    dms: new Map(),
    messages: new Map(),
    commands: new Map(),
    files: new Map(),
    origin: '',
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const iso = (ms: number): string => new Date(ms).toISOString();

/** An entry that must be there: anything else is a fault of the town itself. */
export function must<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Error(`The town has no ${what}.`);
  return thing;
}

export const guildOf = (world: World, id: string): Guild => must(world.guilds.get(id), `guild ${id}`);
export const channelOf = (world: World, id: string): Channel => must(world.channels.get(id), `channel ${id}`);
export const personOf = (world: World, id: string): Person => must(world.people.get(id), `person ${id}`);
export const messageOf = (world: World, channel: string, id: string): Message | undefined =>
  world.messages.get(channel)?.get(id);
