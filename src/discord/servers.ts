import { type Client, Events, GatewayDispatchEvents, type GatewayReadyDispatchData } from 'discord.js';
import type { Store } from '#store/open';

/** Keeps what the store knows of servers in step with those that the bot is in. */

type Packet = { t: GatewayDispatchEvents; d: GatewayReadyDispatchData };

export function followServers(
  client: Client,
  ears: {
    guilds: Store['guilds'];
    now: () => number;
    /** The bot is no longer in this server. */
    forgotten: (guild: string) => void;
    /** An outage: nothing is heard of this server for a while. */
    missed: (guild: string) => void;
    /** Lets a write to the database fail with a line in the log. */
    quietly: (work: Promise<unknown>) => unknown;
  },
): void {
  const { guilds, now, forgotten, missed, quietly } = ears;
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
    void quietly(guilds.reconcile(here, now()));
  };
}
