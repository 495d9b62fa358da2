/**
 * The small language that signs are written in, and what a pattern of it is when it is ready to be looked for (match.ts).
 * Whole words only.
 *
 *   you should        these words, after chat spelling is evened out ("u shouldn't" reads "you should not")
 *   feel*             a word that begins so
 *   (try|start with)  one of these          [really|just]   one of these, or nothing
 *   @feeling          one of a list in words.yaml
 *   _                 any one word          ...             up to four words
 *   ^ (first)         where a clause begins, "so", "well" and the like skipped
 *   ^^ (first)        where a sentence begins, likewise      $         where a sentence ends
 */

export type WordStep = { type: 'word'; words: ReadonlySet<string>; prefixes: readonly string[] };
export type Step =
  | WordStep
  | { type: 'choice'; options: readonly (readonly Step[])[]; optional: boolean; first: WordStep | undefined }
  | { type: 'gap'; least: number; most: number }
  | { type: 'end' };

export type Pattern = {
  source: string;
  /** What its first word can be: a matcher looks nowhere else. */
  first: WordStep;
  opens: 'clause' | 'sentence' | 'anywhere';
  steps: readonly Step[];
};

/** What a pattern may lean on: how a written word is evened out, and the named lists. */
export type Vocabulary = {
  even: (written: string) => readonly string[];
  lists: ReadonlyMap<string, readonly string[]>;
};

/** The same words and lists come in thousands of patterns: each is parsed and kept once. Parts by depth and text. */
const parsedParts = new WeakMap<Vocabulary, Map<string, readonly Step[]>>();

export const shortestPrefix = 3;
const longestGap = 4;
const mostGaps = 4;
/** In words: the places of a match are the bits of one number (match.ts). */
export const longestPattern = 30;

/** @throws Error with a sentence on what is wrong with the pattern. */
export function compilePattern(source: string, vocabulary: Vocabulary): Pattern {
  let rest = source.trim();
  let opens: Pattern['opens'] = 'anywhere';
  if (rest.startsWith('^^')) opens = 'sentence';
  else if (rest.startsWith('^')) opens = 'clause';
  rest = rest.replace(/^\^\^?/, '').trim();
  const steps = parse(split(rest, source), source, vocabulary, 0);
  if (steps.length === 0) throw new Error(`the pattern "${source}" holds no word`);
  if (steps.filter((step) => step.type === 'gap').length > mostGaps)
    throw new Error(`the pattern "${source}" has more than ${mostGaps} gaps`);
  if (lengthOf(steps).most > longestPattern)
    throw new Error(`the pattern "${source}" can take more than ${longestPattern} words`);
  return { source, first: firstOf(steps, source), opens, steps };
}

/** How many words the steps take, one after the other. */
export function lengthOf(steps: readonly Step[]): { least: number; most: number } {
  let least = 0;
  let most = 0;
  for (const step of steps) {
    const length = lengthOfStep(step);
    least += length.least;
    most += length.most;
  }
  return { least, most };
}

function lengthOfStep(step: Step): { least: number; most: number } {
  if (step.type === 'word') return { least: 1, most: 1 };
  if (step.type === 'end') return { least: 0, most: 0 };
  if (step.type === 'gap') return step;
  const lengths = step.options.map(lengthOf);
  return {
    least: step.optional ? 0 : Math.min(...lengths.map(({ least }) => least)),
    most: Math.max(...lengths.map(({ most }) => most)),
  };
}

/** Splits where a character breaks, outside of brackets. */
function splitAt(isBreak: (char: string) => boolean, text: string, source: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of text) {
    if (char === '(' || char === '[') depth++;
    if (char === ')' || char === ']') depth--;
    if (depth < 0) throw new Error(`a bracket is closed that was not opened in "${source}"`);
    if (isBreak(char) && depth === 0) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  if (depth > 0) throw new Error(`a bracket is not closed in "${source}"`);
  return [...parts, part];
}

const split = (text: string, source: string): string[] =>
  splitAt((char) => /\s/.test(char), text, source).filter((part) => part !== '');

const alternatives = (text: string, source: string): string[] => splitAt((char) => char === '|', text, source);

function parse(parts: readonly string[], source: string, vocabulary: Vocabulary, depth: number): Step[] {
  if (depth > 3) throw new Error(`brackets or lists are nested too deeply in "${source}"`);
  const known = parsedParts.get(vocabulary) ?? new Map<string, readonly Step[]>();
  parsedParts.set(vocabulary, known);
  return parts.flatMap((part) => {
    const key = `${depth} ${part}`;
    const steps = known.get(key) ?? parsePart(part, source, vocabulary, depth);
    known.set(key, steps);
    return steps;
  });
}

