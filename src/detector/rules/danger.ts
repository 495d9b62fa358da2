/** Danger that a message speaks of, wherever in it that stands and however it is written. Pure. */
import { postMarks } from '#detector/judge';
import { lookFor, strength } from '#detector/rules/evidence';
import type { Signs } from '#detector/rules/signs';
import { setApart, undisguised } from '#detector/text/covered';
import { type Plain, plain, quotations, type Token } from '#detector/text/plain';

const crisisIn = (signs: Signs, text: string): number =>
  text === '' ? 0 : crisisOf(signs, plain(text, signs.spelling));

const crisisOf = (signs: Signs, text: Plain): number => strength('crisis', lookFor(signs, signs.forDanger, text));

/** Danger in a post, beside what is read in its plain words: under a disguise, in quoted lines and code, in what somebody said. */
export function coveredDanger(signs: Signs, post: string): number {
  const undone = undisguised(post, signs.hidden);
  const disguised = undone === post ? 0 : crisisIn(signs, undone);
  return Math.max(disguised, crisisIn(signs, setApart(post)), told(signs, post));
}

/**
 * Does a reply itself speak of danger? Of its own words it has to be clear: orders ("you need to stop") often sound a
 * little like it. What it quotes is somebody's post: there a doubt will do. @param text of the reply, evened out.
 */
export function voicesDanger(signs: Signs, reply: string, text: Plain): boolean {
  const undone = undisguised(reply, signs.hidden);
  const own = undone === reply ? crisisOf(signs, text) : crisisIn(signs, undone);
  if (own >= postMarks.clearDanger) return true;
  return Math.max(crisisIn(signs, setApart(reply)), told(signs, reply)) >= postMarks.danger;
}

/**
 * Danger in what somebody is said to have said: `she texted me "..."`, `"..." is what i wrote`, or nothing but the quote.
 * A line of a song is not said by anybody here.
 */
function told(signs: Signs, text: string): number {
  const says = (tokens: readonly Token[] = []) => tokens.some(({ word }) => signs.says.has(word));
  const words = (part: string) => plain(part, signs.spelling).sentences;
  const danger = quotations(text).map(({ before, words: quoted, after }) => {
    const isSaid =
      quoted.length + 2 >= text.trim().length ||
      says(words(before).at(-1)?.tokens.slice(-3)) ||
      says(words(after)[0]?.tokens.slice(0, 6));
    return isSaid ? crisisIn(signs, quoted) : 0;
  });
  return Math.max(0, ...danger);
}
