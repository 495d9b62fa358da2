import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { DataError } from '#data';
import { shippedData } from './sentences.ts';

/**
 * A language that nobody speaks: every sentence of data/en with accents, in brackets, and longer by a third, as German
 * is. Where that is more than its schema takes, it is as long as it may be.
 */

const growth = 1.35;

/** What stays as it is: ids, what people type or say (the detector reads English only), and signs. By file and way. */
const kept: readonly [file: RegExp, way: RegExp][] = [
  [/^signs\//, /./],
  [/^reflection\//, /./],
  [/^commands\//, /(^|\.)name$/],
  [/^search\./, /./],
  [/^(?!signs|commands)[\w-]+\//, /^(id|topic|family|prompts\.\d+\.move|also\.\d+|related\.\d+|sources\.\d+\.link)$/],
  [/^scenarios\//, /^(needs|before\.\d+\.who|moved\.kind)$/],
  [/^feedback\./, /^everyday/],
  [/^crisis\./, /^sources\.\d+\.link$/],
  [/^demo\./, /^(post|reply)$/],
  [/^decided\./, /^trying\.example/],
  [/^tour\./, /^(cast\.\d+\.name|steps\.\d+\.(id|as|at|suggest|goal\.\w+))$/],
];
/** A work is called as it is called. */
const neverLonger = /^sources\./;

const accents = new Map(
  [...'aeiouycnsAEIOUYCNS'].map((letter, at) => [letter, [...'åéïøüýçñšÅÉÏØÜÝÇÑŠ'][at] ?? letter]),
);
const fixed = /\{[^{}]*\}|\]\([^)]*\)|https?:\/\/\S+|(?<!\w)\/[a-z]+|\*\*|<[^>]*>/g;
const filler = ' ñøçh läñgér';

/** One sentence; at most `max` characters. Placeholders, links, commands and bold print stay whole. */
export function pseudo(text: string, max = Number.POSITIVE_INFINITY, grow = growth): string {
  const units: { text: string; isFixed: boolean }[] = [];
  const add = (free: string) => {
    for (const char of free) units.push({ text: accents.get(char) ?? char, isFixed: false });
  };
  let from = 0;
  for (const { 0: whole, index } of text.matchAll(fixed)) {
    add(text.slice(from, index));
    units.push({ text: whole, isFixed: true });
    from = index + whole.length;
  }
  add(text.slice(from));
  const wanted = Math.min(Math.ceil(text.length * grow), max - 2);
  add(filler.repeat(Math.ceil(text.length / filler.length) + 1).slice(0, Math.max(0, wanted - text.length)));
  let length = units.reduce((sum, unit) => sum + unit.text.length, 0);
  while (length > wanted) {
    const last = units.findLastIndex(({ isFixed }) => !isFixed);
    if (last < 0) throw new Error(`"${text}" does not fit into ${max} characters.`);
    length -= units.splice(last, 1)[0]?.text.length ?? 0;
  }
  return `⟦${units.map((unit) => unit.text).join('')}⟧`;
}

/** Files of one folder have one schema, and so have the entries of a list. */
const shapeOf = (file: string, way: string) =>
  `${file.replace(/^(?!commands)([\w-]+)\/.*/, '$1')} ${way.replace(/\d+/g, '*')}`;

/**
 * Writes it to a folder. How long a sentence may be, its schema says: `load` is tried until it takes all of them.
 * @param load loads everything below `data`; throws a DataError for what is too long.
 */
export async function writePseudo(data: string, load: (data: string) => unknown): Promise<void> {
  const english = new Map<string, unknown>(
    globSync('**/*.yaml', { cwd: join(shippedData, 'en') }).map((file) => [
      file,
      parse(readFileSync(join(shippedData, 'en', file), 'utf8')),
    ]),
  );
  const limits = new Map<string, number>();
  const limitOf = (file: string, way: string) => limits.get(`${file} ${way}`) ?? limits.get(shapeOf(file, way));
  const spoken = (file: string, value: unknown, way = ''): unknown => {
    if (Array.isArray(value)) return value.map((part, at) => spoken(file, part, way ? `${way}.${at}` : `${at}`));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, part]) => [key, spoken(file, part, way ? `${way}.${key}` : key)]),
      );
    if (typeof value !== 'string' || kept.some(([files, ways]) => files.test(file) && ways.test(way))) return value;
    return pseudo(value.trim(), limitOf(file, way), neverLonger.test(way) ? 1 : growth);
  };
  const write = (file: string) => writeFileSync(join(data, 'en', file), stringify(spoken(file, english.get(file))));
  const lengthOf = (file: string, way: string) => {
    const found = way
      .split('.')
      .reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], spoken(file, english.get(file)));
    return typeof found === 'string' ? found.length : undefined;
  };

  /** Learns from what was said against a file. */
  const learn = (said: string): boolean => {
    const [, file = '', way = '', why = ''] = /en\/([\w/-]+\.yaml), (.+?): (.*)$/.exec(said) ?? [];
    const limit = /<=(\d+) characters/.exec(why)?.[1];
    if (limit !== undefined) limits.set(shapeOf(file, way), Number(limit));
    else if (way === 'sources') {
      // More than one message holds: the text beside the sources is what can be shorter.
      const text = lengthOf(file, 'long') === undefined ? 'why' : 'long';
      limits.set(`${file} ${text}`, (lengthOf(file, text) ?? 0) - 40);
    } else {
      const length = lengthOf(file, way);
      if (length === undefined) return false;
      limits.set(`${file} ${way}`, length - 10);
    }
    for (const one of english.keys()) if (shapeOf(one, '') === shapeOf(file, '')) write(one);
    return true;
  };

  cpSync(shippedData, data, { recursive: true });
  for (const file of english.keys()) write(file);
  for (let tries = 0; ; tries++) {
    try {
      await load(data);
      return;
    } catch (error) {
      if (!(error instanceof DataError) || tries > 200) throw error;
      const learned = error.message.split('\n').map(learn);
      if (!learned.every(Boolean)) throw error;
    }
  }
}

