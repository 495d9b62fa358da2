import { z } from 'zod';
import type { Entries } from '#content/collection';
import { seeded } from '#content/find';
import { type Scenario, topics } from '#content/scenarios';
import { key } from '#panels/custom-ids';
import { OldPanel } from '#panels/refusal';

/** Which scenario comes, and what stands in it. Pure: all that is remembered is in the custom ids. */

export const levels = ['1', '2', '3'] as const;
export type Level = (typeof levels)[number];

/** `form`: as it begins, or what the same person writes next. `topic`, `level` and `seed` say what comes after it. */
export const stateSchema = {
  id: key(32),
  form: z.enum(['first', 'harder']),
  topic: z.enum([...topics, 'any']),
  level: z.enum([...levels, 'any']),
  seed: z.coerce.number().int().min(0),
};
export type State = z.output<z.ZodObject<typeof stateSchema>>;
export type Wish = Pick<State, 'topic' | 'level' | 'seed'>;

const fits = ({ topic, difficulty }: Scenario, wish: Wish) =>
  Number(topic === wish.topic) * 2 + Number(String(difficulty) === wish.level);
const most = ({ topic, level }: Wish) => Number(topic !== 'any') * 2 + Number(level !== 'any');

/** Every scenario, what was wished for first; the same seed gives the same order. */
const ordered = (scenarios: Entries<Scenario>, wish: Wish): Scenario[] =>
  seeded([...scenarios.values()], wish.seed).sort((a, b) => fits(b, wish) - fits(a, wish));

/** The first one. `isNear`: there is none that is just like that. */
export function firstOf(scenarios: Entries<Scenario>, wish: Wish): { state: State; isNear: boolean } {
  const [first] = ordered(scenarios, wish);
  if (!first) throw new TypeError('there are no scenarios');
  return { state: { ...wish, id: first.id, form: 'first' }, isNear: fits(first, wish) < most(wish) };
}

export function nextOf(scenarios: Entries<Scenario>, state: State): State {
  const order = ordered(scenarios, state);
  const at = order.findIndex(({ id }) => id === state.id);
  return { ...state, id: order[(at + 1) % order.length]?.id ?? state.id, form: 'first' };
}

/** `said`: what came before the post, and who said it; `one` is somebody who stayed. */
export type Scene = Pick<Scenario, 'unheard' | 'stays' | 'post'> & {
  needs: Scenario['needs'];
  scenario: Scenario;
  said: readonly { who: 'them' | 'you' | 'one'; says: string }[];
};

/** @throws OldPanel when a later version no longer has the scenario that a button names. */
export function sceneOf(scenarios: Entries<Scenario>, { id, form }: State): Scene {
  const scenario = scenarios.get(id);
  if (!scenario) throw new OldPanel();
  const { needs, before = [], post, unheard, stays, harder } = scenario;
  if (form === 'first') return { scenario, needs, said: before, post, unheard, stays };
  const since = [
    { who: 'them' as const, says: post },
    { who: 'one' as const, says: stays.say },
  ];
  // Somebody has mended it by then.
  return { scenario, needs: needs === 'repair' ? undefined : needs, said: [...before, ...since], ...harder };
}

/** All that the person wrote. */
export const theirsIn = ({ said, post }: Scene): string =>
  [...said.filter(({ who }) => who === 'them').map(({ says }) => says), post].join('\n');
