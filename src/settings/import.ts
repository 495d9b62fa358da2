import { z } from 'zod';
import { changesSchema, type Section, type SettingsOf } from '#settings/section';

/** Changes to save, or what is wrong, a line each. */
export type Import<Sections extends readonly Section[]> =
  | { changes: Partial<SettingsOf<Sections>> }
  | { refused: readonly string[] };

/**
 * Reads settings that somebody hands in, strictly: what is not known or does not fit is refused, each named by its path.
 * A section or a key that is missing keeps what it is in `current`.
 */
export function readImport<Sections extends readonly Section[]>(
  sections: Sections,
  given: unknown,
  current: SettingsOf<Sections>,
): Import<Sections> {
  const parsed = changesSchema(sections).safeParse(isObject(given) ? filledUp(given, current) : given);
  return parsed.success ? { changes: parsed.data } : { refused: parsed.error.issues.flatMap(told) };
}

function filledUp(given: object, current: Readonly<Record<string, object>>): object {
  const filled = Object.entries(given).map(([name, value]) => [
    name,
    isObject(value) ? { ...current[name], ...value } : value,
  ]);
  return Object.fromEntries(filled);
}

function told(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => line([...issue.path, key], 'is not known here'));
  return [line(issue.path, issue.message)];
}

const line = (path: readonly PropertyKey[], message: string) =>
  path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
