import type { Content } from '#content/content';
import type { FeedbackWords } from '#content/feedback';
import { seeded } from '#content/find';
import { anyFeeling } from '#content/prompts';
import type { Said, Told } from '#feedback/tell';
import { headed, plainly } from '#panels/ui';
import { clip } from '#words';

/** What is said of a reply, drawn: its words quoted, and a sentence below each. */

/** A quote of what somebody typed, shown as it is, at most `max` characters of the message. */
export const quoted = (words: string, max: number) => `> ${clip(plainly(words), max)}`;

/** The most that is shown of one phrase. */
const phrase = 240;

const saidOf = ({ words, why }: Said) => `${quoted(words, phrase)}\n${why}`;

/** What stays, and what moves away or why it is left. */
export const toldParts = ({ stayed, small, moved, left }: Told, { headings }: FeedbackWords): string[] => [
  headed(headings.stayed, ...(small === undefined ? stayed.map(saidOf) : [small])),
  ...(moved ? [headed(headings.moved, saidOf(moved))] : []),
  ...(left === undefined ? [] : [typeof left === 'string' ? left : saidOf(left)]),
];

/** The words of a reply that something is said of. */
export const placesIn = ({ stayed, moved, left }: Told): Said[] =>
  [...stayed, moved, left].filter((one) => typeof one === 'object');

/** A reply as it was written, with these places in bold. They are also quoted: bold alone says nothing to an ear. */
export function marked(reply: string, places: readonly Pick<Said, 'start' | 'end'>[], max: number): string {
  const shown = clip(reply, max);
  let at = 0;
  let drawn = '';
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    if (start < at || end > shown.length) continue;
    drawn += `${spaced(shown.slice(at, start))}**${plainly(shown.slice(start, end))}**`;
    at = end;
  }
  return `> ${(drawn + spaced(shown.slice(at))).trim()}`;
}

/** Plain text that keeps a space where one stood at an end. */
const spaced = (text: string) => `${/^\s/.test(text) ? ' ' : ''}${plainly(text)}${/\S\s+$/.test(text) ? ' ' : ''}`;

/** What fits most feelings, and is no question about danger and no way back after a miss. */
const quiet = new Set(['tracking', 'naming', 'staying', 'making-room', 'pace', 'no-need-to-answer']);

/** Two ways to stay with somebody, of two different moves, where little is known of the person. */
export function waysToStay(content: Content, locale: string, seed: number): string[] {
  const prompts = content.prompts(locale).get(anyFeeling)?.prompts ?? [];
  const fitting = seeded(
    prompts.filter(({ move }) => quiet.has(move)),
    seed,
  );
  const [first] = fitting;
  const second = fitting.find(({ move }) => move !== first?.move);
  return [first, second].flatMap((one) => (one ? [one.say] : []));
}
