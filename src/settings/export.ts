import { z } from 'zod';

/** The file that all settings of a server travel in, and its own prompts. */

/** Goes up when a file of today could no longer be read as it was meant. */
const version = 1;

export const exported = (settings: object, prompts?: readonly object[]): string =>
  `${JSON.stringify({ version, settings, prompts }, null, 2)}\n`;

const file = z.strictObject({ version: z.literal(version), settings: z.unknown(), prompts: z.unknown().optional() });
const otherVersion = z.object({ version: z.number() });

/** What is in such a file, or why that cannot be told. `settings` and `prompts` are whatever was written there. */
export type Opened = { settings: unknown; prompts?: unknown } | { wrong: 'no JSON' | 'other version' | 'no settings' };

export function openExport(bytes: Uint8Array): Opened {
  let given: unknown;
  try {
    given = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { wrong: 'no JSON' };
  }
  const opened = file.safeParse(given);
  if (opened.success) {
    const { settings, prompts } = opened.data;
    return { settings, ...(prompts !== undefined && { prompts }) };
  }
  const other = otherVersion.safeParse(given);
  return { wrong: other.success && other.data.version !== version ? 'other version' : 'no settings' };
}
