import { setTimeout as pause } from 'node:timers/promises';
import { fitting, type Own, saying } from '#content/openers';
import type { Services } from '#panels/services';
import { plainly } from '#panels/ui';

/** In ms. */
const patience = 500;
/** A note is seen whole on a phone. */
const longestInNote = 120;

/**
 * What a community wrote itself, as it may be shown. It is an extra: where the database is held up or fails there is none,
 * and nobody waits for it.
 */
export async function ownOf(guild: string | null, { of }: Pick<Services['ownPrompts'], 'of'>): Promise<Own[]> {
  if (guild === null) return [];
  const own = await Promise.race([of(guild), pause(patience, [], { ref: false })]).catch(() => []);
  const plain = (text: string | undefined) => text && plainly(text);
  return own.map((one) => ({ ...one, say: plainly(one.say), ask: plain(one.ask), notice: plain(one.notice) }));
}

/** What of it a note can offer to add: short, and fit for any feeling, as a note knows of none. */
export const ownOpeners = async (guild: string, ownPrompts: Pick<Services['ownPrompts'], 'of'>): Promise<string[]> =>
  fitting(await ownOf(guild, ownPrompts))
    .map(saying)
    .filter((line) => line.length <= longestInNote);
