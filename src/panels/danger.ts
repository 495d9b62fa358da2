import type { Content } from '#content/content';
import type { Search, Voiced } from '#content/search';
import { postMarks } from '#detector/judge';
import type { Detector, Reading } from '#detector/reading';
import { marks } from '#nudge/conversation';
import { bullets, headed, quotes } from '#panels/ui';
import type { Spoken } from '#words';

/** Danger in what somebody wrote, and what is said then. Only for what the one who asks sees: nobody is told of it. */

/** `isClear`: it is said; else there are words that can mean it. `voiced`: which it is, where a phrase says so. */
export type HeardDanger = { isClear: boolean; voiced?: Voiced };
export type HearDanger = (text: string, locale: string) => Promise<HeardDanger | undefined>;

export const dangerHearing =
  (search: Spoken<Search>, detector: Detector): HearDanger =>
  async (text, locale) => {
    // Many write in English whatever language their Discord speaks.
    const voiced = search(locale).dangerIn(text) ?? search().dangerIn(text);
    if (voiced) return { isClear: true, voiced };
    const { crisis } = (await detector.readAlone(text)).post;
    return crisis >= postMarks.danger ? { isClear: crisis >= marks.clearDanger } : undefined;
  };

/** What somebody can do now whose own words voice danger. */
export function stepsForOneself(content: Content, locale: string, voiced: Voiced | undefined): string {
  const { first, whenSomebodyHurtsYou } = content.crisis.words(locale).oneself;
  // The first of them greets somebody who opened /crisis.
  return bullets(voiced?.danger === 'violence' ? whenSomebodyHurtsYou : first.slice(1));
}

/** The same, where the other words may be about somebody else. */
export const ownDanger = (content: Content, locale: string, voiced: Voiced | undefined): string =>
  headed(content.feedback(locale).danger.oneself, stepsForOneself(content, locale, voiced));

const speaksOfOneself = /\b(i|im|ive|id|me|my|myself)\b/i;
const speaksToSomebody = /\b(you|u|ur|your\w*)\b/i;

/**
 * May the danger in words that somebody writes to another be their own? Not where it plainly is the other's ("please dont
 * kill yourself"), or is asked about.
 */
export const mayBeOwn = (
  text: string,
  { voiced }: { voiced?: Voiced | undefined },
  { pointsToHelp }: Pick<Reading, 'pointsToHelp'>,
): boolean =>
  !pointsToHelp && voiced?.danger !== 'somebody' && (speaksOfOneself.test(text) || !speaksToSomebody.test(text));

/**
 * In place of a reading: words for staying with somebody who may be in danger.
 * `voiced`: the danger, where it is known; `own`: what the unit has to say about this one.
 */
export const dangerParts = (
  content: Content,
  locale: string,
  voiced: Voiced | undefined,
  ...own: readonly string[]
): string[] => [
  ...(own.length > 0 ? own : toWrite(content, locale, voiced)),
  bullets(content.crisis.words(locale).somebody.before),
];

function toWrite(content: Content, locale: string, voiced: Voiced | undefined): string[] {
  const { write, ifYes } = content.feedback(locale).danger;
  const { somebody } = content.crisis.words(locale);
  switch (voiced?.danger) {
    case 'violence':
      return [headed(write, quotes(somebody.whenSomebodyHurtsThem))];
    case 'somebody':
      return [headed(write, quotes(somebody.whenItIsAFriend))];
    case 'harming': {
      const first =
        content
          .prompts(locale)
          .get(voiced.prompts)
          ?.prompts.filter((prompt) => prompt.first) ?? [];
      return [headed(write, quotes(first.slice(0, 2).map(({ say, ask }) => [say, ask].filter(Boolean).join(' '))))];
    }
    default:
      return [headed(write, quotes(somebody.ask.slice(0, 2))), headed(ifYes, quotes(somebody.whenYes.slice(0, 2)))];
  }
}
