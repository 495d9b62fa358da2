import { ChannelType, type Client } from 'discord.js';

/**
 * Every channel and thread that Discord tells of, with the little that is asked of it for each message. discord.js would
 * keep all of it; what is needed besides is fetched when it is needed (see reach.ts).
 */

/** Where a channel or thread stands. */
export type Place = {
  readonly guildId: string;
  readonly type: ChannelType;
  /** Of a thread its channel, of a channel its category. */
  readonly parentId: string | null;
  /** Who began a thread. */
  readonly ownerId: string | null;
  /** What posts of a forum can be tagged with. */
  readonly tags?: readonly { id: string; name: string }[];
};
export type Places = Pick<ReadonlyMap<string, Place>, 'get' | 'has' | 'size' | 'values'>;

const kept = new WeakMap<Client, Map<string, Place>>();

/** The places that this client has heard of, by id. */
export const placesOf = (client: Client): Places => mapOf(client);

function mapOf(client: Client): Map<string, Place> {
  const known = kept.get(client) ?? new Map<string, Place>();
  kept.set(client, known);
  return known;
}

type Named = {
  id: string;
  guild_id?: string;
  type: ChannelType;
  parent_id?: string | null;
  owner_id?: string;
  available_tags?: { id: string; name: string }[];
};
type Guild = { id: string; channels?: Named[]; threads?: Named[] };
type Fields = Record<string, unknown>;

/** Takes in what a packet says of channels and threads. */
export function follow(client: Client, { t, d }: { t: string; d: Fields }): void {
  const places = mapOf(client);
  const add = (place: Named, guildId = place.guild_id) => {
    if (guildId === undefined) return;
    const { id, type, parent_id: parentId = null, owner_id: ownerId = null } = place;
    const tags = place.available_tags?.map(({ id, name }) => ({ id, name }));
    places.set(id, { guildId, type, parentId, ownerId, ...(tags && tags.length > 0 && { tags }) });
  };
  const dropWhere = (isGone: (place: Place) => boolean) => {
    for (const [id, place] of places) if (isGone(place)) places.delete(id);
  };

  switch (t) {
    case 'READY':
      // A session began anew: each of its servers comes again, with what there is now.
      dropWhere(isOfShard(d.shard as [number, number] | undefined));
      return;
    case 'GUILD_CREATE': {
      const { id, channels = [], threads = [] } = d as Guild;
      for (const place of [...channels, ...threads]) add(place, id);
      return;
    }
    case 'GUILD_DELETE':
      dropWhere(({ guildId }) => guildId === d.id);
      return;
    case 'CHANNEL_CREATE':
    case 'CHANNEL_UPDATE':
    case 'THREAD_CREATE':
    case 'THREAD_UPDATE':
      add(d as Named);
      return;
    case 'THREAD_LIST_SYNC':
      for (const thread of d.threads as Named[]) add(thread, d.guild_id as string);
      return;
    case 'CHANNEL_DELETE':
      places.delete(d.id as string);
      // Its threads go without a word. The channels of a category stay.
      dropWhere((place) => place.parentId === d.id && isThread(place));
      return;
    case 'THREAD_DELETE':
      places.delete(d.id as string);
  }
}

/** Discord's rule for which shard a server belongs to. */
function isOfShard([shard, count] = [0, 1]): (place: Place) => boolean {
  return ({ guildId }) => count === 1 || Number((BigInt(guildId) >> 22n) % BigInt(count)) === shard;
}

const { AnnouncementThread, PublicThread, PrivateThread } = ChannelType;

export const isThread = ({ type }: Place): boolean =>
  type === PublicThread || type === PrivateThread || type === AnnouncementThread;

export const isForum = ({ type }: Place): boolean => type === ChannelType.GuildForum || type === ChannelType.GuildMedia;
