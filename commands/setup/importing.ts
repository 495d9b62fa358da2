import { Routes } from 'discord.js';
import { z } from 'zod';
import { isThread, placesOf } from '#panels/places';
import { Refusal } from '#panels/refusal';
import { bytesAt } from '#panels/upload';
import { openExport } from '#settings/export';
import type { Fault } from '#settings/faults';
import { changesOf, type KeyChanges, readImport, type Taken } from '#settings/import';
import type { IdOf } from '#settings/section';
import { type Changes, type Settings, sections } from '#settings/settings';
import type { OwnPrompt, OwnWords } from '#store/own-prompts';
import { line } from '#words';
import { faultWords, saidOf } from './faults.ts';
import { isToWriteIn } from './permissions.ts';
import { readPrompts } from './prompts-in.ts';
import type { Asked } from './section.ts';
import { type PromptsTaken, promptsTaken, takenWords } from './taken.ts';
import { fitting } from './told.ts';

/** From a file that somebody hands in to what it would change here; refused whole where something in it does not fit. */

export const importWords = {
  tooLarge: line(200),
  outOfReach: line(200),
  noJson: line(250),
  otherVersion: line(200),
  noSettings: line(250),
  refused: line(200),
  notNow: line(200),
  ...takenWords,
  ...faultWords,
};
const schema = z.object(importWords);
type Words = z.output<typeof schema>;

/** The largest that settings with prompts can be is about half of this, in bytes. */
export const mostBytes = 1024 * 1024;

const wrongs = { 'no JSON': 'noJson', 'other version': 'otherVersion', 'no settings': 'noSettings' } as const;

/** What the file at `url` holds. @throws Refusal, in words that say what to do. */
export async function fileAt(url: string, words: Words): Promise<{ settings: unknown; prompts?: unknown }> {
  const bytes = await bytesAt(url, mostBytes);
  if (bytes === 'too large') throw new Refusal(words.tooLarge);
  if (bytes === 'out of reach') throw new Refusal(words.outOfReach);
  const opened = openExport(bytes);
  if ('wrong' in opened) throw new Refusal(words[wrongs[opened.wrong]]);
  return opened;
}

export type IsKnown = (of: IdOf, id: string) => boolean;

/** Which ids this server has, and which languages the bot. @throws Refusal when Discord does not say. */
export async function knownIn(
  { client, guild, guildId }: Asked,
  languages: readonly string[],
  words: Words,
): Promise<IsKnown> {
  const found = await client.rest
    .get(Routes.guildRoles(guildId), { signal: AbortSignal.timeout(1_500) })
    .catch(() => undefined);
  // While a server has an outage none of its channels is known.
  if (!guild?.available || !Array.isArray(found)) throw new Refusal(words.notNow);
  const roles = new Set((found as { id: string }[]).map(({ id }) => id).filter((id) => id !== guildId));
  const places = placesOf(client);
  const tags = new Set(
    [...places.values()].flatMap((place) => (place.guildId === guildId ? (place.tags ?? []).map(({ id }) => id) : [])),
  );
  const isChannel = (id: string) => {
    const place = places.get(id);
    return place?.guildId === guildId && !isThread(place);
  };
  const known: Record<IdOf, (id: string) => boolean> = {
    channel: isChannel,
    log: (id) => isToWriteIn(id, { client, guildId }),
    role: (id) => roles.has(id),
    tag: (id) => tags.has(id),
    language: (locale) => languages.includes(locale),
  };
  return (of, id) => known[of](id);
}

/** What a file would change. `prompts`: absent where it does not name them. */
export type Read = { taken: readonly Taken[]; prompts?: PromptsTaken | undefined };
type Here = { settings: Settings; prompts: readonly OwnPrompt[] };

/** Reads a file against what is here now. @throws Refusal, naming all that does not fit. */
export function readFile(
  given: { settings: unknown; prompts?: unknown },
  here: Here,
  isKnown: IsKnown,
  words: Words,
): Read {
  const answer = readImport(sections, given.settings, here.settings, isKnown);
  const own = 'prompts' in given ? readPrompts(given.prompts) : undefined;
  const faults = [answer, own].flatMap((one) => (one && 'refused' in one ? one.refused : []));
  if ('taken' in answer && isTagTwice(here.settings, answer.taken)) faults.push({ at: 'tags', what: 'twice' });
  if (!('taken' in answer) || (own && !('prompts' in own)) || faults.length > 0)
    throw new Refusal(refusedFor(faults, words));
  return { taken: answer.taken, prompts: own && promptsTaken(here.prompts, own.prompts) };
}

/** A tag says one thing, whatever part of the lists comes from the file. */
function isTagTwice({ tags }: Settings, taken: readonly Taken[]): boolean {
  const { ideas, heard, nothing } = withChanges({ tags } as Settings, changesOf(taken)).tags ?? tags;
  const all = [...ideas, ...heard, ...nothing];
  return new Set(all).size < all.length;
}

export const refusedFor = (faults: readonly Fault[], words: Words): string =>
  [words.refused, ...fitting(saidOf(faults, words), words.more)].join('\n');

/** What is to be saved of it, as it stands in the message that shows it. */
export const toSave = ({ taken, prompts }: Read): { settings: KeyChanges; prompts?: readonly OwnWords[] } => ({
  settings: changesOf(taken),
  ...(prompts?.isChanged && { prompts: prompts.becomes }),
});

export const withChanges = (settings: Settings, changes: KeyChanges): Changes =>
  Object.fromEntries(
    Object.entries(changes).map(([name, keys]) => [name, { ...settings[name as keyof Settings], ...keys }]),
  );
