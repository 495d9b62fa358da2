import { type Fault, faultsOf } from '#settings/faults';
import { changesSchema, type IdOf, type Section, type SettingsOf } from '#settings/section';

/** One setting of a file, by its section and key: what it is here, what it would become, and what was left out. */
export type Taken = {
  section: string;
  key: string;
  was: unknown;
  becomes: unknown;
  isChanged: boolean;
  /** What the ids in it are of. */
  ids?: IdOf | undefined;
  /** Ids that are not known here. */
  leftOut: readonly string[];
  /** Nothing else was in the file, so that all stays as it is. */
  isKept: boolean;
};

/** The keys that would change, by section. */
export type KeyChanges = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What an import would do, or all that is wrong with it. */
export type Import = { taken: readonly Taken[] } | { refused: readonly Fault[] };

/**
 * Reads settings that somebody hands in, strictly: what is not known or does not fit is refused, each named by its path.
 * A section or a key that is missing keeps what it is in `current`; so does one of which nothing is known here.
 */
export function readImport<Sections extends readonly Section[]>(
  sections: Sections,
  given: unknown,
  current: SettingsOf<Sections>,
  isKnown: (of: IdOf, id: string) => boolean,
): Import {
  const now: Readonly<Record<string, Row>> = current;
  const parsed = changesSchema(sections).safeParse(isRow(given) ? filledUp(given, now) : given);
  if (!parsed.success) return { refused: faultsOf(parsed.error) };
  const values = parsed.data as Readonly<Partial<Record<string, Row>>>;
  const taken = sections.flatMap(({ name, ids }) => {
    const asked = isRow(given) && Object.hasOwn(given, name) ? given[name] : undefined;
    const section = values[name] ?? {};
    const keys = Object.keys(section).filter((key) => isRow(asked) && Object.hasOwn(asked, key));
    return keys.map((key): Taken => {
      const was = now[name]?.[key];
      const { value, leftOut } = withKnown(section[key], ids[key], isKnown);
      const isKept = value === undefined;
      const becomes = isKept ? was : value;
      return { section: name, key, was, becomes, isChanged: !isEqual(was, becomes), ids: ids[key], leftOut, isKept };
    });
  });
  return { taken };
}

/** What is to be saved of it. */
export function changesOf(taken: readonly Taken[]): KeyChanges {
  const bySection = Map.groupBy(
    taken.filter(({ isChanged }) => isChanged),
    ({ section }) => section,
  );
  const keys = (some: readonly Taken[]) => Object.fromEntries(some.map(({ key, becomes }) => [key, becomes]));
  return Object.fromEntries([...bySection].map(([section, some]) => [section, keys(some)]));
}

type Row = Readonly<Record<string, unknown>>;

/** A value without the ids that are not known; `undefined` when that leaves nothing of it. */
function withKnown(value: unknown, ids: IdOf | undefined, isKnown: (of: IdOf, id: string) => boolean) {
  if (ids === undefined || value === null) return { value, leftOut: [] };
  const all: readonly string[] = Array.isArray(value) ? value : [value];
  const leftOut = all.filter((id) => !isKnown(ids, id));
  if (leftOut.length === 0) return { value, leftOut };
  const rest = all.filter((id) => isKnown(ids, id));
  return { value: rest.length > 0 ? rest : undefined, leftOut };
}

function filledUp(given: Row, current: Readonly<Record<string, object>>): object {
  const filled = Object.entries(given).map(([name, value]) => [
    name,
    isRow(value) && Object.hasOwn(current, name) ? { ...current[name], ...value } : value,
  ]);
  return Object.fromEntries(filled);
}

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
