/**
 * Finds the patterns of thousands that are in a sentence: each is filed under its rarest necessary word, and is tried only
 * where that word stands. Pure.
 */
import { matchAt } from '#detector/rules/match';
import { lengthOf, type Pattern, type Step, shortestPrefix, type WordStep } from '#detector/rules/pattern';
import type { Token } from '#detector/text/plain';

/** `least`, `most`: how many words before the anchor the pattern may begin. */
type Anchor = WordStep & { least: number; most: number };
type Filed<T> = { item: T; pattern: Pattern; least: number; most: number };

/** By anchor word, and by the first letters of a starred one. */
export type Index<T> = {
  byWord: ReadonlyMap<string, readonly Filed<T>[]>;
  byPrefix: ReadonlyMap<string, readonly Filed<T>[]>;
};

/** `from`, `to`: token indices; `to` is after the last token. */
export type Place = { from: number; to: number };

/** @param patternOf what of an item is filed. */
export function fileByAnchor<T>(items: readonly T[], patternOf: (item: T) => Pattern): Index<T> {
  const uses = countUses(items.map(patternOf));
  const byWord = new Map<string, Filed<T>[]>();
  const byPrefix = new Map<string, Filed<T>[]>();
  for (const item of items) {
    const pattern = patternOf(item);
    const { words, prefixes, least, most } = anchorOf(pattern.steps, uses) ?? { ...pattern.first, least: 0, most: 0 };
    const filed = { item, pattern, least, most };
    for (const word of words) put(byWord, word, filed);
    for (const start of new Set(prefixes.map((prefix) => prefix.slice(0, shortestPrefix)))) put(byPrefix, start, filed);
  }
  return { byWord, byPrefix };
}

/** The items whose pattern is in the sentence, each with one place. */
export function matches<T>(index: Index<T>, tokens: readonly Token[]): Map<T, Place> {
  const found = new Map<T, Place>();
  const look = (filed: readonly Filed<T>[] | undefined, at: number): void => {
    if (!filed) return;
    for (const { item, pattern, least, most } of filed) {
      if (found.has(item)) continue;
      for (let from = Math.max(0, at - most); from <= at - least; from++) {
        const to = matchAt(pattern, tokens, from);
        if (to <= from) continue;
        found.set(item, { from, to });
        break;
      }
    }
  };
  const starred = index.byPrefix.size > 0;
  for (const [at, { word }] of tokens.entries()) {
    look(index.byWord.get(word), at);
    if (starred) look(index.byPrefix.get(word.slice(0, shortestPrefix)), at);
  }
  return found;
}

/** The words of which one must be there, chosen so that they are rare; undefined when no word is certain. */
function anchorOf(steps: readonly Step[], uses: ReadonlyMap<string, number>): Anchor | undefined {
  let best: { anchor: Anchor; cost: number } | undefined;
  let least = 0;
  let most = 0;
  for (const step of steps) {
    const inside = certain(step, uses);
    if (inside) {
      let cost = inside.prefixes.length;
      for (const word of inside.words) cost += uses.get(word) ?? 0;
      if (!best || cost < best.cost)
        best = { anchor: { ...inside, least: least + inside.least, most: most + inside.most }, cost };
    }
    const length = lengthOf([step]);
    least += length.least;
    most += length.most;
  }
  return best?.anchor;
}

function certain(step: Step, uses: ReadonlyMap<string, number>): Anchor | undefined {
  if (step.type === 'word') return { ...step, least: 0, most: 0 };
  if (step.type !== 'choice' || step.optional) return undefined;
  const words = new Set<string>();
  const prefixes: string[] = [];
  const anchors = step.options.map((option) => anchorOf(option, uses));
  for (const anchor of anchors) {
    if (!anchor) return undefined;
    for (const word of anchor.words) words.add(word);
    prefixes.push(...anchor.prefixes);
  }
  const least = Math.min(...anchors.map((anchor) => anchor?.least ?? 0));
  const most = Math.max(...anchors.map((anchor) => anchor?.most ?? 0));
  return { type: 'word', words, prefixes, least, most };
}

/** In how many patterns is a word? A stand-in for how common it is. */
function countUses(patterns: readonly Pattern[]): Map<string, number> {
  const uses = new Map<string, number>();
  const collect = (steps: readonly Step[], seen: Set<string>): Set<string> => {
    for (const step of steps) {
      if (step.type === 'word') for (const word of step.words) seen.add(word);
      if (step.type === 'choice') for (const option of step.options) collect(option, seen);
    }
    return seen;
  };
  for (const { steps } of patterns)
    for (const word of collect(steps, new Set())) uses.set(word, (uses.get(word) ?? 0) + 1);
  return uses;
}

function put<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
