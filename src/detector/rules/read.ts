/** Reads a reply and its post by the signs. Pure: words in, numbers and places out. */

import { contexts, type Finding, type Kind, kinds, type Move, moves, type Reading } from '#detector/reading';
import { coveredDanger, voicesDanger } from '#detector/rules/danger';
import { type Evidence, lookFor, noisyOr, strength } from '#detector/rules/evidence';
import { shares } from '#detector/rules/shares';
import type { Label, Signs } from '#detector/rules/signs';
import { type Plain, plain } from '#detector/text/plain';
import { type Quote, quote } from '#detector/text/quote';

/** Nothing below this is a fix at any sensitivity, by the signs alone. */
export const screenAt = 0.4;

/** How much a kind, surely found, makes a reply a fix. */
const fixes: Record<Kind, number> = {
  advice: 0.9,
  'silver-lining': 0.95,
  cheerleading: 0.8,
  'explaining-away': 0.95,
  interpreting: 0.85,
  pathologising: 0.95,
  criticising: 0.97,
  detached: 0.8,
  'changing-subject': 0.85,
  'taking-over': 0.6,
};

/** How much a move, surely found, is staying with the person. */
const stays: Record<Move, number> = {
  reflects: 0.9,
  'asks-openly': 0.8,
  validates: 0.8,
  'with-you': 0.7,
  'asks-permission': 0.95,
  thanks: 0.6,
};

/** A reply of which nothing is known is a little more likely to be fine than a fix. */
const nothingKnown = 0.12;
/** What real staying-with takes off a fix that comes after it, and off one that comes before it. */
const listenedFirst = 0.6;
const listenedLater = 0.3;
const pointsAt = 0.5;
/** A kind below this has no words to show. */
const leastShown = 0.2;
const smallTalk = 0.35;
const plainlyShared = 0.5;
/** A question mark says a little of itself. */
const question = 0.12;
const faint = 0.15;

export type Reader = { screen(reply: string): boolean; read(reply: string, post: string): Reading };

export function readBy(signs: Signs): Reader {
  return {
    screen: (reply) => {
      const text = plain(reply, signs.spelling);
      const evidence = lookFor(signs, signs.forReply, text);
      // Most replies end here: without a sign of a kind only a long story of one's own is a fix.
      const ofKinds = evidence.some(({ sign }) => isKind(sign.label) && sign.weight > 0);
      if (!ofKinds && ownStory(signs, text) === 0) return false;
      const { fixit, pointsToHelp } = score(signs, text, evidence);
      return !pointsToHelp && fixit >= screenAt;
    },
    read: (reply, post) => {
      const text = plain(reply, signs.spelling);
      const evidence = lookFor(signs, signs.forReply, text);
      const scored = score(signs, text, evidence);
      return {
        ...scored,
        findings: findings(scored.kinds, evidence, reply, text),
        ...readPost(signs, post),
        voicesDanger: voicesDanger(signs, reply, text),
      };
    },
  };
}

function score(
  signs: Signs,
  text: Plain,
  evidence: readonly Evidence[],
): Omit<Reading, 'findings' | 'post' | 'shares' | 'voicesDanger'> {
  const attuned = scores(moves, (move) => wholeReply(move, evidence));
  const found = scores(kinds, (kind) => wholeReply(kind, evidence));
  found.advice = noisyOr([found.advice, telling(text) * (1 - Math.max(...Object.values(attuned)))]);
  found['taking-over'] = noisyOr([found['taking-over'], ownStory(signs, text)]);
  return {
    fixit: fixit(found, attuned, evidence),
    kinds: found,
    attuned,
    pointsToHelp: wholeReply('points-to-help', evidence) >= pointsAt,
  };
}

function readPost(signs: Signs, post: string): Pick<Reading, 'post' | 'shares'> {
  const text = plain(post, signs.spelling);
  const evidence = lookFor(signs, signs.forPost, text);
  const found = scores(contexts, (context) => strength(context, evidence));
  if (text.sentences.some((sentence) => sentence.question))
    found['asks-advice'] = noisyOr([found['asks-advice'], question]);
  // Without any word of trouble a post is as likely as not small talk.
  const trouble = evidence.some(({ sign }) => sign.label === 'not-distress' && sign.weight < 0);
  if (!trouble) found['not-distress'] = noisyOr([found['not-distress'], smallTalk]);
  found.crisis = Math.max(found.crisis, coveredDanger(signs, post));
  const shared = shares(signs, text, evidence);
  // Whoever plainly tells of a difficulty of their own makes no small talk, with a "lol" or without.
  if (shared >= plainlyShared) found['not-distress'] *= 1 - shared;
  return { post: found, shares: shared };
}

