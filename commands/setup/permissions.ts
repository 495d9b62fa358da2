import { PermissionFlagsBits } from 'discord.js';
import type { z } from 'zod';
import { placesOf } from '#panels/places';
import { reachIn } from '#panels/reach';
import type { filled } from '#words';
import type { Asked } from './section.ts';

/** What keeps the bot from reading in the chosen channels, named exactly. */

type Told = z.output<ReturnType<typeof filled<'channels'>>>;
type Words = { gone: Told; noView: Told; noHistory: Told };

export const isGone = (id: string, { client, guild }: Asked) => guild?.available === true && !placesOf(client).has(id);

export async function faults(chosen: readonly string[], asked: Asked, words: Words): Promise<(string | false)[]> {
  if (chosen.length === 0 || !asked.guild) return [];
  const channels = await reachIn(asked.client, asked.guildId);
  // What is said in a category is said in its channels, which may have permissions of their own.
  const read = chosen.flatMap((id) => {
    const below = [...(channels ?? [])].filter(([, { parentId }]) => parentId === id).map(([child]) => child);
    return below.length > 0 ? below : [id];
  });
  const without = (permission: bigint) =>
    [...new Set(read)].filter((id) => channels?.get(id)?.may.has(permission) === false);
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
