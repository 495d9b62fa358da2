/** From a message as it was written to evened-out words, with their places in the original. */

import { asItLooks } from './looks.ts';

/** How a language's chat is evened out; made from data by signs.ts. */
export type Spelling = {
  /** Written form -> words. Keys in lower case; a form with an apostrophe is looked up with and without it. */
  forms: ReadonlyMap<string, readonly string[]>;
  /** Skipped where a clause begins: "so", "well", "honestly". */
  fillers: ReadonlySet<string>;
  /** Begin a clause without punctuation: "but". */
  joiners: ReadonlySet<string>;
  /** Words that the language's data knows: tells "soooo" from "goood". */
  known: ReadonlySet<string>;
};

/** A word of a sentence. `start` and `end` are UTF-16 offsets in the text as it was written. */
export type Token = { word: string; start: number; end: number; opensClause: boolean; opensSentence: boolean };

/** `question`: ends with a question mark. `start`, `end`: UTF-16 offsets of its first and after its last word. */
export type Sentence = { tokens: readonly Token[]; question: boolean; start: number; end: number };
export type Plain = { sentences: readonly Sentence[]; words: number };

/** Stands for one unit of text that is not the writer's own words; same length, so that offsets stay true. Private use. */
const hidden = '\uE000';

/** What somebody else says, between quotation marks. */
const quotation = /(?<![\p{L}\p{N}])"[^"\n]{1,200}"|“[^”\n]{1,200}”|„[^“”\n]{1,200}[“”]/gu;

/** Quoted lines and code. */
export const quotesAndCode: readonly RegExp[] = [
  /```[\s\S]*?(?:```|$)/g,
  /(?<=^|\n)[ \t]*>>> [\s\S]*$/g,
  /(?<=^|\n)[ \t]*> [^\n]*/g,
  /``[^`\n]+``|`[^`\n]+`/g,
];
/** Quotes, code, mentions, links: what a message shows that its writer did not say. */
export const notOwnWords: readonly RegExp[] = [
  ...quotesAndCode,
  /<(?:@[!&]?|#)\d{1,25}>|<a?:\w{1,40}:\d{1,25}>|<t:-?\d{1,16}(?::[a-zA-Z])?>|<\/[^<>\n]{1,100}:\d{1,25}>/g,
  /<?\b(?:https?:\/\/|www\.)[^\s<>]+>?/gi,
  /@(?:everyone|here)\b/g,
];

/** What stands between quotation marks, and the text right before and after each. */
export function quotations(text: string): { before: string; words: string; after: string }[] {
  return [...text.matchAll(quotation)].map(({ 0: quoted, index }) => ({
    before: text.slice(Math.max(0, index - near), index),
    words: quoted.slice(1, -1),
    after: text.slice(index + quoted.length, index + quoted.length + near),
  }));
}
const near = 40;

/** Replaces quotes, code, links, mentions, custom emoji and timestamps, unit for unit. */
export function mask(text: string): string {
  return [...notOwnWords, quotation].reduce(
    (masked, part) => masked.replace(part, (found) => hidden.repeat(found.length)),
    text,
  );
}

/** A word, a heart or an emoji, what ends a sentence, or what begins a clause: groups for word, end and pause. */
const pieces =
  /([\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}\p{Cf}]*(?:['’‘ʼ`´][\p{L}\p{M}]+)*)|<3|\p{Extended_Pictographic}|([.!?…\n\r\uE000](?:[ \t]*[.!?…\n\r\uE000])*)|([,;:()–—]|\s-+\s|\*\*|\|\|)/gu;

/** Sentences of evened-out words; a hidden part ends a sentence. Pure; linear in the length of the text. */
export function plain(text: string, spelling: Spelling): Plain {
  const sentences: Sentence[] = [];
  let tokens: Token[] = [];
  let opensClause = true;
  let opensSentence = true;
  let words = 0;
  const close = (question: boolean): void => {
    const [first] = tokens;
    const last = tokens.at(-1);
    if (first && last) sentences.push({ tokens, question, start: first.start, end: last.end });
    tokens = [];
    opensClause = opensSentence = true;
  };
  for (const piece of mask(text).matchAll(pieces)) {
    const [written, ownWord, stop, pause] = piece;
    if (stop !== undefined) {
      close(written.includes('?'));
    } else if (pause !== undefined) {
      opensClause = true;
    } else {
      words++;
      for (const word of ownWord === undefined ? [written] : even(written, spelling)) {
        if (spelling.joiners.has(word)) opensClause = true;
        tokens.push({ word, start: piece.index, end: piece.index + written.length, opensClause, opensSentence });
        if (!spelling.fillers.has(word) && !spelling.joiners.has(word)) opensClause = opensSentence = false;
      }
      if (ownWord === undefined) opensClause = true;
    }
  }
  close(false);
  return { sentences, words };
}

/** Chinese and Japanese put no spaces between words. */
const unspaced = /[\u3040-\u30FF\u3400-\u9FFF]/;

/** One written word, evened out: "Dont" -> do not; "sooo" -> so; "mom's" -> mom. Where words have no spaces, letter by letter. */
export function even(written: string, spelling: Pick<Spelling, 'forms' | 'known'>): readonly string[] {
  const word = asItLooks(written)
    .toLowerCase()
    .replace(/[’‘ʼ`´]/g, "'");
  const form = lookUp(word, spelling);
  if (form) return form;
  if (unspaced.test(word)) return [...word];
  if (!/(\p{L})\1\1/u.test(word)) return [bare(word)];
  for (const kept of ['$1$1', '$1']) {
    const shorter = word.replace(/(\p{L})\1{2,}/gu, kept);
    const shorterForm = lookUp(shorter, spelling);
    if (shorterForm) return shorterForm;
    if (spelling.known.has(bare(shorter))) return [bare(shorter)];
  }
  return [bare(word.replace(/(\p{L})\1{2,}/gu, '$1'))];
}

function lookUp(word: string, spelling: Pick<Spelling, 'forms'>): readonly string[] | undefined {
  return spelling.forms.get(word) ?? (word.includes("'") ? spelling.forms.get(word.replaceAll("'", '')) : undefined);
}

const bare = (word: string): string => (word.includes("'") ? word.replace(/'s$/, '').replaceAll("'", '') : word);
