import { PermissionFlagsBits as Bits, OverwriteType } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { canView, every, has, inChannel, inGuild } from '#world/permissions';
import { town, useTown } from './each-town.ts';

useTown();

const may = (who: string, place: string, ...bits: bigint[]) =>
  has(inChannel(town.world, town.channel(place), town.person(who).id), ...bits);

test('who lives in Harbour, and what they may do', () => {
  expect(town.guild.name).toBe('Harbour');
  expect(inGuild(town.guild, town.person('ida').id)).toBe(every);
  expect(may('mo', '#support', Bits.ManageGuild, Bits.ManageMessages)).toBe(true);
  for (const who of ['ana', 'ben', 'cleo']) {
    expect(may(who, '#support', Bits.SendMessages, Bits.UseApplicationCommands)).toBe(true);
    expect(may(who, '#support', Bits.ManageGuild)).toBe(false);
  }
  expect(inGuild(town.guild, town.addPerson('Eve', { guild: null }).id)).toBe(0n);
  expect(town.channel('#stories').parent).toBe(town.channel('#Circles').id);
});

describe('overwrites', () => {
  const write = (id: string, type: OverwriteType, allow: bigint, deny: bigint) =>
    town.channel('#support').overwrites.push({ id, type, allow: allow.toString(), deny: deny.toString() });

  test('everyone, then roles, then the member; who may not look may nothing', () => {
    const role = town.addRole(town.guild, 'Speakers', 0n);
    town.setRoles(town.guild, 'ana', ['Speakers']);
    write(town.guild.id, OverwriteType.Role, 0n, Bits.SendMessages);
    write(role, OverwriteType.Role, Bits.SendMessages, 0n);
    expect(may('ana', '#support', Bits.SendMessages)).toBe(true);
    expect(may('ben', '#support', Bits.SendMessages)).toBe(false);
    write(town.person('ana').id, OverwriteType.Member, 0n, Bits.ViewChannel);
    expect(inChannel(town.world, town.channel('#support'), town.person('ana').id)).toBe(0n);
    expect(may('ida', '#support', Bits.SendMessages)).toBe(true);
  });

  test('threads follow their channel', async () => {
    const said = await town.person('ben').says('#support', 'x');
    const { id } = await town.person('ben').startsThread(said, 'A thread');
    const thread = town.world.channels.get(id);
    if (!thread) throw new Error('no thread');
    expect(canView(town.world, thread, town.person('ana').id)).toBe(true);
    write(town.guild.id, OverwriteType.Role, 0n, Bits.ViewChannel);
    expect(canView(town.world, thread, town.person('ana').id)).toBe(false);
  });
});
