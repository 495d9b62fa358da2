import { PermissionFlagsBits } from 'discord.js';
import type { z } from 'zod';
import type { filled } from '#words';
import type { Asked } from './section.ts';

/** What keeps the bot from reading in the chosen channels, named exactly. */

type Told = z.output<ReturnType<typeof filled<'channels'>>>;
type Words = { gone: Told; noView: Told; noHistory: Told };

export const isGone = (id: string, { guild }: Asked) => guild?.available === true && !guild.channels.cache.has(id);

export function faults(chosen: readonly string[], asked: Asked, words: Words): (string | false)[] {
  const { guild } = asked;
  const me = guild?.members.me;
  if (!guild || !me) return [];
  // What is said in a category is said in its channels, which may have permissions of their own.
  const read = chosen.flatMap((id) => {
    const below = guild.channels.cache.filter((channel) => channel.parentId === id && !channel.isThread());
    return below.size > 0 ? [...below.keys()] : [id];
  });
  const without = (permission: bigint) =>
    [...new Set(read)].filter((id) => guild.channels.cache.get(id)?.permissionsFor(me)?.has(permission) === false);
  const told = (say: Told, ids: readonly string[]) => {
    const shown = ids.slice(0, 20).map((id) => `<#${id}>`);
    return ids.length > 0 && say({ channels: [...shown, ...(ids.length > shown.length ? ['…'] : [])].join(' ') });
  };
  return [
    told(
      words.gone,
      chosen.filter((id) => isGone(id, asked)),
    ),
    told(words.noView, without(PermissionFlagsBits.ViewChannel)),
    told(words.noHistory, without(PermissionFlagsBits.ReadMessageHistory)),
  ];
}
