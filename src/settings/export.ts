import { z } from 'zod';

/** The file that all settings of a server travel in. */

/** Goes up when a file of today could no longer be read as it was meant. */
const version = 1;

export const exported = (settings: object): string => `${JSON.stringify({ version, settings }, null, 2)}\n`;

const file = z.strictObject({ version: z.literal(version), settings: z.unknown() });
const otherVersion = z.object({ version: z.number() });

/** What is in such a file, or why that cannot be told. `settings` is whatever was written there. */
export type Opened = { settings: unknown } | { wrong: 'no JSON' | 'other version' | 'no settings' };

export function openExport(bytes: Uint8Array): Opened {
  let given: unknown;
  try {
    given = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { wrong: 'no JSON' };
  }
  const opened = file.safeParse(given);
  if (opened.success) return { settings: opened.data.settings };
  const other = otherVersion.safeParse(given);
  return { wrong: other.success && other.data.version !== version ? 'other version' : 'no settings' };
}
