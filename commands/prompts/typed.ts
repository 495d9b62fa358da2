import type { ModalSubmitInteraction } from 'discord.js';
import { families } from '#content/prompts';
import type { OwnWords } from '#store/own-prompts';
import { MINUTE } from '#store/times';

/** What moderators typed: made plain, and kept for a moment where it has to be mended. */

export const longest = { say: 180, ask: 140, notice: 180 } as const;

/** One line of visible text: no signs that turn or hide it. */
export const lineOf = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}(?<![\u200d\ufe0f])/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** Letters, digits or signs that mean something; not only dots. */
export const hasWords = (text: string) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text);

export function typedIn({ fields }: Pick<ModalSubmitInteraction, 'fields'>): OwnWords {
  const [say, ask, notice] = (['say', 'ask', 'notice'] as const).map((name) =>
    lineOf(fields.getTextInputValue(name)).slice(0, longest[name]),
  );
  const chosen = new Set(fields.getStringSelectValues('families'));
  return {
    say: say ?? '',
    ...(ask && { ask }),
    ...(notice && { notice }),
    families: families.filter((family) => chosen.has(family)),
  };
}

/** What could not be saved, for whoever wants to mend it: a quarter of an hour, in memory only. */
const goodFor = 15 * MINUTE;
const most = 100;
type Draft = { guild: string; words: OwnWords; at: number };
const drafts = new Map<string, Draft>();

export function keepDraft(key: string, draft: Draft): void {
  for (const [other, { at }] of drafts) if (draft.at - at > goodFor || drafts.size >= most) drafts.delete(other);
  drafts.set(key, draft);
}

export function draftOf(key: string, guild: string, now: number): OwnWords | undefined {
  const draft = drafts.get(key);
  return draft?.guild === guild && now - draft.at <= goodFor ? draft.words : undefined;
}
