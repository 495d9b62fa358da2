import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { judge } from '#detector/judge';
import { openDetector } from '#detector/open';
import { type Judgement, kinds } from '#detector/reading';
import { loadFile } from '#words';
import { shippedData } from '../town.ts';

/** What Attune offers people to say, Attune leaves alone: at the keenest setting, with every kind in use. */

const detector = await openDetector();
const terms = { sensitivity: 'keen', kinds } as const;

/** The one place that knows how a reply is read. */
const reading = async (reply: string, post: string): Promise<Judgement> =>
  judge(await detector.read(reply, post), terms);

const posts = [
  'my dog died this morning and the house is so quiet',
  'i cried in front of the whole class and now i feel so ashamed',
  'my boss tore into me in front of everybody again and im so exhausted',
  'another friday night alone. nobody ever texts me and i feel so lonely',
];

const content = loadContent(shippedData);
const { small } = loadFile(shippedData, 'commands/need.yaml', z.looseObject({ small: z.array(z.string()) }))();

/**
 * The lines of an explanation that are offered as good ones: what Cleo says, what Ben says after a breath, and quoted
 * lines without a name (data/en/STYLE.md).
 */
const good = (text: string): string[] =>
  [...text.matchAll(/^> (?:\*\*Cleo:\*\* |\*\*Ben\*\* \(after a breath\): |(?!\*\*))(.+)$/gm)].flatMap(
    ([, said]) => said ?? [],
  );

const offered: [string, string][] = [
  ...[...content.prompts().values()].flatMap(({ id, prompts }) =>
    prompts.flatMap(({ say, ask }, at): [string, string][] => [
      [`prompts/${id}.${at + 1}, say`, say],
      ...(ask === undefined ? [] : ([[`prompts/${id}.${at + 1}, ask`, ask]] as [string, string][])),
      ...(ask === undefined ? [] : ([[`prompts/${id}.${at + 1}, both`, `${say} ${ask}`]] as [string, string][])),
    ]),
  ),
  ...kinds.flatMap((kind) =>
    wordsOf(content.kinds(), kind).openers.map((opener, at): [string, string] => [
      `kinds/${kind}, opener ${at + 1}`,
      opener,
    ]),
  ),
  ...kinds.flatMap((kind) =>
    wordsOf(content.kinds(), kind).turns.map(({ to }, at): [string, string] => [`kinds/${kind}, turn ${at + 1}`, to]),
  ),
  ...small.map((line, at): [string, string] => [`commands/need.yaml, small ${at + 1}`, line]),
  ...[...content.explanations().values()].flatMap(({ id, short, long }) =>
    good(`${short}\n${long}`).map((said): [string, string] => [`explanations/${id}`, said]),
  ),
];

describe('what Attune offers to say is left alone by its own detector', () => {
  it.each(posts)(
    'after: %s',
    async (post) => {
      const flagged: string[] = [];
      for (const [where, said] of offered) {
        const judgement = await reading(said, post);
        if (judgement.flag) flagged.push(`${where}: ${judgement.kind} in ${judgement.words} (${said})`);
      }
      expect(flagged).toEqual([]);
    },
    240_000,
  );
});
