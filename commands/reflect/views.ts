import { z } from 'zod';
import type { Content } from '#content/content';
import { seeded } from '#content/find';
import {
  fitting,
  isOwn,
  type Opener,
  type Own,
  orderOf,
  saying,
  shownTogether,
  someFrom,
  withOwn,
} from '#content/openers';
import { anyFeeling, type FeelingPrompts, families, whyForMyself, whyItHelps, whyToAskPlainly } from '#content/prompts';
import type { Voiced } from '#content/search';
import { crisisButton, crisisWords } from '#panels/crisis';
import { by, customIds, key } from '#panels/custom-ids';
import { stepsForOneself } from '#panels/danger';
import { OldPanel } from '#panels/refusal';
import { shareWords } from '#panels/share';
import { button, colour, frame, headed, type Part, quotes, row, small } from '#panels/ui';
import { type Ctx, named, optionWords } from '#panels/unit';
import { filled, line } from '#words';

/** What /reflect shows: openers for somebody else, or questions to oneself. */

export const wordsSchema = z.strictObject({
  ...named,
  feeling: optionWords,
  whom: optionWords,
  ...{ somebody: line(100), myself: line(100) },
  families: z.record(z.enum(families), line(40)),
  choice: filled(100, 'family', 'feeling'),
  ...{ heading: filled(100, 'feeling'), headingAny: line(100) },
  ...{ headingMyself: filled(100, 'feeling'), headingMyselfAny: line(100) },
  notFound: line(200),
  ...{ slow: line(60), say: line(40), listen: filled(300, 'notice'), toMyself: line(60) },
  ...{ own: line(200), ownMyself: line(200), fromHere: line(80) },
  ...{ another: line(80), why: line(80), more: filled(200, 'explain') },
  ...crisisWords,
  ...shareWords,
});
export const uses = ['content', 'hearDanger', 'mention', 'ownPrompts', 'sharing'] as const;
export type Words = z.output<typeof wordsSchema>;
export type ReflectCtx = Ctx<Words, (typeof uses)[number]>;

export const whoms = ['somebody', 'myself'] as const;
const number = z.coerce.number().int().min(0);
// `danger`: it was voiced in what was asked for. `seed` orders a feeling's prompts, `turn` is how often it was asked for,
// `at` the place in that order.
const stateSchema = {
  ...{ feeling: key(32), whom: z.enum(whoms), danger: z.enum(['clear', 'none']) },
  ...{ seed: number, turn: number, at: number },
};
export const ids = customIds('reflect', {
  another: by('button', stateSchema),
  // `own`: the community's prompt among those shown; '': none of them is. What is shared is what was read.
  share: by('button', { ...stateSchema, own: key(16) }),
  why: by('button', { topic: key(32) }),
});
export type State = z.output<z.ZodObject<typeof stateSchema>>;

const asksAboutDanger = (one: Opener): boolean => !isOwn(one) && (one.first === true || one.danger === true);

/**
 * @param own the community's prompts. Where one fits it is among the openers, another one at each turn.
 * @throws OldPanel when a later version no longer has the feeling that a button names.
 */
export function find(state: State, content: Content, locale: string | null, own: readonly Own[]) {
  const { feeling, whom, danger, seed, turn, at } = state;
  const entry = content.prompts(locale).get(feeling);
  if (!entry) throw new OldPanel();
  const forAny = feeling === anyFeeling ? [] : (content.prompts(locale).get(anyFeeling)?.prompts ?? []);
  const prompts = someFrom(orderOf(entry, seed, turn, forAny), at);
  // A question about danger is asked in one's own words, and not shown to a channel by a press.
  const isAboutDanger =
    danger === 'clear' || content.search(locale).opened.prompts.has(feeling) || prompts.some(asksAboutDanger);
  /** One of the feeling's questions is about danger, whichever is shown. */
  const isHeavy = isAboutDanger || entry.prompts.some(asksAboutDanger);
  const fit = isHeavy ? [] : fitting(own, entry.family);
  return {
    entry,
    openers: withOwn(
      prompts,
      fit.length === 0 ? undefined : someFrom(fit, turn + Math.floor(at / shownTogether), 1)[0],
    ),
    isHeavy,
    canBeShared: !isAboutDanger && whom === 'somebody',
  };
}

