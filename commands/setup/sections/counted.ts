import { z } from 'zod';
import type { KindWords } from '#content/kinds';
import { customIds } from '#panels/custom-ids';
import { type Count, countables, objections } from '#store/counts';
import { DAY, dayOf } from '#store/times';
import { counted as countedWords, filled, line } from '#words';
import { section } from '../section.ts';

/** What was counted in the last seven days, a line a kind. */

const wordsSchema = z.strictObject({
  lastDays: line(80),
  nothingYet: line(100),
  kind: filled(600, 'kind', 'counts'),
  would: countedWords(80),
  noted: countedWords(80),
  objections: z.record(z.enum(objections), countedWords(80)),
});
type Words = z.output<typeof wordsSchema>;
type Sums = Partial<Record<(typeof countables)[number], number>>;

/** "**Bright side came early**: 3 would have got a note", most first. */
function lines(counts: readonly Count[], kinds: ReadonlyMap<string, KindWords>, words: Words, locale: string): string {
  const sums = new Map<string, Sums>();
  for (const { kind, what: counted, n } of counts) {
    const what = countables.find((one) => one === counted);
    if (!what) continue;
    const sum = sums.get(kind) ?? {};
    sums.set(kind, { ...sum, [what]: (sum[what] ?? 0) + n });
  }
  const said = { would: words.would, noted: words.noted, ...words.objections };
  const total = (sum: Sums) => (sum.would ?? 0) + (sum.noted ?? 0);
  const list = new Intl.ListFormat(locale, { type: 'unit' });
  return [...sums]
    .sort(([, a], [, b]) => total(b) - total(a))
    .map(([kind, sum]) => {
      const parts = countables.flatMap((what) => (sum[what] ? [said[what]({ n: sum[what] })] : []));
      return `- ${words.kind({ kind: kinds.get(kind)?.name ?? kind, counts: list.format(parts) })}`;
    })
    .join('\n');
}

export default section({
  id: 'counted',
  order: 90,
  words: wordsSchema,
  ids: customIds('setup', {}),
  uses: ['counts', 'content', 'now'],
  async view({ asked }, { words, counts, content, now }) {
    const seen = await counts.since(asked.guildId, dayOf(now() - 6 * DAY));
    const told = lines(seen, content.kinds(asked.locale), words, asked.locale) || words.nothingYet;
    return [`**${words.lastDays}**\n${told}`];
  },
  on: {},
});
