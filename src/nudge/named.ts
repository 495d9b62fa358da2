import type { Speaker } from './conversation.ts';

/** Whom a text names or mentions. Pure; names are compared as people type them, without marks and ornaments. */

/** `surely`: by a mention or by the whole name, or by a first name that is set off. */
type Named = { speaker: Speaker; surely: boolean } | 'somebody else' | 'unclear';

/** Names shorter than this are also words. */
const shortest = 3;

const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase();

/** What may stand before a name: a greeting, an emoji, signs of all kinds. */
const opening =
  /^(?:[^\p{L}\p{N}<]|<a?:\w+:\d+>|(?:hey+|hi+|hello|there|oh+|ah+|aw+h?|ugh|yo|ok|okay|no|well|dear|i['’]?m|so|very|sorry|thanks)(?![\p{L}\p{N}]))*/u;
/** After this a name is spoken of, or is one of several. */
const goesOn = /^(?:\s*(?:is|was|has|said|says|and|or)(?![\p{L}\p{N}])|\s+[&+]|\s*\/)/u;
/** As much of the end of a text as a name and what stands around it can take. */
const longestEnd = 100;
const ornaments = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/**
 * The one of the speakers whom a text mentions or names at its beginning; `undefined`: it begins with nobody.
 * Who is mentioned elsewhere, or named at the end, may be meant as well.
 */
export function whoIsNamed(text: string, speakers: readonly Speaker[]): Named | undefined {
  const said = plain(text).replace(opening, '');
  const mentioned = new Set([...said.matchAll(/<@!?(\d+)>/g)].map(([, user]) => user));
  if (mentioned.size > 1) return 'unclear';
  const [user] = mentioned;
  if (user !== undefined) {
    const speaker = speakers.find((one) => one.user === user);
    if (!/^<@/.test(said)) return speaker ? { speaker, surely: false } : 'unclear';
    return speaker ? { speaker, surely: true } : 'somebody else';
  }
  return atTheBeginning(said, speakers) ?? atTheEnd(said, speakers);
}

function atTheBeginning(said: string, speakers: readonly Speaker[]): Named | undefined {
  const found = longest(speakers, (name) => said.startsWith(name) && isWhole(said.slice(name.length)));
  if (!found) return undefined;
  const rest = said.slice(found.length);
  const [speaker, another] = found.speakers;
  if (!speaker || another || goesOn.test(rest)) return 'unclear';
  return { speaker, surely: found.isWholeName || /^\s*(?:[^\p{L}\p{N}\s]|$)/u.test(rest) };
}

/** Nothing of a word, and no "ana's". */
const isWhole = (rest: string): boolean => !/^(?:[\p{L}\p{N}]|['’]\p{L})/u.test(rest);

function atTheEnd(said: string, speakers: readonly Speaker[]): Named | undefined {
  const trimmed = said.slice(-longestEnd).replace(ornaments, '');
  const found = longest(speakers, (name) => trimmed.endsWith(name) && isStart(trimmed.slice(0, -name.length)));
  if (!found) return undefined;
  const [speaker, another] = found.speakers;
  return !speaker || another ? 'unclear' : { speaker, surely: false };
}

const isStart = (before: string): boolean => /[^\p{L}\p{N}]$/u.test(before);

/** Those whose name fits best: the longest one that fits; of several who have it, all. */
function longest(speakers: readonly Speaker[], fits: (name: string) => boolean) {
  let best: { length: number; isWholeName: boolean; speakers: Set<Speaker> } | undefined;
  for (const speaker of speakers)
    for (const { name, isWholeName } of speaker.names.flatMap(waysToSay)) {
      if (name.length < shortest || name.length < (best?.length ?? 0) || !fits(name)) continue;
      if (!best || name.length > best.length) best = { length: name.length, isWholeName, speakers: new Set() };
      best.speakers.add(speaker);
      best.isWholeName ||= isWholeName;
    }
  return best && { ...best, speakers: [...best.speakers] };
}

/** The whole name, and its first word. */
function waysToSay(name: string): { name: string; isWholeName: boolean }[] {
  const whole = plain(name).replace(ornaments, '');
  const [first = ''] = /^[\p{L}\p{N}]+/u.exec(whole) ?? [];
  return [
    { name: whole, isWholeName: true },
    { name: first, isWholeName: first === whole },
  ];
}