/** What could be written. What to listen for stays with the listener: the poster may read what is shared. */
export const toShare = (openers: readonly Opener[], { say, own }: Words): Part[] => [
  headed(say, quotes(openers.map(saying))),
  small(own),
];

/** The topic that says why these help. */
function topicOf(openers: readonly Opener[]): string {
  const [opener] = openers;
  return opener && !isOwn(opener) && !asksAboutDanger(opener) ? whyItHelps[opener.move] : whyToAskPlainly;
}

const headingFor = ({ id, name }: FeelingPrompts, whom: State['whom'], words: Words): string => {
  const isAny = id === anyFeeling;
  if (whom === 'myself') return isAny ? words.headingMyselfAny : words.headingMyself({ feeling: name });
  return isAny ? words.headingAny : words.heading({ feeling: name });
};

/** What to listen for, and whose words they are. */
const noticeOf = (one: Opener, { listen, fromHere }: Words): string => {
  const notice = one.notice === undefined ? [] : [listen({ notice: one.notice })];
  return small([...notice, ...(isOwn(one) ? [fromHere] : [])].join(' '));
};

/** @param own the community's prompts. */
export const view = (
  state: State,
  ctx: ReflectCtx,
  locale: string,
  own: readonly Own[],
  notice: string | false = false,
) => (state.whom === 'myself' ? forMyself(state, ctx, locale, notice) : forSomebody(state, ctx, locale, notice, own));

function forSomebody(
  state: State,
  { words, content }: ReflectCtx,
  locale: string,
  notice: string | false,
  own: readonly Own[],
) {
  const { entry, openers, isHeavy, canBeShared } = find(state, content, locale, own);
  const { slow } = content.oneself(locale);
  const step = state.turn + Math.floor(state.at / shownTogether) + state.feeling.length;
  return frame(
    colour.panel,
    notice,
    `### ${headingFor(entry, state.whom, words)}`,
    isHeavy && row(crisisButton(words)),
    entry.ifYou,
    headed(words.slow, ...someFrom(slow, step, 1)),
    `**${words.say}**`,
    ...openers.map((one) => `> ${saying(one)}\n${noticeOf(one, words)}`),
    small(words.own),
    row(
      button(ids.to.another({ ...state, at: state.at + shownTogether }), words.another, { style: 'primary' }),
      canBeShared && button(ids.to.share({ ...state, own: openers.find(isOwn)?.id ?? '' }), words.share),
      button(ids.to.why({ topic: topicOf(openers) }), words.why),
    ),
  );
}

/** One question that is near to the feeling, and two for any. */
function forMyself(state: State, { words, content }: ReflectCtx, locale: string, notice: string | false) {
  const { entry, isHeavy } = find(state, content, locale, []);
  const { own, about, small: way } = content.oneself(locale);
  const place = state.at + state.turn;
  const near = seeded(about[entry.family], state.seed);
  return frame(
    colour.panel,
    notice,
    `### ${headingFor(entry, state.whom, words)}`,
    isHeavy && way,
    isHeavy && row(crisisButton(words)),
    entry.ifYou,
    headed(words.toMyself, quotes([...someFrom(near, place, 1), ...someFrom(seeded(own, state.seed), place * 2, 2)])),
    small(words.ownMyself),
    !isHeavy && small(way),
    row(
      button(ids.to.another({ ...state, at: state.at + 1 }), words.another, { style: 'primary' }),
      button(ids.to.why({ topic: whyForMyself }), words.why),
      !isHeavy && crisisButton(words, 'quiet'),
    ),
  );
}

/** For somebody who wrote of danger to themselves: this is no moment for questions. */
export const inDanger = (voiced: Voiced | undefined, { words, content }: ReflectCtx, locale: string) =>
  frame(
    colour.panel,
    content.oneself(locale).danger,
    stepsForOneself(content, locale, voiced),
    row(crisisButton(words)),
  );

/** Why what was shown helps, in short. */
export function whyView(topic: string, { words, content, mention }: ReflectCtx, locale: string) {
  const entry = content.explanations(locale).get(topic);
  if (!entry) throw new OldPanel();
  const more = words.more({ explain: mention('explain') });
  return frame(colour.panel, `### ${entry.name}\n${entry.short}`, small(more));
}