function scores<L extends Label>(labels: readonly L[], score: (label: L) => number): Record<L, number> {
  const found = {} as Record<L, number>;
  for (const label of labels) found[label] = score(label);
  return found;
}

/** Sentence by sentence: the best one counts whole, each further one half as much as the one before. */
function wholeReply(label: Label, evidence: readonly Evidence[]): number {
  if (!evidence.some(({ sign }) => sign.label === label)) return 0;
  const values = bySentence(label, evidence).map((own) => strength(label, own));
  values.sort((a, b) => b - a);
  return noisyOr(values.slice(0, 6).map((value, rank) => value / 2 ** rank));
}

/** A label's evidence, one list for each sentence that has some, in their order: evidence is found in that order. */
function bySentence(label: Label, evidence: readonly Evidence[]): Evidence[][] {
  const lists: Evidence[][] = [];
  for (const each of evidence) {
    if (each.sign.label !== label) continue;
    const last = lists.at(-1);
    if (last?.[0]?.sentence === each.sentence) last.push(each);
    else lists.push([each]);
  }
  return lists;
}

/** Whoever tells much and asks nothing leads more often than not: faint, and only where nothing attuned was found. */
function telling(text: Plain): number {
  const told = text.sentences.filter(({ question }) => !question).reduce((sum, { tokens }) => sum + tokens.length, 0);
  return Math.min(faint, told / 300);
}

/** Much of "I", nothing of "you", and long: the poster has dropped out of view. */
function ownStory(signs: Signs, text: Plain): number {
  let me = 0;
  let you = 0;
  for (const { tokens } of text.sentences)
    for (const { word } of tokens) {
      if (signs.me.has(word)) me++;
      if (signs.you.has(word)) you++;
    }
  if (me < 4 || you > me / 6) return 0;
  return Math.min(0.6, (text.words - 15) / 100);
}

function fixit(found: Record<Kind, number>, attuned: Record<Move, number>, evidence: readonly Evidence[]): number {
  const fix = noisyOr([nothingKnown, ...kinds.map((kind) => found[kind] * fixes[kind])]);
  const first = firstFix(evidence);
  const before = evidence.filter(({ sentence, to }) => comesBefore(sentence, to, first));
  const staying = (score: (move: Move) => number) => noisyOr(moves.map((move) => score(move) * stays[move]));
  const early = staying((move) => wholeReply(move, before));
  const late = Math.max(0, staying((move) => attuned[move]) - early);
  return fix * (1 - listenedFirst * early) * (1 - listenedLater * late);
}

type Place = { sentence: number; from: number };

/** Where the first sign of weight of any kind stands. */
function firstFix(evidence: readonly Evidence[]): Place {
  const places = evidence.filter(({ sign }) => isKind(sign.label) && sign.weight >= 0.3);
  places.sort((a, b) => a.sentence - b.sentence || a.from - b.from);
  return places[0] ?? { sentence: Number.POSITIVE_INFINITY, from: 0 };
}

const comesBefore = (sentence: number, to: number, place: Place): boolean =>
  sentence < place.sentence || (sentence === place.sentence && to <= place.from);

const kindNames: ReadonlySet<string> = new Set(kinds);
const isKind = (label: Label): label is Kind => kindNames.has(label);

/** Scolding and the like often come as orders: a particular kind goes before plain advice that is hardly stronger. */
const rank = ({ kind, p }: Finding): number => (kind === 'advice' ? p * 0.85 : p);

/** The words that show each kind, strongest first; of each kind the one sentence that shows it best. */
function findings(found: Record<Kind, number>, evidence: readonly Evidence[], reply: string, text: Plain): Finding[] {
  return kinds
    .flatMap((kind): Finding[] => {
      const p = found[kind];
      const words = p < leastShown ? undefined : bestWords(kind, evidence, reply, text);
      return words ? [{ kind, p, ...words }] : [];
    })
    .sort((a, b) => rank(b) - rank(a));
}

function bestWords(kind: Kind, evidence: readonly Evidence[], reply: string, text: Plain): Quote | undefined {
  let best: { shown: Evidence[]; strength: number } | undefined;
  for (const shown of bySentence(kind, evidence)) {
    const value = strength(kind, shown);
    if (value > (best?.strength ?? 0)) best = { shown, strength: value };
  }
  const signs = best?.shown.filter(({ sign }) => sign.weight > 0) ?? [];
  const [strongest] = signs.sort((a, b) => b.sign.weight - a.sign.weight || a.from - b.from);
  // No sign, but its own story: the whole first sentence.
  const sentence = text.sentences[strongest?.sentence ?? 0];
  return sentence && quote(reply, sentence.tokens, strongest?.from ?? 0);
}
