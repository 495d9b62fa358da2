import { z } from 'zod';
import type { Content } from '#content/content';
import { type Scenario, topics } from '#content/scenarios';
import type { Read } from '#feedback/read';
import { countWords, tell } from '#feedback/tell';
import { crisisButton, crisisWords } from '#panels/crisis';
import { dangerParts, type HeardDanger, ownDanger } from '#panels/danger';
import { quoted, toldParts } from '#panels/feedback';
import { bullets, headed, type Part, row, small } from '#panels/ui';
import { type Ctx, named, optionWords } from '#panels/unit';
import { filled, line } from '#words';
import { type Level, levels, type Scene, theirsIn } from './scene.ts';

/** What is shown: the scene, what they may be feeling, and the feedback. */

const dialogWords = z.strictObject({ title: line(45), label: line(45), hint: line(100) });
export const wordsSchema = z.strictObject({
  ...named,
  topic: optionWords,
  difficulty: optionWords,
  topics: z.record(z.enum(topics), line(40)),
  levels: z.record(z.enum(levels), line(40)),
  heading: filled(100, 'topic', 'level'),
  near: line(160),
  notReal: line(200),
  said: z.record(z.enum(['them', 'you', 'one']), line(60)),
  begin: line(160),
  feel: dialogWords,
  thought: line(60),
  also: line(80),
  nobodyKnows: line(200),
  answer: dialogWords,
  yours: line(60),
  unheard: line(60),
  another: line(80),
  /** Feedback of its own sort, by what a scenario needs. */
  needs: z.strictObject({
    repair: line(240),
    repairLong: line(240),
    idea: line(240),
    noIdea: line(240),
    perhapsIdea: line(240),
    silence: line(240),
    silenceLong: line(240),
  }),
  help: line(240),
  danger: line(240),
  noWords: line(200),
  buttons: z.strictObject({
    feel: line(80),
    answer: line(80),
    again: line(80),
    harder: line(80),
    next: line(80),
    stop: line(80),
  }),
  stopped: line(240),
  ...crisisWords,
});
export type Words = z.output<typeof wordsSchema>;
export const uses = ['content', 'read', 'hearDanger'] as const;
export type Practice = Ctx<Words, (typeof uses)[number]>;

/** The most that is shown of what was typed. */
const shown = { guess: 400, reply: 400 };

const headingOf = ({ topic, difficulty }: Scenario, { heading, topics, levels }: Words) =>
  `### ${heading({ topic: topics[topic], level: levels[String(difficulty) as Level] })}`;

export const sceneParts = ({ scenario, said, post }: Scene, words: Words): Part[] => [
  headingOf(scenario, words),
  [...said, { who: 'them' as const, says: post }]
    .map(({ who, says }) => `**${words.said[who]}**\n> ${says}`)
    .join('\n'),
];

/** What they may be feeling, beside what was thought of. Nothing is compared: nobody can know. */
export const feltParts = (
  { scenario }: Scene,
  guess: string,
  heard: HeardDanger | undefined,
  { words }: Practice,
): Part[] => [
  headed(words.thought, quoted(guess, shown.guess)),
  headed(words.also, bullets(scenario.feels)),
  small(words.nobodyKnows),
  heard?.isClear && row(crisisButton(words)),
];

/** What a person who wrote the key knows of the post. */
export const knownOf = ({ needs }: Scenario) => ({
  'not-distress': 0,
  // Ideas are right here; a bright side is not.
  'asks-advice': needs === 'advice' ? 0.5 : 0,
  crisis: needs === 'danger' ? 1 : 0,
});

/** What was written, what was read in it, and the danger that was heard in it. */
type Answer = { reply: string; found: Read; heard: HeardDanger | undefined };

export function feedbackParts(scene: Scene, answer: Answer, ctx: Practice, locale: string): Part[] {
  const { words, content } = ctx;
  const { reply, found } = answer;
  const { scenario, post, unheard, stays } = scene;
  const key = [headed(words.unheard, unheard), headed(words.another, `> ${stays.say}`, stays.why)];
  return [
    headingOf(scenario, words),
    headed(words.said.them, `> ${post}`),
    headed(words.yours, quoted(reply, shown.reply)),
    ...(inDanger(scene, answer, ctx, locale, key) ?? [
      ...readParts(scene, reply, found, words, content, locale),
      ...key,
    ]),
  ];
}

/** In place of a reading: where the scenario is about danger, or the words of the one who practises voice it. */
function inDanger({ needs }: Scene, { found, heard }: Answer, ctx: Practice, locale: string, key: string[]) {
  const { content, words } = ctx;
  // Whoever asks plainly speaks of somebody else. Where that is not sure, there are words for both.
  const isOwn = heard?.isClear && !found.reading.pointsToHelp;
  const own = isOwn && ownDanger(content, locale, heard.voiced);
  const way = [content.feedback(locale).danger.crisis, row(crisisButton(words))];
  if (needs === 'danger') return [words.danger, ...dangerParts(content, locale, undefined, ...key), own, ...way];
  return own ? [own, ...way, ...key] : undefined;
}

function readParts(scene: Scene, reply: string, found: Read, words: Words, content: Content, locale: string): Part[] {
  const say = content.feedback(locale);
  const { left: _, ...told } = tell(found, reply, theirsIn(scene), { words: say, kinds: content.kinds(locale) });
  return [
    found.reading.pointsToHelp && words.help,
    ofItsSort(scene, reply, found, words),
    ...toldParts(told, say),
    small(say.honest),
  ];
}

const short = { repair: 40, silence: 25 };

function ofItsSort({ needs }: Scene, reply: string, { judgement, stays }: Read, { needs: words }: Words) {
  const length = countWords(reply);
  switch (needs) {
    case 'repair':
      return length > short.repair ? words.repairLong : words.repair;
    case 'silence':
      return length > short.silence ? words.silenceLong : words.silence;
    case 'advice':
      if (judgement.reason === 'asked for' && judgement.kind === 'advice') return words.idea;
      return stays.length > 0 ? words.noIdea : words.perhapsIdea;
    default:
      return undefined;
  }
}