function parsePart(part: string, source: string, vocabulary: Vocabulary, depth: number): readonly Step[] {
  if (part === '...') return [{ type: 'gap', least: 0, most: longestGap }];
  if (part === '$') return [{ type: 'end' }];
  if (part === '_') return [{ type: 'gap', least: 1, most: 1 }];
  const bracket = /^[([](.*)[)\]]$/su.exec(part);
  if (bracket) {
    if ((part[0] === '(') !== part.endsWith(')')) throw new Error(`"${part}" mixes brackets in "${source}"`);
    return [choice(alternatives(bracket[1] ?? '', source), part[0] === '[', source, vocabulary, depth)];
  }
  if (part.startsWith('@')) {
    const list = vocabulary.lists.get(part.slice(1));
    if (list === undefined) throw new Error(`there is no list "${part}" in words.yaml, needed by "${source}"`);
    return [choice(list, false, source, vocabulary, depth)];
  }
  return word(part, source, vocabulary);
}

function choice(
  texts: readonly string[],
  optional: boolean,
  source: string,
  vocabulary: Vocabulary,
  depth: number,
): Step {
  const options = texts.map((text) => parse(split(text.trim(), source), source, vocabulary, depth + 1));
  if (options.some((option) => option.length === 0)) throw new Error(`an alternative is empty in "${source}"`);
  const words = new Set<string>();
  const prefixes: string[] = [];
  const longer: Step[][] = [];
  for (const option of options) {
    const [only] = option;
    if (option.length === 1 && only?.type === 'word') {
      for (const each of only.words) words.add(each);
      prefixes.push(...only.prefixes);
    } else longer.push(option);
  }
  if (words.size + prefixes.length > 0) longer.push([{ type: 'word', words, prefixes }]);
  const [single] = longer;
  if (!optional && longer.length === 1 && single?.length === 1 && single[0]) return single[0];
  return { type: 'choice', options: longer, optional, first: firstOfAll(longer) };
}

function word(part: string, source: string, vocabulary: Vocabulary): Step[] {
  if (part.endsWith('*')) {
    const prefix = part.slice(0, -1).toLowerCase();
    if (!/^\p{L}+$/u.test(prefix) || prefix.length < shortestPrefix)
      throw new Error(`"${part}" needs at least ${shortestPrefix} letters before the star in "${source}"`);
    return [{ type: 'word', words: new Set<string>(), prefixes: [prefix] }];
  }
  if (/[()[\]|^$*@.?!,;:]/u.test(part)) throw new Error(`"${part}" is not a word in "${source}"`);
  return vocabulary.even(part).map((each) => ({ type: 'word', words: new Set([each]), prefixes: [] }));
}

function anyOf(steps: readonly WordStep[]): WordStep {
  return {
    type: 'word',
    words: new Set(steps.flatMap((step) => [...step.words])),
    prefixes: steps.flatMap((step) => step.prefixes),
  };
}

/** What the first word of a choice can be, when every option begins with a certain word. */
function firstOfAll(options: readonly (readonly Step[])[]): WordStep | undefined {
  const firsts: WordStep[] = [];
  for (const [begin] of options) {
    const first = begin?.type === 'choice' && !begin.optional ? begin.first : begin;
    if (first?.type !== 'word') return undefined;
    firsts.push(first);
  }
  const [only] = firsts;
  return firsts.length === 1 ? only : anyOf(firsts);
}

function firstOf(steps: readonly Step[], source: string): Pattern['first'] {
  const certain = firstOfAll([steps]);
  if (certain) return certain;
  const words = new Set<string>();
  const prefixes: string[] = [];
  /** Returns whether the steps can be passed without a word. */
  const collect = (some: readonly Step[]): boolean => {
    for (const step of some) {
      if (step.type === 'gap') throw new Error(`"${source}" begins with a gap; begin with a word`);
      if (step.type === 'end') continue;
      if (step.type === 'word') {
        for (const each of step.words) words.add(each);
        prefixes.push(...step.prefixes);
        return false;
      }
      const passable = step.options.map(collect).includes(true);
      if (!step.optional && !passable) return false;
    }
    return true;
  };
  if (collect(steps)) throw new Error(`"${source}" could match nothing; one word must be certain`);
  return { type: 'word', words, prefixes };
}
