import { z } from 'zod';

/** Discord's ids: 64-bit numbers in decimal, kept as text everywhere. */
const snowflake = z.string().regex(/^[1-9]\d{0,19}$/, 'is not a Discord id');

/** What the moderators of one guild chose. One schema for the row, the panel, export and import. */
export const settingsSchema = z.strictObject({
  /** off: nothing is read; observe: counted, nobody contacted; on: opted-in members get notes. */
  mode: z.enum(['off', 'observe', 'on']),
  /** Support channels: text, forum or category. */
  channels: z
    .array(snowflake)
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, 'names a channel twice')
    .readonly(),
});

export type Settings = Readonly<z.infer<typeof settingsSchema>>;
export type Mode = Settings['mode'];

/** A guild that never set anything up: nothing is read. */
export const defaultSettings: Settings = Object.freeze(settingsSchema.parse({ mode: 'off', channels: [] }));

/** The settings in a stored row, or undefined when they no longer parse. Never throws. */
export function parseSettings(text: string): Settings | undefined {
  try {
    const parsed = settingsSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
