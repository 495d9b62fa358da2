import { matches, type Place } from '#detector/rules/anchors';
import { found } from '#detector/rules/match';
import { plain, type Sentence, type Token } from '#detector/text/plain';
import type { Frame, Lexicon, Situation, Strength } from './lexicon.ts';
import { turned } from './turn.ts';

/** What a post tells that can be handed back: feelings with their strength, and what they may be about. Pure. */

type At = { sentence: number; from: number; to: number };
export type Felt = At & { topic: string; strength: Strength; feels: string; feeling: string };
export type Told = At & { topic: string; it: Situation['it']; said: string; instead: readonly string[] | undefined };
export type Noticed = {
  words: number;
  feelings: readonly Felt[];
  told: readonly Told[];
  sentences: readonly Sentence[];
};

export function notice(post: string, lexicon: Lexicon): Noticed {
  const { sentences: written, words } = plain(post, lexicon.spelling);
  const sentences = written.map((one) => ({
    ...one,
    tokens: one.tokens.map((token) => ({ ...token, word: lexicon.mend(token.word) })),
  }));
  const told: Told[] = [];
  const feelings: Felt[] = [];
  for (const [sentence, { tokens }] of sentences.entries()) {
    if (lexicon.not.some((pattern) => found(pattern, tokens))) continue;
    const own = toldIn(tokens, lexicon).map((one): Told => ({ ...one, sentence }));
    told.push(...own);
    feelings.push(
      ...feltIn(tokens, lexicon)
        .filter((felt) => !own.some((one) => overlap(one, felt)))
        .map((one): Felt => ({ ...one, sentence })),
    );
  }
  return { words, feelings, told, sentences };
}

const overlap = (one: Place, other: Place) => one.from < other.to && other.from < one.to;

/** The longest that stand beside each other, in their order. */
function apart<T extends Place>(some: readonly T[]): T[] {
  const kept: T[] = [];
  for (const one of [...some].sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from))
    if (!kept.some((other) => overlap(one, other))) kept.push(one);
  return kept.sort((a, b) => a.from - b.from);
}

const before = (tokens: readonly Token[], at: number) => {
  const one = tokens[at - 1]?.word;
  return one === 'that' ? tokens[at - 2]?.word : one;
};

function toldIn(tokens: readonly Token[], { situations, words, isSomeone }: Lexicon): Omit<Told, 'sentence'>[] {
  const places = [...matches(situations, tokens)].map(([situation, place]) => ({ ...situation, ...place }));
  const sure = places.filter(({ from, it, addsYou, instead }) => {
    const word = before(tokens, from) ?? '';
    // "my brother is a mess, cant sleep" may be about the brother.
    if (addsYou && tokens.slice(0, from).some(({ word }) => isSomeone(word))) return false;
    if (!words.notAfter.includes(word)) return true;
    if (it === 'belief' || instead) return words.beliefAfter.includes(word);
    return words.happenedAfter.includes(word);
  });
  return apart(sure).map(({ from, to, topic, it, instead, addsYou }) => {
    const own = tokens.slice(from, to).map(({ word }) => word);
    return { from, to, topic, it, instead, said: turned(addsYou ? ['i', ...own] : own, words) };
  });
}

function feltIn(tokens: readonly Token[], lexicon: Lexicon): Omit<Felt, 'sentence'>[] {
  const { words } = lexicon;
  const places = [...matches(lexicon.frames, tokens)].map(([frame, place]) => ({ ...frame, ...place }));
  const sure = places.filter(({ from }) => {
    const word = before(tokens, from) ?? '';
    return !words.notAfter.includes(word) || words.happenedAfter.includes(word);
  });
  return apart(sure).flatMap((place) => felt(tokens, place, lexicon) ?? []);
}

/** One feeling, or two: "so sad and alone". */
function felt(tokens: readonly Token[], { from, to, say }: Place & Frame, lexicon: Lexicon) {
  const { words, feelings } = lexicon;
  const last = feelingEnding(tokens, to, lexicon);
  if (!last || (words.onlyFelt.includes(last.words) && !/fe(el|lt)/.test(say))) return undefined;
  if (words.unless[last.key]?.includes(tokens[to]?.word ?? '')) return undefined;
  const degree = degreeBefore(tokens, last.from, from, words);
  const andMore = secondAfter(tokens, to, lexicon);
  const feeling = [degree.say, last.words, andMore && `and ${andMore.say}`].filter(Boolean).join(' ');
  const { topic } = last;
  return {
    ...{ from, to: andMore?.to ?? to, topic, feeling, feels: `${say} ${feeling}` },
    strength: stronger(feelings.get(last.key)?.strength ?? 'plain', degree.by),
  };
}

const longestFeeling = 5;

/** The longest feeling that ends right before this place. */
function feelingEnding(tokens: readonly Token[], to: number, { feelings }: Lexicon) {
  for (let length = Math.min(longestFeeling, to); length > 0; length--) {
    const key = keyOf(tokens, to - length, to);
    const found = feelings.get(key);
    if (found) return { ...found, key, from: to - length };
  }
  return undefined;
}

const keyOf = (tokens: readonly Token[], from: number, to: number) =>
  tokens
    .slice(from, to)
    .map(({ word }) => word)
    .join(' ');

function secondAfter(tokens: readonly Token[], at: number, lexicon: Lexicon) {
  if (tokens[at]?.word !== 'and') return undefined;
  const { more } = lexicon.words.degrees;
  const isMore = more[tokens[at + 1]?.word ?? ''] !== undefined;
  const from = at + (isMore ? 2 : 1);
  for (let to = Math.min(tokens.length, from + longestFeeling); to > from; to--) {
    const key = keyOf(tokens, from, to);
    const found = lexicon.feelings.get(key);
    const isMeant = !lexicon.words.unless[key]?.some((next) => next === tokens[to]?.word);
    if (found && isMeant)
      return { to, say: [isMore && more[tokens[at + 1]?.word ?? ''], found.words].filter(Boolean).join(' ') };
  }
  return undefined;
}

/** The words of degree before a feeling: as they are handed back, and whether they make it more or less. */
function degreeBefore(tokens: readonly Token[], at: number, from: number, { degrees }: Lexicon['words']) {
  const said: string[] = [];
  let by = 0;
  for (let place = at - 1; place >= from; place--) {
    const word = tokens[place]?.word ?? '';
    const [more, less, same] = [degrees.more[word], degrees.less[word], degrees.same[word]];
    const say = more ?? less ?? same;
    if (say === undefined) break;
    by += Number(more !== undefined) - Number(less !== undefined);
    if (say !== '' && say !== said[0]) said.unshift(say);
  }
  return { say: said.join(' '), by: Math.sign(by) };
}

const strengths = ['mild', 'plain', 'strong'] as const;
const stronger = (strength: Strength, by: number): Strength =>
  strengths[Math.min(2, Math.max(0, strengths.indexOf(strength) + by))] ?? strength;