/** All that people read in what the bot sends: texts, labels, placeholders, descriptions, and names of choices. */
export function textsIn(value: unknown, key = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((part) => textsIn(part, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    if (typeof part !== 'string') return textsIn(part, name);
    const isRead = ['content', 'label', 'placeholder', 'description', 'title'].includes(name);
    return isRead || (name === 'name' && key === 'choices') ? [part] : [];
  });
}

/** Mentions, links, commands, and the year of a work. */
const notWords = /<[^<>]*>|\]\([^)]*\)|https?:\/\/\S+|(?<!\w)\/[a-z]+|, \d{4}(?=[;\]]|$)/g;

/** What stands outside of every sentence, and inside of one; `isWhole`: each has its beginning and its end. */
function split(text: string): { outside: string; inside: string; isWhole: boolean } {
  const found = { outside: '', inside: '', isWhole: true };
  let depth = 0;
  for (const char of text.replace(notWords, '')) {
    if (char === '⟦') depth++;
    else if (char === '⟧') depth--;
    else found[depth > 0 ? 'inside' : 'outside'] += char;
    found.isWhole &&= depth >= 0;
  }
  return { ...found, isWhole: found.isWhole && depth === 0 };
}

export const outside = (text: string): string => split(text).outside;

/**
 * What is wrong with a text that is said to be all of this language: words that stand outside of every sentence, or
 * that are filled into one as they are. Names and what people wrote themselves are told in `own`.
 */
export function faultsOf(text: string, own: readonly string[] = []): string[] {
  const { outside, inside, isWhole } = split(own.reduce((rest, one) => rest.replaceAll(one, ''), text));
  return [
    ...(isWhole ? [] : [`cut: ${text}`]),
    ...(/[\p{L}\p{N}]/u.test(outside) ? [`no sentence of the words: ${outside.trim()} (${text})`] : []),
    ...(/[aeiouycns]/i.test(inside) ? [`filled in as it is: ${text}`] : []),
    ...(/<[/#@t][^>]*…/.test(text) ? [`a mention that is cut: ${text}`] : []),
  ];
}
