import { openTown, type Town } from '@attune/town';
import { tellChannel } from '@attune/town/world/places';
import { Client, type PermissionsString } from 'discord.js';
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reachIn } from '#panels/reach';
import { deny } from '../components.ts';

/** What the bot may do in a channel, as the town (which reckons by itself) and Discord let it. */

let town: Town;
let client: Client<true>;

beforeEach(async () => {
  town = await openTown();
  const unconnected = new Client({ intents: [], rest: { api: town.api, retries: 0 } });
  unconnected.rest.setToken(town.token);
  client = Object.assign(unconnected, { user: { id: town.bot.id } }) as unknown as Client<true>;
});
afterEach(async () => {
  client.rest.clearHandlerSweeper();
  client.rest.clearHashSweeper();
  await town.close();
});

const may = async (channel: string, permission: PermissionsString) =>
  (await reachIn(client, town.guild.id))?.get(town.channel(channel).id)?.may.has(permission);

function overwrite(name: string, id: string, type: 0 | 1, allow: bigint, denied: bigint) {
  const channel = town.channel(name);
  const other = channel.overwrites.filter((over) => over.id !== id);
  channel.overwrites = [...other, { id, type, allow: allow.toString(), deny: denied.toString() }];
  tellChannel(town.world, 'CHANNEL_UPDATE', channel);
}
const botRole = () => {
  const roles = town.guild.members.get(town.bot.id)?.roles ?? [];
  const [role] = roles;
  if (role === undefined) throw new Error('the bot has no role');
  return role;
};

describe('what the bot may do', () => {
  it('is known of every channel and category, with what each belongs to', async () => {
    const reach = await reachIn(client, town.guild.id);
    const channels = [...town.world.channels.values()].filter(({ guild, thread }) => guild && !thread);
    expect([...(reach?.keys() ?? [])].sort()).toEqual(channels.map(({ id }) => id).sort());
    expect(reach?.get(town.channel('#circle').id)?.parentId).toBe(town.channel('#Circles').id);
    expect(reach?.get(town.channel('#Circles').id)?.parentId).toBeNull();
  });

  it('is what its roles may, less what a channel denies everyone', async () => {
    expect(await may('#support', 'ViewChannel')).toBe(true);
    expect(await may('#support', 'ManageGuild')).toBe(false);
    deny(town, town.channel('#support'), Bits.ViewChannel);
    expect(await may('#support', 'ViewChannel')).toBe(false);
    expect(await may('#support', 'ReadMessageHistory')).toBe(true);
    expect(await may('#general', 'ViewChannel')).toBe(true);
  });

  it('is given back by a role of its own, taken and given by a word for itself, and not by a role of others', async () => {
    deny(town, town.channel('#support'), Bits.ViewChannel);
    overwrite('#support', '123', 0, Bits.ViewChannel, 0n);
    expect(await may('#support', 'ViewChannel')).toBe(false);
    overwrite('#support', botRole(), 0, Bits.ViewChannel, 0n);
    expect(await may('#support', 'ViewChannel')).toBe(true);
    overwrite('#support', town.bot.id, 1, 0n, Bits.ViewChannel);
    expect(await may('#support', 'ViewChannel')).toBe(false);
    overwrite('#support', town.bot.id, 1, Bits.ViewChannel, 0n);
    expect(await may('#support', 'ViewChannel')).toBe(true);
  });

  it('is everything for an administrator', async () => {
    deny(town, town.channel('#support'), Bits.ViewChannel);
    const role = town.guild.roles.get(botRole());
    if (role) role.permissions = Bits.Administrator.toString();
    expect(await may('#support', 'ViewChannel')).toBe(true);
    expect(await may('#support', 'ManageGuild')).toBe(true);
  });

  it('is not known when Discord does not say, or does not say soon', async () => {
    town.faults.next('GET /guilds/:guild/roles', { status: 500 });
    expect(await reachIn(client, town.guild.id)).toBeUndefined();
    expect(await reachIn(client, '1')).toBeUndefined();
    town.faults.next('GET /guilds/:guild/channels', { hang: true });
    const from = performance.now();
    expect(await reachIn(client, town.guild.id)).toBeUndefined();
    expect(performance.now() - from).toBeLessThan(2_500);
  });
});
