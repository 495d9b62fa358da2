/** The guild that every town begins with: a small support community and those who live in it. */
import { PermissionFlagsBits as Bits, ChannelType, Locale } from 'discord-api-types/v10';
import { addGuild, addMember, addRole, inviteBot, userLook, usual } from '#world/guilds';
import { addChannel } from '#world/places';
import type { Guild, Person, World } from '#world/world';

/** Somebody new, with an account and no guild yet. */
export function newPerson(world: World, name: string, bot = false): Person {
  const person: Person = { user: userLook(world.ids.next(), name, bot), locale: Locale.EnglishUS, dmsOpen: true };
  world.people.set(person.user.id, person);
  return person;
}

/** What a bot is usually invited with: reading and writing, nothing that moderates. */
export const botPermissions = usual & ~Bits.ChangeNickname;

/**
 * "Harbour": its owner Ida, the moderator Mo (Manage Server, Manage Messages), and Ana, Ben and Cleo;
 * #general, #support, and a category "Circles" with #circle and the forum #stories.
 */
export function foundHarbour(world: World): Guild {
  const ida = newPerson(world, 'Ida');
  const guild = addGuild(world, 'Harbour', ida.user.id, Locale.EnglishUS);
  const moderator = addRole(
    world,
    guild,
    'Moderator',
    Bits.ManageGuild | Bits.ManageMessages | Bits.ManageThreads | Bits.ModerateMembers,
  );
  for (const name of ['Ana', 'Ben', 'Cleo']) addMember(world, guild, newPerson(world, name).user.id);
  addMember(world, guild, newPerson(world, 'Mo').user.id, [moderator.id]);

  const general = addChannel(world, guild, { name: 'general', topic: 'Hello, and everything else' });
  guild.systemChannel = general.id;
  addChannel(world, guild, { name: 'support', topic: 'Share what is hard; listen first' });
  const circles = addChannel(world, guild, { name: 'Circles', type: ChannelType.GuildCategory });
  addChannel(world, guild, { name: 'circle', parent: circles.id });
  addChannel(world, guild, {
    name: 'stories',
    type: ChannelType.GuildForum,
    parent: circles.id,
    tags: ['Vent', 'Advice welcome', 'Grief', 'Work'],
  });
  inviteBot(world, guild, botPermissions);
  return guild;
}
