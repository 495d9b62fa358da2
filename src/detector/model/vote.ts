/** What the encoder and the signs say, as one reading. Pure. The weights are in data/model/card.json. */
import { z } from 'zod';
import { contexts, kinds, moves, type Reading } from '#detector/reading';

/** What the encoder answers, in this order. `no-advice` comes last; `settled` is for the signs alone. */
const flags = ['asks-advice', 'not-distress', 'crisis', 'no-advice'] as const;
export const tasks = ['nudge', ...kinds, ...moves, ...flags] as const;
export type Task = (typeof tasks)[number];

/** How much each counts, on the scale of log odds; learned on folds of the corpus (training/calibrate.py). */
const weights = z.strictObject({
  bias: z.number(),
  /** Of each thing that the signs read and that counts here. */
  signs: z.partialRecord(z.enum(['fixit', 'shares', ...kinds, ...moves, ...contexts]), z.number()),
  encoder: z.number(),
});
export const votes = z.strictObject({
  /** Without the encoder, of the judgement: what the signs say, on the same scale. */
  signsAlone: z.strictObject({ bias: z.number(), signs: z.number() }),
  both: z.record(z.enum(tasks), weights),
});
export type Votes = z.output<typeof votes>;

/** From here on a thing is clear to the signs. */
const clear = 0.5;
const least = 0.01;
export const logOdds = (p: number): number => {
  const kept = Math.min(1 - least, Math.max(least, p));
  return Math.log(kept / (1 - kept));
};
export const chance = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** The signs' reading as it stands when there is no encoder. */
export function alone(signs: Reading, { signsAlone: { bias, signs: weight } }: Votes): Reading {
  return { ...signs, fixit: chance(bias + weight * logOdds(signs.fixit)) };
}

/**
 * Both. @param logits by `tasks`, of the reply and the post together. What the signs read clearly is there, whatever the
 * encoder says, and of danger a doubt of either is enough; how much of a fix it makes the reply both decide. What only the signs read (`settled`, `shares`, whether
 * a reply points to help, and the words that show a kind) stays as it is.
 */
export function together(signs: Reading, logits: readonly number[], { both }: Votes): Reading {
  const heard: Record<string, number> = {
    fixit: signs.fixit,
    shares: signs.shares,
    ...signs.kinds,
    ...signs.attuned,
    ...signs.post,
  };
  const said = (task: Task): number => {
    const { bias, signs: weights, encoder } = both[task];
    let odds = bias + encoder * (logits[tasks.indexOf(task)] ?? 0);
    for (const [name, weight] of Object.entries(weights)) odds += weight * logOdds(heard[name] ?? 0);
    return chance(odds);
  };
  const each = <L extends Exclude<Task, 'nudge'>>(labels: readonly L[], bySigns: Record<L, number>) =>
    Object.fromEntries(
      labels.map((label) => [label, Math.max(said(label), bySigns[label] >= clear ? bySigns[label] : 0)]),
    ) as Record<L, number>;
  const found = each(kinds, signs.kinds);
  const post = each(flags, signs.post);
  return {
    ...signs,
    fixit: said('nudge'),
    kinds: found,
    // In the signs' own order: who has the words knows best which kind they are. Where they plainly see listening, and no
    // fix plainly ("you should have had thirty more years with her"), none is shown: in doubt for the replier.
    findings: listensBySigns(signs) ? [] : signs.findings.map((one) => ({ ...one, p: found[one.kind] })),
    attuned: each(moves, signs.attuned),
    post: { ...signs.post, ...post, crisis: Math.max(signs.post.crisis, post.crisis) },
  };
}

const listensBySigns = ({ attuned, kinds: ofKinds }: Reading): boolean =>
  moves.some((move) => attuned[move] >= clear) && kinds.every((kind) => ofKinds[kind] < clear);

/** Logits in which the post's flags are the mean of a look at both and one at the post alone. */
export const lookedTwice = (both: readonly number[], post: readonly number[]): readonly number[] =>
  both.map((logit, at) => (at < tasks.length - flags.length ? logit : (logit + (post[at] ?? logit)) / 2));

/** Nothing was read: another language, or no words. Only danger, if the signs saw it, stays. */
export function nothing(signs: Reading): Reading {
  const zero = <L extends string>(labels: readonly L[]) =>
    Object.fromEntries(labels.map((label) => [label, 0])) as Record<L, number>;
  const { pointsToHelp, voicesDanger, post } = signs;
  return {
    fixit: 0,
    kinds: zero(kinds),
    findings: [],
    attuned: zero(moves),
    post: { ...zero(contexts), crisis: post.crisis },
    shares: 0,
    pointsToHelp,
    voicesDanger,
  };
}
