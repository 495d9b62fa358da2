/** The servers and people of the endurance run. The same plan makes the same, in every process. */
import { type Guild, makeWorld, numbers, type Person, type World } from '../world.ts';

export type Plan = {
  seed: number;
  guilds: number;
  /** In all, each opted in. */
  members: number;
  /** Parts of the members whose direct messages are closed, and whose account is gone. */
  closed: number;
  gone: number;
  /** Part of the support channels that the bot may not read. */
  forbidden: number;
};

export type Room = { guild: Guild; channel: string };
export type Crowd = {
  world: World;
  /** All support channels. */
  rooms: readonly Room[];
  forbidden: ReadonlySet<string>;
  closed: ReadonlySet<string>;
  gone: ReadonlySet<string>;
  /** Who wants notes, of everybody in a server. */
  optedIn(guild: Guild): readonly Person[];
  support(guild: Guild): readonly string[];
};

const support = ({ text }: Guild) => text.slice(0, Math.max(1, Math.ceil(text.length / 3)));

export function gather({ seed, guilds, members, closed, gone, forbidden }: Plan): Crowd {
  const each = Math.ceil(members / guilds);
  // A fifth of those who write never turned notes on.
  const size = { guilds, channels: 12, roles: 10, members: Math.ceil(each * 1.25), threads: 0 };
  const world = makeWorld(size, seed);
  const random = numbers(seed + 1);
  const optedIn = ({ people }: Guild) => people.slice(0, each);
  const chosen = <T>(all: readonly T[], part: number) => new Set(all.filter(() => random() < part));
  const rooms = world.guilds.flatMap((guild) => support(guild).map((channel) => ({ guild, channel })));
  const all = world.guilds.flatMap((guild) => optedIn(guild).map(({ user }) => user.id));
  const away = chosen(all, gone);
  return {
    ...{ world, rooms, optedIn, support, gone: away },
    forbidden: chosen(
      rooms.map(({ channel }) => channel),
      forbidden,
    ),
    closed: new Set([...chosen(all, closed)].filter((user) => !away.has(user))),
  };
}
