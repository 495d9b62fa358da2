import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { kinds, moves } from '#detector/reading';

/** The lines that the detector's model learns from: data/corpus/README.md says what they are. */

const flags = ['asks-advice', 'not-distress', 'crisis', 'no-advice'] as const;
/** What the model is taught, in the order of `soft`; TASKS in training/corpus.py. */
const tasks = ['nudge', ...kinds, ...moves, ...flags];

const text = z.string().refine((said) => said.trim() !== '', 'is empty');
const some = <T extends string>(known: readonly [T, ...T[]] | readonly T[]) =>
  z.array(z.enum(known)).refine((those) => new Set(those).size === those.length, 'has one twice');

const alone = {
  id: text,
  group: text,
  hand: text,
  post: text,
  postFlags: some(flags),
  soft: z.array(z.number().min(0).max(1)).length(tasks.length).optional(),
};
const answered = {
  ...alone,
  reply: text,
  nudge: z.enum(['yes', 'no', 'unsure']),
  kinds: some(kinds),
  attuned: some(moves),
};

const postAlone = z.strictObject(alone);
const reply = z
  .strictObject(answered)
  .refine(({ nudge, kinds }) => nudge !== 'yes' || kinds.length > 0, { path: ['kinds'], error: 'yes needs a kind' });

export type Line = z.infer<typeof postAlone> & Partial<z.infer<typeof reply>>;
export type File = { hand: string; lines: Line[]; faults: string[] };

/** @returns the lines of one hand, and what is wrong in them, each fault with its place. */
export function readHand(hand: string, jsonl: string): File {
  const file: File = { hand, lines: [], faults: [] };
  const posts = new Map<string, string>();
  const ids = new Set<string>();
  for (const [at, row] of jsonl.trimEnd().split('\n').entries()) {
    const fault = (what: string) => file.faults.push(`${hand}.jsonl, line ${at + 1}: ${what}`);
    const read = parse(row);
    if (!read.success) {
      for (const { path, message } of read.error.issues) fault(`${path.join('.') || 'the line'}: ${message}`);
      continue;
    }
    const line: Line = read.data;
    const about = `${line.post}\n${[...line.postFlags].sort()}`;
    if (line.hand !== hand) fault(`hand: is "${line.hand}"`);
    for (const name of ['id', 'group'] as const)
      if (!line[name].startsWith(`${hand}-`)) fault(`${name}: "${line[name]}" does not begin with "${hand}-"`);
    if (ids.has(line.id)) fault(`id: "${line.id}" is there twice`);
    if ((posts.get(line.group) ?? about) !== about) fault(`group: "${line.group}" has another post or other postFlags`);
    ids.add(line.id);
    posts.set(line.group, about);
    file.lines.push(line);
  }
  return file;
}

function parse(row: string): z.ZodSafeParseResult<Line> {
  try {
    const data: unknown = JSON.parse(row);
    return typeof data === 'object' && data && 'reply' in data ? reply.safeParse(data) : postAlone.safeParse(data);
  } catch {
    return z.never({ error: 'is not JSON' }).safeParse(row);
  }
}

/** Every hand of a folder. */
export const readCorpus = (folder: string): File[] =>
  globSync(join(folder, '*.jsonl'))
    .sort()
    .map((path) => readHand(basename(path, '.jsonl'), readFileSync(path, 'utf8')));
