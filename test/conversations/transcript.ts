/** The shape of a transcript: a conversation that somebody can write and read, and what is expected of its last turn. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { DecisionReason } from '#nudge/decision';
import { wants } from '#settings/want';

export const people = ['ana', 'ben', 'cleo', 'mo', 'dee', 'eli', 'fay'] as const;
export type Name = (typeof people)[number];

const name = z.enum(people);
const text = z.string().trim().min(1).max(2_000);
const label = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a label is lower case: letters, digits, "-"');
const minutes = z.number().min(0).max(20_000).default(0.3);
const how = { as: label.optional(), to: label.optional(), minutes };
/** A webhook cannot use Discord's Reply. */
const { to: _, ...howBrought } = how;

const said = people.map((who) =>
  z.strictObject({ [who]: text, ...how }).transform((turn) => {
    const { as, to, minutes } = turn as z.infer<z.ZodObject<typeof how>>;
    return { does: 'says' as const, who, text: (turn as Record<string, unknown>)[who] as string, as, to, minutes };
  }),
);
const proxied = z
  .strictObject({ proxy: z.string().min(1), text, ...howBrought })
  .transform(({ proxy, ...turn }) => ({ does: 'proxy' as const, name: proxy, ...turn }));
const brought = z
  .strictObject({ bot: z.string().min(1), text, ...howBrought })
  .transform(({ bot, ...turn }) => ({ does: 'bot' as const, name: bot, ...turn }));
const edited = z
  .strictObject({ edit: label, text, minutes })
  .transform(({ edit, ...turn }) => ({ does: 'edits' as const, label: edit, ...turn }));
const deleted = z
  .strictObject({ delete: label, minutes })
  .transform((turn) => ({ does: 'deletes' as const, label: turn.delete, minutes: turn.minutes }));

const needed = z
  .strictObject({ need: name, want: z.enum(wants), minutes })
  .transform(({ need, ...turn }) => ({ does: 'needs' as const, who: need, ...turn }));

const turn = z.union([...said, proxied, brought, edited, deleted, needed], {
  error: `a turn is "<who>: what they say" (${people.join(', ')}), "proxy" or "bot" with "text", "edit" with "text", "delete", or "need" with "want"; besides that "as", "to" and "minutes" (see README.md)`,
});
export type Turn = z.infer<typeof turn>;
/** A turn that brings a message. */
export type Spoken = Extract<Turn, { does: 'says' | 'proxy' | 'bot' }>;

/** Reasons of a silence of which exactly one can be right. */
const reasons = [
  'after listening',
  'asked for',
  'danger',
  'own post',
  'poster left out',
  'with permission',
] as const satisfies readonly DecisionReason[];

const channel = z.enum(['#support', '#checkin']);
const place = z.union(
  [
    channel,
    z.strictObject({ thread: z.string().min(1).max(100), under: channel.default('#support') }),
    z.strictObject({ forum: z.string().min(1).max(100), tags: z.array(z.string().min(1).max(20)).max(5).default([]) }),
  ],
  {
    error: 'a place is "#support", "#checkin", { thread: title } or { forum: title, tags: [at most five] }',
  },
);

const shape = z.strictObject({
  id: label,
  pair: label,
  why: text,
  place: place.default('#support'),
  notes: z.array(name).min(1).default(['ben']),
  leftOut: z.array(name).default([]),
  observes: z.boolean().default(false),
  turns: z.array(turn).min(2),
  expect: z.enum(['silence', 'note']),
  because: z.enum(reasons).optional(),
  about: label.optional(),
});

const transcript = shape.superRefine((talk, context) => {
  const fault = (message: string) => context.addIssue({ code: 'custom', message: `${talk.id}: ${message}` });
  const labels = new Set<string>();
  for (const one of talk.turns) {
    if ('to' in one && one.to && !labels.has(one.to)) fault(`nothing before is called "${one.to}"`);
    if ('label' in one && !labels.has(one.label)) fault(`nothing before is called "${one.label}"`);
    if ('as' in one && one.as) {
      if (labels.has(one.as)) fault(`two turns are called "${one.as}"`);
      labels.add(one.as);
    }
  }
  const last = talk.turns.at(-1);
  if (last?.does !== 'says') fault('the last turn must be said by a person');
  else if (!talk.observes && !talk.notes.includes(last.who)) fault(`${last.who} has no notes on`);
  if (talk.expect === 'note' && !talk.about) fault('a note needs "about": the label of the message that is answered');
  if (talk.about && !labels.has(talk.about)) fault(`no turn is called "${talk.about}"`);
});
export type Transcript = z.infer<typeof transcript>;

const file = z.strictObject({ about: text, conversations: z.array(transcript).min(2) });

const folder = fileURLToPath(new URL('.', import.meta.url));

export type Filed = Transcript & { file: string };

/** All transcripts in this folder or in one under it, each with the name of its file. @throws with file and entry when one cannot be read. */
export function readTranscripts(under = ''): Filed[] {
  const names = readdirSync(`${folder}${under}`).filter((name) => name.endsWith('.yaml'));
  const files = names.sort().map((name) => `${under}${name}`);
  return files.flatMap((name) => parseTranscripts(name, parse(readFileSync(`${folder}${name}`, 'utf8'))));
}

/** @throws with file and entry. */
export function parseTranscripts(name: string, content: unknown): Filed[] {
  const read = file.safeParse(content);
  if (!read.success) throw new Error(`test/conversations/${name}: ${z.prettifyError(read.error)}`);
  return read.data.conversations.map((talk) => ({ ...talk, file: name }));
}

/** What a labelled message says in the end: as it was written, or as it was last edited. */
export function textOf({ turns }: Transcript, wanted: string): string {
  const written = turns.findLast(
    (turn) => ('as' in turn && turn.as === wanted) || (turn.does === 'edits' && turn.label === wanted),
  );
  if (!written || !('text' in written)) throw new Error(`nothing is called "${wanted}"`);
  return written.text;
}

/** The turn that is judged. */
export const lastOf = ({ turns }: Transcript): Spoken & { does: 'says' } => turns.at(-1) as Spoken & { does: 'says' };
