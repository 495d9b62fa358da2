/** Signs are data: checks what data/<language>/signs/ holds and makes it ready to be looked for. Pure. */
import { z } from 'zod';
import { contexts, kinds, moves } from '#detector/reading';
import { fileByAnchor, type Index } from '#detector/rules/anchors';
import { compilePattern, type Pattern } from '#detector/rules/pattern';
import { even, type Spelling } from '#detector/text/plain';
import { Mendable } from '#mendable';

/** `points-to-help` is about the reply: it leads to help in danger. `shares` is about the post: it tells of a difficulty. */
export const labels = [...kinds, ...moves, ...contexts, 'points-to-help', 'shares'] as const;
export type Label = (typeof labels)[number];

const text = z.string().trim().min(1);
const oneOrMore = z.union([text, z.array(text).min(1)]).transform((value) => (Array.isArray(value) ? value : [value]));

const entrySchema = z.strictObject({
  /** One pattern, or several that mean the same. The language: src/detector/pattern.ts. */
  sign: oneOrMore,
  /** How much one finding says, 0..1; below 0: it speaks against the label. */
  weight: z
    .number()
    .min(-1)
    .max(0.98)
    .refine((weight) => weight !== 0, 'a sign of weight 0 says nothing'),
  /** Why this is a sign, for whoever reviews the data. */
  why: text,
  /** Silences this sign where one of these is in the same sentence. */
  not: oneOrMore.optional(),
  /** true: only in questions; false: only outside of questions. */
  asks: z.boolean().optional(),
  /** true: only where the message is one sentence. */
  alone: z.boolean().optional(),
  /** Sentences that this very sign must find. */
  hits: z.array(text).min(1),
  /** Sentences in which the label must not be found, by this sign or another. */
  leaves: z.array(text).optional(),
});

const labelFileSchema = z.strictObject({
  about: text,
  /** Silences every sign of the file where one of these is in the same sentence. */
  not: oneOrMore.optional(),
  signs: z.array(entrySchema).min(1),
  /** More sentences in which the label must not be found. */
  leaves: z.array(text).optional(),
});

const wordsFileSchema = z.strictObject({
  about: text,
  /** Chat spelling -> the words it stands for. */
  spelling: z.record(text, text),
  fillers: z.array(text),
  joiners: z.array(text),
  /** Patterns that make a sentence a question also without its mark. */
  questions: z.array(text),
  /**
   * `me` and `you` are needed: the detector counts of whom a reply speaks. `says`, too: danger is read in what follows.
   * And `hidden`: words of danger that are often written past a filter.
   */
  lists: z
    .record(z.string().regex(/^[a-z][a-z-]*$/), z.array(text).min(1))
    .refine(
      (lists) => lists.me && lists.you && lists.says && lists.hidden,
      'the lists "me", "you", "says" and "hidden" are needed',
    ),
});

/** The shape of all files together, by name without ending: one for each label, and `words`. */
export const signsSchema = z.strictObject({
  words: wordsFileSchema,
  ...(Object.fromEntries(labels.map((label) => [label, labelFileSchema])) as Record<Label, typeof labelFileSchema>),
});
export type SignFiles = z.infer<typeof signsSchema>;

export type Sign = {
  label: Label;
  weight: number;
  pattern: Pattern;
  not: readonly Pattern[];
  asks: boolean | undefined;
  alone: boolean;
  /** The entry's place in its file, from 0. */
  entry: number;
};

export type Signs = {
  spelling: Spelling;
  /** What makes a sentence a question also without its mark. */
  questions: Index<Pattern>;
  /** Kinds, moves and pointers to help. */
  forReply: Index<Sign>;
  /** What a post says. */
  forPost: Index<Sign>;
  /** Of these, only the signs of danger: they are looked for in more than posts. */
  forDanger: Index<Sign>;
  /** Single words that speak of the writer, and of the reader. */
  me: ReadonlySet<string>;
  you: ReadonlySet<string>;
  /** Single words that say that somebody's words follow. */
  says: ReadonlySet<string>;
  /** Words of danger that are also found when they are written "d1e" or "s*icide". */
  hidden: ReadonlySet<string>;
};

/** The data is wrong: the message names every faulty file and entry. */
export class SignsError extends Mendable {
  override name = 'SignsError';
}

/**
 * @param files parsed files by name without ending.
 * @throws SignsError that names every faulty file and entry.
 */
export function compileSigns(files: Record<string, unknown>): Signs {
  const parsed = signsSchema.safeParse(files);
  if (!parsed.success) throw new SignsError(parsed.error.issues.map((issue) => describe(issue)).join('\n'));
  const faults: string[] = [];
  const attempt = <T>(where: string, make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      faults.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };

  const spelling = spellingOf(parsed.data);
  const lists = new Map(Object.entries(parsed.data.words.lists));
  const vocabulary = { even: (written: string) => even(written, spelling), lists };
  const compile = (where: string, sources: readonly string[]): Pattern[] =>
    sources.flatMap((source) => attempt(where, () => compilePattern(source, vocabulary)) ?? []);

  const signs = labels.flatMap((label) => {
    const file = parsed.data[label];
    const fileNot = compile(`${label}.not`, file.not ?? []);
    return file.signs.flatMap((entry, index): Sign[] => {
      const where = `${label}.signs[${index}]`;
      const not = [...fileNot, ...compile(`${where}.not`, entry.not ?? [])];
      const { weight, asks, alone = false } = entry;
      return compile(where, entry.sign).map((pattern) => ({ label, weight, pattern, not, asks, alone, entry: index }));
    });
  });
  const questions = compile('words.questions', parsed.data.words.questions);
  if (faults.length > 0) throw new SignsError(faults.join('\n'));

  const ofPost = new Set<Label>([...contexts, 'shares']);
  const file = (some: readonly Sign[]) => fileByAnchor(some, ({ pattern }) => pattern);
  return {
    spelling,
    questions: fileByAnchor(questions, (pattern) => pattern),
    forReply: file(signs.filter(({ label }) => !ofPost.has(label))),
    forPost: file(signs.filter(({ label }) => ofPost.has(label))),
    forDanger: file(signs.filter(({ label }) => label === 'crisis')),
    me: new Set(lists.get('me')),
    you: new Set(lists.get('you')),
    says: new Set(lists.get('says')),
    hidden: new Set(lists.get('hidden')),
  };
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${path.replace(/^\./, '') || 'signs'}: ${issue.message}`;
}

function spellingOf(files: SignFiles): Spelling {
  const { words } = files;
  const forms = new Map(Object.entries(words.spelling).map(([form, full]) => [form.toLowerCase(), full.split(/\s+/)]));
  return {
    forms,
    fillers: new Set(words.fillers),
    joiners: new Set(words.joiners),
    known: new Set(
      JSON.stringify(files)
        .toLowerCase()
        .match(/\p{L}+/gu) ?? [],
    ),
  };
}
