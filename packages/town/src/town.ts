/**
 * The town: a Discord of one's own on this machine, with a few people in it. Any Discord client can log in to it.
 * See `openTown`.
 */
import {
  type APIMessage,
  type APIUser,
  ApplicationCommandPermissionType,
  Locale,
  MessageType,
} from 'discord-api-types/v10';
import { createEars } from '#actors/ears';
import { type Pointed, personNamed, roleNamed, storedMessage } from '#actors/find';
import { type Actor, createActor, firstPlace } from '#actors/person';
import { createUses } from '#actors/uses';
import { waitFor } from '#actors/waiting';
import { type Clock, createClock } from '#clock';
import { createFaults, type Faults } from '#faults';
import { createGateway, type Gateway } from '#gateway/gateway';
import { mayKnow } from '#gateway/intents';
import { botPermissions, foundHarbour, newPerson } from '#harbour';
import { type Mount, openDoor } from '#http';
import { createInteractions } from '#interactions/interactions';
import { type Exchange, serveApi } from '#rest/serve';
import { previewLink, writeMessage } from '#world/messages';
import {
  addChannel,
  addGuild,
  addMember,
  addRole,
  inviteBot,
  type NewChannel,
  removeBot,
  setAvailable,
  setLocale,
  setRole,
  setRoles,
  userLook,
} from '#world/places';
import { type Channel, createWorld, type Guild, must, type World, type WorldEvent } from '#world/world';

export type { Answer } from '#actors/uses';
export type { Actor, Channel, Exchange, Guild, Mount, World, WorldEvent };

export type TownOptions = {
  /** 0: any free port. */
  port?: number;
  host?: string;
  /** What real time is; the town's clock runs ahead of it when it is advanced. */
  now?: () => number;
  onExchange?: (exchange: Exchange) => void;
  token?: string;
  bot?: string;
  /** How many shards `GET /gateway/bot` asks for. */
  shards?: number;
  maxConcurrency?: number;
  heartbeatMs?: number;
  /** Without the guild "Harbour" and its people. */
  empty?: boolean;
};

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

export type Town = {
  /** For the client's `rest.api` option. */
  readonly api: string;
  readonly origin: string;
  readonly port: number;
  readonly token: string;
  readonly bot: APIUser;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly gateway: Gateway;
  readonly grants: World['grants'];
  readonly world: World;
  /** The first guild: Harbour. */
  readonly guild: Guild;
  person(name: string): Actor;
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
  /** A message by a webhook, under any name. */
  webhookSays(place: string, name: string, text: string): Promise<APIMessage>;
  /** Discord adds the preview of a link: an update without an edit. */
  previewsLink(message: Pointed, url: string): void;
  /** Everything that happens; with a person, only what they may know of. Returns how to stop. */
  on(listener: (event: WorldEvent) => void, viewer?: string): () => void;
  /** Waits for an event. */
  until(what: string, is: (event: WorldEvent) => boolean, within?: number): Promise<WorldEvent>;
  /** Every request to the API with its answer. Returns how to stop. */
  onExchange(listener: (exchange: Exchange) => void): () => void;
  /** Resolves when a client is logged in to the gateway. */
  online(within?: number): Promise<void>;
  /** Something else at this address, such as a page. */
  mount(mount: Mount): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Opens a town on 127.0.0.1. Close it, or hold it with `await using`. */
export async function openTown(options: TownOptions = {}): Promise<Town> {
  const { token = 'town-token', shards = 1, maxConcurrency = 1, heartbeatMs = 41_250 } = options;
  const door = await openDoor(options.host ?? '127.0.0.1', options.port ?? 0);
  const clock = createClock(options.now);
  const world = createWorld(clock, (ids) => ({
    user: userLook(ids.next(), options.bot ?? 'Bot', true),
    locale: Locale.EnglishUS,
    dmsOpen: true,
  }));
  world.origin = door.origin;
  const interactions = createInteractions(world);
  const gateway = createGateway(world, { token, heartbeatMs, perShard: 2500 });
  const exchanges = new Set(options.onExchange ? [options.onExchange] : []);
  const faults = createFaults();
  const url = `${door.origin.replace('http', 'ws')}/gateway`;
  door.mount(
    serveApi({
      world,
      interactions,
      faults,
      token,
      gateway: () => ({ url, shards, maxConcurrency }),
      onExchange: (exchange) => {
        for (const listener of exchanges) listener(exchange);
      },
    }),
  );
  door.mount({
    upgrade(request, socket, head, path) {
      if (path !== '/gateway' && path !== '/gateway/') return false;
      gateway.upgrade(request, socket, head);
      return true;
    },
  });
  if (!options.empty) foundHarbour(world);

  const actors = new Map<string, Actor>();
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
  const first = () => must(world.guilds.values().next().value, 'guild');

  const town: Town = {
    api: `${door.origin}/api`,
    origin: door.origin,
    port: door.port,
    token,
    bot: world.bot.user,
    clock,
    faults,
    gateway,
    grants: world.grants,
    world,
    get guild() {
      return first();
    },
    person: (name) => actorOf(personNamed(world, name).user.id),
    addPerson(name, { locale, guild = first(), roles = [], bot = false } = {}) {
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
    channel(name) {
      for (const guild of world.guilds.values()) {
        const found = [...guild.channels]
          .map((id) => world.channels.get(id))
          .find((one) => name === `#${one?.name}` || name === `${guild.name}#${one?.name}`);
        if (found) return found;
      }
      throw new Error(`There is no channel ${name}.`);
    },
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
      const channel = town.channel(place);
      const id = world.ids.next();
      const author: APIUser = { ...userLook(id, name, true), username: name, discriminator: '0000' };
      const message = writeMessage(world, channel, {
        author,
        content: text,
        type: MessageType.Default,
        more: { webhook_id: id },
      });
      return message.wire;
    },
    previewsLink: (message, link) => void previewLink(world, storedMessage(world, message), link),
    on(listener, viewer) {
      const id = viewer === undefined ? undefined : personNamed(world, viewer).user.id;
      return world.listen((event) => {
        if (id === undefined || mayKnow(world, event, id)) listener(event);
      });
    },
    until: (what, is, within) =>
      waitFor(what, (done) => world.listen((event) => void (is(event) && done(event))), within),
    onExchange(listener) {
      exchanges.add(listener);
      return () => exchanges.delete(listener);
    },
    online: (within) =>
      waitFor(
        'the bot to come online',
        (done) => {
          if (gateway.sessions.some((session) => session.connected)) done(undefined);
          return gateway.watch((what) => what !== 'gone' && done(undefined));
        },
        within,
      ),
    mount: (mount) => door.mount(mount),
    async close() {
      clock.close();
      gateway.close();
      await door.close();
    },
    [Symbol.asyncDispose]: () => town.close(),
  };
  return town;
}
