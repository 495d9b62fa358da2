import {
  type APIGuild,
  type Client,
  DiscordAPIError,
  Events,
  GatewayDispatchEvents,
  type GatewayReadyDispatchData,
  Routes,
} from 'discord.js';
import type { Store } from '#store/open';

/** Which shard hears of a server (https://discord.com/developers/docs/events/gateway#sharding-sharding-formula). */
export const shardOf = (guild: string, total: number): number => Number((BigInt(guild) >> 22n) % BigInt(total));

/** What is known of a server that the bot is in. */
export type Server = { name: string; preferredLocale: string };

/**
 * A server by its id; undefined: the bot is not in it. Direct messages are heard by one process, whichever server they
 * came from: where there are several, Discord is asked about those of the others.
 */
export function serverLookup(client: () => Client, hasOthers: boolean) {
  return async (guild: string): Promise<Server | undefined> => {
    const there = client().guilds.cache.get(guild);
    if (there || !hasOthers) return there;
    try {
      const { name, preferred_locale } = (await client().rest.get(Routes.guild(guild))) as APIGuild;
      return { name, preferredLocale: preferred_locale };
    } catch (error) {
      if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return undefined;
      throw error;
    }
  };
}

/** Keeps what the store knows of servers in step with those that the bot is in. */

/** Of a server that came back unnoticed all would be deleted after a month: what the database did not take is made good. */
export function createInStep(reconcile: () => Promise<void>) {
  let isBehind = false;
  const noted = (error: unknown) => {
    isBehind = true;
    throw error;
  };
  return {
    /** Something is written. */
    write: (work: Promise<unknown>) => work.catch(noted),
    /** Looks at all servers once more, where something was not written. */
    async catchUp(): Promise<void> {
      if (!isBehind) return;
      isBehind = false;
      await reconcile().catch(noted);
    },
  };
}

type Packet = { t: GatewayDispatchEvents; d: GatewayReadyDispatchData };

export function followServers(
  client: Client,
  ears: {
    guilds: Store['guilds'];
    /** Does it belong to a shard of this process? */
    isOurs: (guild: string) => boolean;
    now: () => number;
    /** The bot is no longer in this server. */
    forgotten: (guild: string) => void;
    /** An outage: nothing is heard of this server for a while. */
    missed: (guild: string) => void;
    /** Lets a write to the database fail with a line in the log. */
    quietly: (work: Promise<unknown>) => unknown;
  },
): void {
  const { guilds, isOurs, now, forgotten, missed, quietly } = ears;
  client.on(Events.GuildCreate, ({ id }) => void quietly(guilds.back(id)));
  client.on(Events.GuildDelete, ({ id }) => {
    forgotten(id);
    void quietly(guilds.gone(id, now()));
  });
  client.on(Events.GuildUnavailable, ({ id }) => missed(id));
  client.on('raw' as never, ({ t, d }: Packet, shard: number) => {
    if (t === GatewayDispatchEvents.Ready && client.isReady()) beganAnew(client, d, shard);
  });

  /** A session began anew: it tells which servers are there, but not which came and went while nobody listened. */
  const beganAnew = ({ guilds: { cache } }: Client, ready: GatewayReadyDispatchData, shard: number) => {
    const here = new Set(ready.guilds.map(({ id }) => id));
    for (const { id, shardId } of [...cache.values()]) {
      if (shardId !== shard) here.add(id);
      else if (!here.has(id)) {
        cache.delete(id);
        forgotten(id);
      }
    }
    void quietly(guilds.reconcile(here, now(), isOurs));
  };
}
