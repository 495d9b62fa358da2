import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { placesOf } from '#panels/places';
import { type Reach, rolesIn } from '#panels/reach';
import type { Services } from '#panels/services';
import { goneFrom } from './permissions.ts';
import type { Shown } from './section.ts';

/** What keeps the bot from doing what the moderators chose, found anew each time that somebody looks. */

/** One thing to mend: what it is, and what it is about. */
export type Finding =
  | { what: 'cannotRead' | 'entryPoint' | 'notTaken' }
  | { what: 'clock'; n: number }
  | { what: 'gone' | 'noView' | 'noHistory' | 'noConnect'; channels: readonly string[] }
  | { what: 'rolesGone'; n: number }
  | { what: 'leftOver'; commands: readonly string[] }
  | { what: 'logGone' }
  | { what: 'noLog'; channel: string; permissions: readonly LogPermission[] };

export type Checked = {
  findings: readonly Finding[];
  /** Discord did not say what the bot may do. */
  unsure: boolean;
  /** Channels with private threads that the bot sees only once it is added to them: no fault, but good to know. */
  unseenThreads: readonly string[];
};

const { ViewChannel, ReadMessageHistory, Connect, SendMessages, ManageThreads } = PermissionFlagsBits;

/** What the log channel needs, by Discord's names for it. */
export const logPermissions = { ViewChannel, SendMessages } as const;
export type LogPermission = keyof typeof logPermissions;

/** Roles that are left out and no longer exist; `undefined` when Discord does not say. */
export async function goneRoles({ asked, settings: { exempt } }: Pick<Shown, 'asked' | 'settings'>) {
  if (exempt.roles.length === 0) return [];
  const roles = await rolesIn(asked.client, asked.guildId);
  return roles && exempt.roles.filter((id) => !roles.has(id));
}

const untakenAs = { 'entry point': 'entryPoint', 'not taken': 'notTaken' } as const;

/** What the bot knows of itself. */
type Itself = Pick<Services, 'readsMessages' | 'minutesAhead' | 'untaken'>;

export async function check(shown: Shown, { readsMessages, minutesAhead, untaken }: Itself): Promise<Checked> {
  const { asked, settings } = shown;
  const chosen = settings.support.channels;
  const isGone = goneFrom(asked);
  // Where nothing was chosen yet nobody waits for Discord.
  const isAsked = chosen.length > 0 || settings.log.channel !== null;
  const [channels, roles] = await Promise.all([isAsked ? shown.reach() : new Map<string, Reach>(), goneRoles(shown)]);
  const lacks = (id: string, permission: bigint) => channels?.get(id)?.may.has(permission) === false;

  // What is said in a category is said in its channels, which may have permissions of their own.
  const below = Map.groupBy(channels?.keys() ?? [], (id) => channels?.get(id)?.parentId ?? null);
  const read = [...new Set(chosen.flatMap((id) => below.get(id) ?? [id]))].filter(
    (id) => !settings.exempt.channels.includes(id),
  );
  const typed = (...types: ChannelType[]) => {
    const places = placesOf(asked.client);
    return read.filter((id) => types.includes(places.get(id)?.type as ChannelType));
  };
  const about = (what: 'gone' | 'noView' | 'noHistory' | 'noConnect', ids: readonly string[]): Finding[] =>
    ids.length > 0 ? [{ what, channels: ids }] : [];
  const seen = (ids: readonly string[]) => ids.filter((id) => !lacks(id, ViewChannel));

  const ahead = minutesAhead();
  const refused = untaken();
  const findings: Finding[] = [
    ...(readsMessages() ? [] : [{ what: 'cannotRead' } as const]),
    ...(ahead === undefined ? [] : [{ what: 'clock', n: ahead } as const]),
    ...(refused === undefined ? [] : [{ what: untakenAs[refused] }]),
    ...about('gone', [...new Set([...chosen, ...settings.exempt.channels])].filter(isGone)),
    ...about(
      'noView',
      read.filter((id) => lacks(id, ViewChannel)),
    ),
    ...about(
      'noHistory',
      read.filter((id) => lacks(id, ReadMessageHistory)),
    ),
    ...about(
      'noConnect',
      seen(typed(ChannelType.GuildVoice, ChannelType.GuildStageVoice)).filter((id) => lacks(id, Connect)),
    ),
    ...(roles && roles.length > 0 ? [{ what: 'rolesGone', n: roles.length } as const] : []),
    ...ofLog(settings.log.channel),
  ];

  function ofLog(channel: string | null): Finding[] {
    if (channel === null || !channels) return [];
    if (isGone(channel) || !channels.has(channel)) return [{ what: 'logGone' }];
    const permissions = (Object.keys(logPermissions) as LogPermission[]).filter((name) =>
      lacks(channel, logPermissions[name]),
    );
    return permissions.length > 0 ? [{ what: 'noLog', channel, permissions }] : [];
  }

  return {
    findings,
    unsure: !channels || !roles,
    unseenThreads: seen(typed(ChannelType.GuildText)).filter((id) => lacks(id, ManageThreads)),
  };
}
