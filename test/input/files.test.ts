import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig, variableNames } from '#config';
import { readEnvFile } from '#env-file';
import { exported, openExport } from '#settings/export';
import { changesOf, readImport } from '#settings/import';
import { changeRow, readRow } from '#settings/row';
import { defaultSettings, sections } from '#settings/settings';
import { holds } from './runs.ts';
import { bent, nasty, said } from './texts.ts';

/** Files and the environment: whatever is in them, they are taken whole, or refused with what is wrong. */

const usual = { ...defaultSettings, support: { ...defaultSettings.support, mode: 'on', channels: ['5', '6'] } };
/** As far as we like: all but what JSON cannot carry. */
const current = structuredClone(usual) as typeof defaultSettings;

/** Of settings, an import, or a stored row: never an error, and nothing but settings comes of it. */
function expectSettings(bytes: Uint8Array): void {
  const opened = openExport(bytes);
  if ('wrong' in opened) {
    expect(['no JSON', 'other version', 'no settings']).toContain(opened.wrong);
    return;
  }
  const read = readImport(sections, opened.settings, current, (_, id) => id !== '6');
  if ('refused' in read) {
    expect(read.refused.length).toBeGreaterThan(0);
    for (const line of read.refused) expect(line).not.toBe('');
    return;
  }
  const changes = changesOf(read.taken);
  // What is saved is read again, and is what was said.
  const { settings, unreadable } = readRow(sections, changeRow(JSON.stringify(current), changes));
  expect(unreadable).toEqual([]);
  for (const { section, key, becomes } of read.taken)
    expect((settings as unknown as Record<string, Record<string, unknown>>)[section]?.[key]).toEqual(becomes);
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('an import', () => {
  it('takes any bytes', () => holds(300, fc.uint8Array({ maxLength: 200 }), (bytes) => expectSettings(bytes)));

  it.each(nasty)('takes $why', ({ text }) => {
    expectSettings(bytesOf(text));
    expectSettings(bytesOf(exported(JSON.parse(JSON.stringify({ [text]: text, support: { [text]: 1 } })))));
  });

  it('takes an export in which anything was changed', () =>
    holds(300, bent(current), (settings) => expectSettings(bytesOf(exported(settings as object)))));

  it('takes an export in which anything stands around the settings', () =>
    holds(100, bent({ version: 1, settings: current }), (file) => expectSettings(bytesOf(JSON.stringify(file) ?? ''))));

  it('takes as many levels and keys as there is room for', () => {
    expectSettings(bytesOf('['.repeat(100_000)));
    expectSettings(bytesOf(`{"version":1,"settings":${'{"support":'.repeat(5_000)}1${'}'.repeat(5_001)}`));
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, at]));
    expectSettings(bytesOf(exported({ ...many, support: { channels: Array(20_000).fill('5') } })));
  });
});

describe('a stored row', () => {
  it('is read, whatever is in it, and contacts nobody when a part of it cannot be', () =>
    holds(
      300,
      fc.oneof(
        said,
        bent(usual).map((row) => JSON.stringify(row) ?? ''),
      ),
      (row) => {
        const { settings, unreadable } = readRow(sections, row);
        if (unreadable.length > 0) expect(settings.support.mode).toBe('off');
        for (const section of sections)
          expect(section.schema.safeParse(settings[section.name as keyof typeof settings]).success).toBe(true);
      },
    ));
});

const value = fc.oneof(said, fc.constantFrom('0', '-1', '8787', '1e3', '٣', '0x10', ' 15 ', 'https://', 'debug'));
const environment = fc.dictionary(fc.constantFrom(...variableNames, 'PATH', '__proto__', 'toString'), value);

/** Settings that can be used, or an error that names each fault by its variable and repeats no value. */
function expectConfig(read: () => ReturnType<typeof readConfig>, values: Readonly<Record<string, string>>): void {
  try {
    const { settleMs = 0, healthPort = 1, townPort, token = 'x', api } = read();
    expect([settleMs, healthPort, townPort].every(Number.isSafeInteger)).toBe(true);
    expect(token).toMatch(/^\S+$/);
    expect(() => new URL(api)).not.toThrow();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const line of error.message.split('\n').slice(1, -1)) expect(line).toMatch(/^ {2}- [A-Z_]+ must /);
    for (const given of Object.values(values)) if (given.length > 25) expect(error.message).not.toContain(given);
  }
}

describe('the environment', () => {
  it('is read or refused, whatever is in it', () =>
    holds(300, fc.tuple(environment, environment), ([env, values]) =>
      expectConfig(() => readConfig(env, { folder: '/', values }), { ...values, ...env }),
    ));

  it.each(nasty)('takes $why', ({ text }) => {
    for (const name of variableNames) expectConfig(() => readConfig({ [name]: text }), { [name]: text });
  });
});

describe('a .env file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'attune-input-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (bytes: Uint8Array | string) => {
    writeFileSync(join(folder, '.env'), bytes);
    const file = readEnvFile(folder, folder);
    for (const one of Object.values(file.values)) expect(typeof one).toBe('string');
    expectConfig(() => readConfig({}, file), file.values);
  };
  it('takes any bytes', () => holds(200, fc.uint8Array({ maxLength: 200 }), (bytes) => read(bytes)));
  it('takes any lines', () =>
    holds(
      200,
      fc.array(fc.tuple(fc.constantFrom(...variableNames), fc.constantFrom('=', ' = ', ':', '="', '=`'), value)),
      (lines) => read(lines.map((parts) => parts.join('')).join('\n')),
    ));
  it.each(nasty)('takes $why', ({ text }) => read(`DISCORD_TOKEN=${text}\nLOG_LEVEL="${text}`));
});
