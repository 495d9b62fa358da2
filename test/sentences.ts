import { fileURLToPath } from 'node:url';
import type { Town } from '@attune/town';
import { z } from 'zod';
import { loadFile } from '#words';

/** The sentences that ship, each by its name in data/en: nobody who rewords one has to look into a test. */

export const shippedData = fileURLToPath(new URL('../data', import.meta.url));

export type Say = (name: string, values?: Record<string, string>) => string;

/**
 * The sentences of a file, or of several: `say('heading', { guild: 'Harbour' })`, and `say('panel.title')` for what lies deeper.
 * One that is not there, or that misses a value, is an error: a test that looks for nothing would always be content.
 */
export function sentences(files: string | readonly string[], data = shippedData): Say {
  const record = z.record(z.string(), z.unknown());
  const all = Object.assign({}, ...[files].flat().map((file) => loadFile(data, file, record)()));
  return (name, values = {}) => {
    const found = name.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], all);
    if (typeof found !== 'string') throw new Error(`${files} has no sentence "${name}".`);
    return found.trim().replace(/\{([^{}]*)\}/g, (_, key: string) => {
      const value = values[key];
      if (value === undefined) throw new Error(`${files}, ${name}: needs a value for {${key}}.`);
      return value;
    });
  };
}

/** A command as the bot mentions it: `</setup:123>`. */
export function mention({ world }: Town, name: string): string {
  const command = [...world.commands.values()].find((one) => one.name === name);
  if (!command) throw new Error(`There is no command /${name}.`);
  return `</${name}:${command.id}>`;
}
