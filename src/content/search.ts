import { z } from 'zod';
import { DataError, named } from '#data';
import { line, loadFile, type Spoken } from '#words';
import { type Entries, id } from './collection.ts';
import { type Match, matchesIn } from './matches.ts';
import { type Mend, mending, plain } from './spelling.ts';

/** What the search knows beside the entries' own words: data/<language>/search.yaml. */

const file = 'search.yaml';

const words = z.array(line(60)).min(1);
const danger = z.strictObject({
  /** What is opened in /reflect and in /explain. */
  prompts: id,
  explanation: id,
  words,
});
const schema = z.strictObject({
  danger: z.strictObject({ self: danger, selfHarm: danger, somebody: danger, violence: danger, harming: danger }),
  /** Phrases with words of danger in them that mean something else. */
  noDanger: words,
  /** Words that are right, although they resemble one that can be found. */
  rightlySpelled: words,
});

/** Dying; hurting oneself; somebody else who may; what is done to them; what they fear to do to somebody. */
export type Danger = keyof z.output<typeof schema>['danger'];

/** A danger that was voiced, and what is opened for it. */
export type Voiced = { danger: Danger; prompts: string; explanation: string };

export type Search = {
  /** Plain words that are no slips. */
  right: readonly string[];
  /** Plain phrases of danger. */
  phrases: readonly string[];
  /** Ids of what is opened for danger. */
  opened: { prompts: ReadonlySet<string>; explanations: ReadonlySet<string> };
  /** The danger that is voiced in what was typed, if any; before every other search. */
  dangerIn(typed: string): Voiced | undefined;
};

const prepare = (read: z.output<typeof schema>): Search => {
  const opens = Object.entries(read.danger).map(([danger, { prompts, explanation, words }]) => ({
    voiced: { danger: danger as Danger, prompts, explanation },
    phrases: words.map(plain),
  }));
  const phrases = opens.flatMap(({ phrases }) => phrases);
  const harmless = read.noDanger.map(plain);
  const right = read.rightlySpelled.map(plain);
  const listed: [string, Voiced | undefined][] = [
    ...opens.flatMap(({ voiced, phrases }) => phrases.map((one): [string, Voiced] => [one, voiced])),
    ...harmless.map((one): [string, undefined] => [one, undefined]),
  ];
  const mend: Mend = mending([...phrases, ...harmless], right);
  return {
    right,
    phrases,
    opened: {
      prompts: new Set(opens.map(({ voiced }) => voiced.prompts)),
      explanations: new Set(opens.map(({ voiced }) => voiced.explanation)),
    },
    dangerIn: (typed) => longest(matchesIn(mend(plain(typed)), listed)),
  };
};

/** The longest phrase that is part of no longer one: "killed himself" is not looked at in "almost killed himself". */
function longest(matches: Match<Voiced | undefined>[]): Voiced | undefined {
  const kept: Match<Voiced | undefined>[] = [];
  for (const one of matches) if (!kept.some((other) => one.from < other.to && other.from < one.to)) kept.push(one);
  return kept.find(({ value }) => value !== undefined)?.value;
}

/** @throws DataError that names the file and the entry. */
export function loadSearch(
  data: string,
  opened: Record<'prompts' | 'explanations', Spoken<Entries<unknown>>>,
): Spoken<Search> {
  const read = loadFile(data, file, schema);
  for (const [kind, { prompts, explanation }] of Object.entries(read().danger)) {
    for (const [folder, id] of [
      ['prompts', prompts],
      ['explanations', explanation],
    ] as const)
      if (!opened[folder]().has(id))
        throw new DataError(`${named(data, 'en', file)}, danger.${kind}: there is no "${id}" in ${folder}/`);
  }
  const prepared = new Map(read.languages.map((language) => [read(language), prepare(read(language))]));
  const speak = (locale?: string | null) => prepared.get(read(locale)) as Search;
  return Object.assign(speak, { languages: read.languages });
}
