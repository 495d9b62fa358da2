import type { Section, SettingsOf } from '#settings/section';
import type { support } from '#settings/support';

/** What a guild without any choice has in its row. */
export const emptyRow = '{}';

type Sections = readonly [typeof support, ...Section[]];
type Row = Readonly<Record<string, unknown>>;

/** A row as this version understands it. `unreadable` sections are at their default. */
export type ReadRow<All extends Sections> = {
  settings: SettingsOf<All>;
  unreadable: readonly All[number]['name'][];
};

/**
 * Reads the text of a stored row, which an older or a newer version may have written: what is missing takes its
 * default, what is not known is passed over. Never throws.
 *
 * While a section is unreadable the mode is off, whatever was chosen: nobody is contacted on half of the settings.
 */
export function readRow<All extends Sections>(sections: All, text: string): ReadRow<All> {
  const row = parse(text);
  const unreadable: string[] = [];
  const values = sections.map((section) => {
    const value = row && readSection(section, row[section.name]);
    if (value === undefined) unreadable.push(section.name);
    return [section.name, value ?? section.default];
  });
  const settings = Object.fromEntries(values);
  if (unreadable.length > 0) settings.support = { ...settings.support, mode: 'off' };
  return { settings, unreadable };
}

/** The text of the row after a change. Sections and keys that this version does not know stay as they are. */
export function changeRow(text: string, changes: Readonly<Record<string, object | undefined>>): string {
  const row = parse(text) ?? {};
  const changed = Object.entries(changes).filter(([, value]) => value !== undefined);
  const written = changed.map(([name, value]) => [name, { ...(isRow(row[name]) && row[name]), ...value }]);
  return JSON.stringify({ ...row, ...Object.fromEntries(written) });
}

function readSection({ schema, default: byDefault }: Section, stored: unknown): object | undefined {
  if (stored === undefined) return byDefault;
  if (!isRow(stored)) return undefined;
  const known = Object.entries(stored).filter(([key]) => Object.hasOwn(schema.shape, key));
  return schema.safeParse({ ...byDefault, ...Object.fromEntries(known) }).data;
}

function parse(text: string): Row | undefined {
  try {
    const row: unknown = JSON.parse(text);
    return isRow(row) ? row : undefined;
  } catch {
    return undefined;
  }
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
