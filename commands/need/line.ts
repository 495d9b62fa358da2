import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { button, colour, frame, moment, quote, row, small, text } from '#panels/ui';
import { needLasts, type Want } from '#settings/want';
import { filled, line } from '#words';

/** The line that says what somebody needs, and who is there. All of it is kept in the message itself. */

export const lineWords = {
  lines: z.strictObject({
    heard: filled(200, 'who'),
    ideas: filled(200, 'who'),
    company: filled(200, 'who'),
    unsure: filled(200, 'who'),
    nothing: filled(200, 'who'),
  }),
  until: filled(100, 'when'),
  here: line(80),
  /** Who is there; with others, whose names are not shown. */
  present: z.strictObject({
    one: filled(200, 'a'),
    two: filled(200, 'a', 'b'),
    three: filled(200, 'a', 'b', 'c'),
    others: line(100),
    oneMore: filled(200, 'a'),
    twoMore: filled(200, 'a', 'b'),
    threeMore: filled(200, 'a', 'b', 'c'),
  }),
} as const;
const schema = z.strictObject(lineWords);
type Words = z.output<typeof schema>;

/** `until`: when the need is over, in seconds since 1970. */
export const ids = customIds('need', { here: by('button', { until: z.coerce.number().int().min(0) }) });

/** Up to three people in the order in which they came, and whether there are others. */
export type Presence = { people: readonly string[]; others: boolean };
export const nobody: Presence = { people: [], others: false };
const mostNames = 3;

export type Line = { who: string; want: Want; note: string | undefined; since: number; presence: Presence | undefined };

export const isOver = (since: number, now: number) => since + needLasts <= now;

export function lineView({ who, want, note, since, presence }: Line, words: Words): APIMessageTopLevelComponent[] {
  const until = since + needLasts;
  const isOpen = want !== 'nothing';
  return frame(
    colour.panel,
    words.lines[want]({ who: `<@${who}>` }),
    note !== undefined && quote(note),
    isOpen && presence && presenceText(presence, words),
    row(isOpen && presence && button(ids.to.here({ until: Math.floor(until / 1000) }), words.here)),
    isOpen && small(words.until({ when: moment(until) })),
  );
}

/** The part that says who is there has one of these ids; the second when there are others. */
const partIds = { people: 61, withOthers: 62 };
const isPresence = ({ id }: { id?: number }) => id === partIds.people || id === partIds.withOthers;

function presenceText({ people: [a, b, c], others }: Presence, { present }: Words) {
  const name = (user: string) => `<@${user}>`;
  const said = () => {
    if (a === undefined) return others ? present.others : undefined;
    if (b === undefined) return present[others ? 'oneMore' : 'one']({ a: name(a) });
    if (c === undefined) return present[others ? 'twoMore' : 'two']({ a: name(a), b: name(b) });
    return present[others ? 'threeMore' : 'three']({ a: name(a), b: name(b), c: name(c) });
  };
  const content = said();
  return content === undefined ? undefined : text(content, others ? partIds.withOthers : partIds.people);
}

type Part = { type: number; id?: number; content?: string; custom_id?: string; components?: Part[] };
type Shown = readonly APIMessageTopLevelComponent[];
const partsIn = (shown: Shown): Part[] => (shown as Part[]).flatMap(({ components = [] }) => components);

/** Who is there, as a line shows it; `undefined` when it does not ask. */
export function presenceIn(shown: Shown): Presence | undefined {
  const parts = partsIn(shown);
  if (!parts.some(({ components = [] }) => components.some(({ custom_id }) => ids.parse(custom_id ?? ''))))
    return undefined;
  const part = parts.find(isPresence);
  const people = [...(part?.content ?? '').matchAll(/<@(\d+)>/g)].map(([, user]) => user as string);
  return { people, others: part?.id === partIds.withOthers };
}

/** Somebody presses: whoever is named goes, whoever is not comes, as one of the others when there are three. */
export function pressed({ people, others }: Presence, user: string): Presence {
  if (people.includes(user)) return { people: people.filter((one) => one !== user), others };
  return people.length < mostNames ? { people: [...people, user], others } : { people, others: true };
}

/** The line with these people, and all else as it is. */
export function withPresence(shown: Shown, presence: Presence, words: Words): APIMessageTopLevelComponent[] {
  const part = presenceText(presence, words);
  return (shown as Part[]).map(({ components = [], ...container }) => {
    const kept = components.filter((one) => !isPresence(one));
    const buttons = kept.findIndex(({ type }) => type === ComponentType.ActionRow);
    return { ...container, components: kept.toSpliced(buttons, 0, ...(part ? [part] : [])) };
  }) as unknown as APIMessageTopLevelComponent[];
}
