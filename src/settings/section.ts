import { z } from 'zod';
import { fault } from '#settings/faults';

/** Discord's ids: 64-bit numbers in decimal, kept as text everywhere. */
export const snowflake = z.string().refine((id) => /^[1-9]\d{0,19}$/.test(id), fault('id'));

/** Up to `max` ids, each once. */
export const ids = (max: number) =>
  z
    .array(snowflake)
    .max(max)
    .refine((all) => new Set(all).size === all.length, fault('twice'))
    .readonly();
/**
 * What an id in the settings is of: tags are those of forums, `log` is a channel that the bot can write in, and a language
 * is one that the bot speaks.
 */
export type IdOf = 'channel' | 'log' | 'role' | 'tag' | 'language';

/** One part of what the moderators of a guild choose: pure data, shared by store, panel, export and import. */
export type Section<Name extends string = string, Keys extends z.ZodRawShape = z.ZodRawShape> = {
  readonly name: Name;
  /** A whole section: every key is there and no other. */
  readonly schema: z.ZodObject<Keys, z.core.$strict>;
  /** Taken where nothing was chosen; key by key for keys that came later. */
  readonly default: Readonly<z.output<z.ZodObject<Keys, z.core.$strict>>>;
  /** Which keys hold an id, or a list of ids, and of what: an import leaves out those that its server does not have. */
  readonly ids: Readonly<Partial<Record<string, IdOf>>>;
};

/**
 * Makes a section; a list among its keys is `readonly()`, as settings are shared and nobody may change them. A key that
 * holds ids is named in `ids`, with what they are of.
 */
export function section<Name extends string, Keys extends z.ZodRawShape>(
  name: Name,
  keys: Keys,
  byDefault: z.input<z.ZodObject<Keys, z.core.$strict>>,
  ids: { readonly [Key in keyof Keys & string]?: IdOf } = {},
): Section<Name, Keys> {
  const schema = z.strictObject(keys);
  return { name, schema, default: Object.freeze(schema.parse(byDefault)), ids };
}

/** The settings that some sections make, by the sections' names. */
export type SettingsOf<Sections extends readonly Section[]> = {
  readonly [One in Sections[number] as One['name']]: One['default'];
};

/** What may be changed: whole sections, each as strict as its schema; one that is not named keeps what is there. */
export function changesSchema<Sections extends readonly Section[]>(sections: Sections) {
  const all = z.strictObject(Object.fromEntries(sections.map(({ name, schema }) => [name, schema])));
  return all.partial() as unknown as z.ZodType<Partial<SettingsOf<Sections>>>;
}
