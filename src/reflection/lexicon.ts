import { plain as comparable, mending } from '#content/spelling';
import { DataError } from '#data';
import { fileByAnchor, type Index } from '#detector/rules/anchors';
import { compilePattern, type Pattern } from '#detector/rules/pattern';
import { even, type Spelling } from '#detector/text/plain';
import type { ReflectionWords } from './words.ts';

/** The words of reflections made ready to be looked for. Pure. */

export type Strength = 'mild' | 'plain' | 'strong';
export type Feeling = { words: string; topic: string; strength: Strength };
/** What stands before a feeling, with the words that say it to the person. */
export type Frame = { pattern: Pattern; say: string };
export type Situation = {
  pattern: Pattern;
  topic: string;
  it: 'clause' | 'fragment' | 'belief';
  instead: readonly string[] | undefined;
  /** "i" was left out: "cant sleep". */
  addsYou: boolean;
};

export type Lexicon = {
  spelling: Spelling;
  /** Speaks of somebody besides the writer. */
  isSomeone: (word: string) => boolean;
  /** The word that was meant, where a slip is in it. */
  mend: (word: string) => string;
  /** By their words, as they stand in a text that is evened out. */
  feelings: ReadonlyMap<string, Feeling>;
  frames: Index<Frame>;
  situations: Index<Situation>;
  not: readonly Pattern[];
  words: ReflectionWords;
};

/** @param where the folder, as it is named to people. @throws DataError that names the file and the entry. */
export function makeLexicon(words: ReflectionWords, where: string): Lexicon {
  const forms = new Map(
    Object.entries({ ...words.chat.spelling, ...words.spelling }).map(([form, full]) => [form, full.split(' ')]),
  );
  const { lists } = words;
  const others = new Set([...(lists.bond ?? []), ...(lists.someone ?? [])].filter((one) => !one.includes('@')));
  const feelings = words.feelings.flatMap(({ topic, ...strengths }) =>
    (['mild', 'plain', 'strong'] as const).flatMap((strength) =>
      strengths[strength].map((one): Feeling => ({ words: one, topic, strength })),
    ),
  );
  const spelling: Spelling = {
    forms,
    fillers: new Set(words.chat.fillers),
    joiners: new Set(words.chat.joiners),
    known: new Set(JSON.stringify([words.situations, feelings, lists, words.turn]).match(/\p{L}+/gu) ?? []),
  };
  const evened = (phrase: string) =>
    phrase
      .split(' ')
      .flatMap((word) => even(word, spelling))
      .join(' ');
  const vocabulary = {
    even: (written: string) => even(written, spelling),
    lists: new Map([
      ...Object.entries(lists),
      ['feeling', feelings.map((one) => one.words)],
      ['degree', Object.values(words.degrees).flatMap((some) => Object.keys(some))],
    ]),
  };
  const requireSayable = (file: string, source: string): void => {
    const said = neverIn(source, words.never);
    if (said !== undefined) throw new DataError(`${where}/${file}: "${source}" may not say "${said}"`);
  };
  for (const one of feelings) requireSayable('feelings.yaml', one.words);
  for (const one of Object.values(lists).flat()) requireSayable('words.yaml', one);
  /** `isSaid`: its words are handed back, and not only looked for. */
  const compile = (file: string, source: string, isSaid = true): Pattern => {
    if (isSaid) requireSayable(file, source);
    try {
      return compilePattern(source, vocabulary);
    } catch (error) {
      throw new DataError(`${where}/${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const situations = words.situations.flatMap(({ topic, it, instead, i = [], they = [], says = [] }) => {
    const make = (source: string, addsYou = false): Situation => ({
      pattern: compile('situations.yaml', source, instead === undefined),
      it: it ?? 'clause',
      ...{ topic, instead, addsYou },
    });
    return [
      ...i.flatMap((rest) => [make(`(i|we) [@adverb] ${rest}`), make(`^ [@adverb] ${rest}`, true)]),
      ...they.map((rest) => make(`@someone [@adverb] ${rest}`)),
      ...says.map((whole) => make(whole)),
    ];
  });
  for (const one of [...words.feelings.map(({ topic }) => topic), ...situations.map(({ topic }) => topic)])
    if (!words.asks.about[one])
      throw new DataError(`${where}/asks.yaml, about: there is no question for the topic "${one}"`);
  const frames = words.frames.map(
    ({ after, say, alone }): Frame => ({
      pattern: compile('words.yaml', `${after} [@degree] [@degree] [@degree] @feeling${alone ? ' $' : ''}`),
      say,
    }),
  );
  return {
    spelling,
    isSomeone: (word) => others.has(word),
    mend: mendingTo(spelling.known, [...forms.keys(), ...words.chatWords]),
    feelings: new Map(feelings.map((one) => [evened(one.words), one])),
    frames: fileByAnchor(frames, ({ pattern }) => pattern),
    situations: fileByAnchor(situations, ({ pattern }) => pattern),
    not: words.not.map((source) => compile('words.yaml', source, false)),
    words,
  };
}

/** Slips are mended toward the words that can be handed back, and only where a word is no other word of a chat. */
function mendingTo(known: ReadonlySet<string>, right: readonly string[]): Lexicon['mend'] {
  const meant = new Map([...known].map((word) => [comparable(word), word]));
  const mend = mending(meant.keys(), right.map(comparable));
  const rightly = new Set(right);
  return (word) => (known.has(word) || rightly.has(word) ? word : (meant.get(mend(comparable(word))) ?? word));
}

/** What may not be said and is in the text: a word, or with a star at its end every word that begins so. */
export function neverIn(text: string, never: readonly string[]): string | undefined {
  const said = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return never.find((one) => said.includes(one.endsWith('*') ? ` ${one.slice(0, -1)}` : ` ${one} `));
}
