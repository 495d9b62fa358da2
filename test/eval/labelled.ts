import { z } from 'zod';
import { corpusLines } from '#detector/corpus';
import { kinds, moves } from '#detector/reading';
import { Mendable } from '#mendable';

/** Replies that people have judged, in the shape of data/corpus/; its README says what each label means. */

export const flags = ['asks-advice', 'not-distress', 'crisis', 'no-advice'] as const;

const labels = {
  id: z.union([z.string(), z.number()]).transform(String).optional(),
  hand: z.string().optional(),
  post: z.string(),
  postFlags: z.array(z.enum(flags)).optional(),
};
const postAlone = z.object({ ...labels, reply: z.literal('').default('') });
const answered = z.object({
  ...labels,
  reply: z.string(),
  nudge: z.enum(['yes', 'no', 'unsure']),
  kinds: z.array(z.enum(kinds)).optional(),
  attuned: z.array(z.enum(moves)).optional(),
});

/** What is not labelled in a line is not measured of it. A post alone has an empty reply, and no judgement. */
export type Labelled = {
  id: string;
  hand?: string | undefined;
  post: string;
  reply: string;
  nudge?: 'yes' | 'no' | 'unsure' | undefined;
  kinds?: readonly string[] | undefined;
  attuned?: readonly string[] | undefined;
  postFlags?: readonly string[] | undefined;
};
type Read = z.output<typeof postAlone> | z.output<typeof answered>;

/** Lines that cannot be measured on, each by its number and without its text. */
export class BadLines extends Mendable {
  override name = 'BadLines';
}
const shown = 10;

/** @throws BadLines */
export function readLabelled(jsonl: string): Labelled[] {
  const faults: string[] = [];
  const lines = jsonl.replace(/^\uFEFF/, '').split(/\r?\n/);
  const rows = lines.flatMap((line, at): Labelled[] => {
    if (line.trim() === '') return [];
    const read = parse(line);
    if (read.success) return [{ ...read.data, id: read.data.id ?? String(at + 1) }];
    const what = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`);
    faults.push(`line ${at + 1}: ${what.join('; ')}`);
    return [];
  });
  const more = faults.length > shown ? [`and ${faults.length - shown} more lines`] : [];
  if (faults.length) throw new BadLines([...faults.slice(0, shown), ...more].join('\n'));
  if (rows.length === 0) throw new BadLines('there is no line to measure on');
  return rows;
}

/** JSON's own messages quote the line: it is told in words. */
function parse(line: string): z.ZodSafeParseResult<Read> {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    return z.never({ error: 'is not JSON' }).safeParse(line);
  }
  const hasReply = typeof row === 'object' && row !== null && 'reply' in row && row.reply !== '';
  return hasReply ? answered.safeParse(row) : postAlone.safeParse(row);
}

/** The corpus; its shape is held by test/corpus.test.ts. The id is that of data/model/folds.jsonl. */
export const corpus = (): Labelled[] => [...corpusLines()].map((line) => ({ ...line, id: `${line.hand} ${line.id}` }));
