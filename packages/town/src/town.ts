/**
 * The town: a Discord of one's own on this machine, with a few people in it. Any Discord client can log in to it.
 * See `openTown`.
 */
import { type APIUser, Locale } from 'discord-api-types/v10';
import { personNamed } from '#actors/find';
import type { Actor } from '#actors/person';
import { waitFor } from '#actors/waiting';
import { type Clock, createClock } from '#clock';
import { createFaults, type Faults } from '#faults';
import { createGateway, type Gateway } from '#gateway/gateway';
import { mayKnow } from '#gateway/intents';
import { foundHarbour } from '#harbour';
import { type Mount, openDoor } from '#http';
import { createInteractions } from '#interactions/interactions';
import { createKeeper, firstGuild, type Keeper, type NewGuild } from '#keeper';
import { type Exchange, serveApi } from '#rest/serve';
import { userLook } from '#world/guilds';
import { type Channel, createWorld, type Guild, type World, type WorldEvent } from '#world/world';

export type { Answer } from '#actors/uses';
export type { Actor, Channel, Exchange, Guild, Mount, NewGuild, World, WorldEvent };

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

export type Town = Keeper & {
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

  const town: Town = {
    ...createKeeper(world, interactions),
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
      return firstGuild(world);
    },
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
