import {
  type APIGuildChannel,
  type APIGuildMember,
  type APIRole,
  type Client,
  OverwriteType,
  PermissionFlagsBits,
  PermissionsBitField,
  Routes,
} from 'discord.js';

/**
 * What the bot may do in each channel of a server, or a member: fetched for a panel, as neither roles nor overwrites are
 * kept.
 */

/** A channel or category, and what may be done in it. */
export type Reach = { readonly parentId: string | null; readonly may: Readonly<PermissionsBitField> };

/** A press must be answered within three seconds, and this is only a part of what a panel tells; in ms. */
const patience = 1_500;

/**
 * Every channel of a server by id; `undefined` when Discord does not say, or not soon enough.
 * @param self whose reach; the bot's unless told.
 */
export async function reachIn(
  { rest, user }: Client<true>,
  guild: string,
  self = user.id,
): Promise<ReadonlyMap<string, Reach> | undefined> {
  const signal = AbortSignal.timeout(patience);
  const get = <T>(route: `/${string}`) => rest.get(route, { signal }) as Promise<T>;
  try {
    const [channels, roles, me] = await Promise.all([
      get<APIGuildChannel[]>(Routes.guildChannels(guild)),
      get<APIRole[]>(Routes.guildRoles(guild)),
      get<APIGuildMember>(Routes.guildMember(guild, self)),
    ]);
    const mine = new Set([guild, ...me.roles]);
    const base = new PermissionsBitField(
      roles.filter(({ id }) => mine.has(id)).map(({ permissions }) => BigInt(permissions)),
    );
    return new Map(
      channels.map((channel) => {
        const parentId = channel.parent_id ?? null;
        return [channel.id, { parentId, may: mayIn(channel, { base, guild, mine, self }) }];
      }),
    );
  } catch {
    return undefined;
  }
}

/** The roles of a server, by id; `undefined` when Discord does not say, or not soon enough. */
export async function rolesIn({ rest }: Client<true>, guild: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const roles = await rest.get(Routes.guildRoles(guild), { signal: AbortSignal.timeout(patience) });
    return new Set((roles as APIRole[]).map(({ id }) => id));
  } catch {
    return undefined;
  }
}

type Standing = { base: PermissionsBitField; guild: string; mine: ReadonlySet<string>; self: string };

/** As Discord reckons: what @everyone, then the roles, then the member is denied and allowed here. */
function mayIn({ permission_overwrites: all = [] }: APIGuildChannel, { base, guild, mine, self }: Standing) {
  if (base.has(PermissionFlagsBits.Administrator)) return new PermissionsBitField(PermissionsBitField.All).freeze();
  const layers = [
    all.filter(({ id }) => id === guild),
    all.filter(({ id, type }) => type === OverwriteType.Role && id !== guild && mine.has(id)),
    all.filter(({ id }) => id === self),
  ];
  return layers
    .reduce(
      (may, layer) => may.remove(layer.map(({ deny }) => BigInt(deny))).add(layer.map(({ allow }) => BigInt(allow))),
      new PermissionsBitField(base.bitfield),
    )
    .freeze();
}
