import { seeded } from '#content/find';
import { named } from '#data';
import { isEnglish, ownText } from '#detector/text/clean';
import { type Lexicon, makeLexicon, neverIn } from './lexicon.ts';
import { type Felt, type Noticed, notice, type Told } from './notice.ts';
import { capital } from './turn.ts';
import { type ReflectionWords, readReflectionWords } from './words.ts';

/** Reflections made for one post: what a good listener might say to it. When it is not sure, it stays general. */

export type Reflection = {
  /** Two or three lines to make one's own. */
  says: readonly string[];
  /** Two open questions. */
  asks: readonly string[];
  /** Made for this post; else the lines fit most posts. */
  isTailored: boolean;
  /** Too little to say something about, or so much that one part of it would be picked by chance. */
  length: 'short' | 'long' | 'right';
  /** Only English is read. */
  isEnglish: boolean;
};

/**
 * @param seed the same seed, the same lines: a message's id, for example.
 * @param isLight it was read as good news, or as talk about no difficulty: where nothing is handed back, nothing sad is said.
 */
export type ReflectOn = (post: string, seed: number, isLight?: boolean) => Reflection;

/** In words. */
const shortest = 3;
const longest = 300;

/** @throws DataError that names the file and the entry. */
export function openReflection(data: string): ReflectOn {
  const lexicon = makeLexicon(readReflectionWords(data), named(data, 'en', 'reflection'));
  return (post, seed, isLight = false) => reflect(post, seed, lexicon, isLight);
}

/** The share of posts that get a reflection of their own, 0..1. */
export const tailoredShare = (posts: readonly string[], reflectOn: ReflectOn): number =>
  posts.filter((post) => reflectOn(post, 0).isTailored).length / Math.max(1, posts.length);

function reflect(post: string, seed: number, lexicon: Lexicon, isLight: boolean): Reflection {
  const { words } = lexicon;
  const noticed = notice(post, lexicon);
  const length = noticed.words < shortest ? 'short' : noticed.words > longest ? 'long' : 'right';
  const own = length === 'long' ? [] : tailored(noticed, seed, words).filter((say) => !neverIn(say, words.never));
  const isTailored = own.length > 0;
  const { beside, light, general } = words.shapes;
  const saysLight = isLight && length === 'right' && !isTailored;
  const further = seeded(isTailored ? beside : saysLight ? light : general, seed);
  const says = [...own, ...further].slice(0, isTailored ? Math.max(2, Math.min(3, own.length)) : 3);
  const asks = saysLight
    ? seeded(words.asks.light, seed).slice(0, 2)
    : asksFor(isTailored ? noticed : undefined, seed, words);
  return { says, asks, isTailored, length, isEnglish: isEnglish(ownText(post)) };
}

/** Two questions that fit what the post is about; one of them fits any post. */
function asksFor(noticed: Noticed | undefined, seed: number, { asks }: ReflectionWords): string[] {
  const topic = noticed?.told[0]?.topic ?? noticed?.feelings[0]?.topic;
  const near = topic === undefined ? [] : seeded(asks.about[topic] ?? [], seed).slice(0, 1);
  return [...near, ...seeded(asks.general, seed)].slice(0, 2);
}

/** At most three, each from another part of the post or in another shape. */
function tailored({ feelings, told, sentences }: Noticed, seed: number, { shapes, links }: ReflectionWords): string[] {
  /** The first of a kind of shape in this seed's order, or the next. */
  const shape = (
    name: Exclude<keyof typeof shapes, 'general' | 'light' | 'beside'>,
    gaps: Record<string, unknown>,
    nth = 0,
  ) => {
    const order = seeded(shapes[name], seed);
    return fill(order[nth % order.length] ?? '', gaps);
  };
  const clauses = told.filter(({ it, instead }) => it === 'clause' && !instead);
  const others = told.filter(({ it, instead }) => it !== 'clause' || instead);
  const [felt] = feelings;
  const [first, second] = clauses;
  const lines: string[] = [];

  const tie =
    felt && clauses.map((one) => ({ one, link: linkOf(felt, one, sentences, links) })).find(({ link }) => link);
  if (felt && tie?.link) lines.push(shape('linked', { feels: felt.feels, link: tie.link, said: tie.one.said }));
  else if (felt && first) lines.push(shape('both', { feels: felt.feels, said: first.said }));
  else if (first && second) lines.push(shape('twice', { said: first.said, also: second.said }));
  const further = clauses.find((one) => one !== (tie?.one ?? first)) ?? first;
  if (further) lines.push(shape('said', { said: further.said }));
  for (const { instead, it, said } of others)
    if (it !== 'clause' && !instead) lines.push(shape(it, { said }));
    else if (instead) lines.push(...seeded(instead, seed).slice(0, 1));
  if (felt && lines.length < 3) lines.push(shape(felt.strength, felt));
  if (felt && lines.length === 1) lines.push(shape(felt.strength, felt, 1));
  return [...new Set(lines)];
}

/** The word by which the post itself ties a feeling to something in the same sentence. */
function linkOf(felt: Felt, told: Told, sentences: Noticed['sentences'], links: readonly string[]): string | undefined {
  if (felt.sentence !== told.sentence) return undefined;
  const tokens = sentences[told.sentence]?.tokens ?? [];
  const word = tokens[told.from - 1]?.word ?? '';
  const isNear = told.from - felt.to <= 3 && felt.from - told.to <= 3;
  return isNear && links.includes(word) ? word : undefined;
}

const fill = (shape: string, gaps: Record<string, unknown>) =>
  shape.replace(/\{(\w)(\w*)\}/g, (_, first: string, rest: string) => {
    const said = String(gaps[first.toLowerCase() + rest] ?? '');
    return first === first.toUpperCase() ? capital(said) : said;
  });
