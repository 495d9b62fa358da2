import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataError } from '#data';
import { loadUnits } from '#panels/units';
import { shippedData } from '../town.ts';

const shipped = fileURLToPath(new URL('../../commands', import.meta.url));
let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-commands-'));
  data = join(folder, 'data');
  cpSync(shippedData, data, { recursive: true });
  mkdirSync(join(folder, 'commands'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const put = (name: string, text: string) => writeFileSync(join(folder, 'commands', name), text);
const load = () => loadUnits(join(folder, 'commands'), data);
const stub = (id: string, name = id) =>
  `export default { id: '${id}', load: () => ({ id: '${id}', type: 'slash', body: { name: '${name}' } }) };`;

describe('loading commands', () => {
  it('loads every file that ships, each under its own name', async () => {
    const commands = await loadUnits(shipped, shippedData);
    expect(commands.map(({ id }) => id)).toEqual(
      readdirSync(shipped)
        .map((file) => basename(file, '.ts'))
        .sort(),
    );
    for (const { id, type, body } of commands) if (type === 'slash') expect(body.name).toBe(id);
  });

  it('says where each can be used, and by whom', async () => {
    const bodies = new Map((await loadUnits(shipped, shippedData)).map(({ id, body }) => [id, body]));
    for (const id of ['reflect', 'explain', 'crisis', 'find-words', 'missed'])
      expect(bodies.get(id)).toMatchObject({
        ...{ contexts: [0, 1, 2], integration_types: [0, 1], default_member_permissions: null },
      });
    expect(bodies.get('nudges')).toMatchObject({ contexts: [0], default_member_permissions: null });
    expect(bodies.get('setup')).toMatchObject({ contexts: [0], default_member_permissions: 32 });
    for (const body of bodies.values()) expect(JSON.stringify(body).length).toBeLessThan(8000);
  });

  it('takes a new file as it is', async () => {
    put('hello.ts', stub('hello'));
    expect((await load()).map(({ id }) => id)).toEqual(['hello']);
  });

  it.each([
    ['is no command', 'export const x = 1;', /commands\/hello\.ts: must export default command/],
    ['has another id', stub('other'), /commands\/hello\.ts: its custom ids must begin with "hello"/],
    ['has another name', stub('hello', 'hallo'), /data\/en\/commands\/hello\.yaml, name: must be "hello"/],
  ])('stops the start and names a file that %s', async (_, text, fault) => {
    put('hello.ts', text);
    await expect(load()).rejects.toThrow(DataError);
    await expect(load()).rejects.toThrow(fault);
  });

  it.each([
    [
      'commands/reflect.yaml',
      (text: string) => text.replace(/^another: .*\n/m, ''),
      /en\/commands\/reflect\.yaml, another/,
    ],
    [
      'commands/setup.yaml',
      (text: string) => text.replace('{nudges}', '{nudge}'),
      /en\/commands\/setup\.yaml, what: .*\{nudges?\}/,
    ],
    [
      'commands/nudges.yaml',
      (text: string) => `${text}\nextra: word\n`,
      /en\/commands\/nudges\.yaml, the whole: .*extra/,
    ],
    [
      'commands/explain.yaml',
      (text: string) => text.replace(/^readMore: .*/m, `readMore: ${'x'.repeat(81)}`),
      /explain\.yaml, readMore/,
    ],
  ])('stops the start and names the entry of a broken %s', async (file, change, fault) => {
    const { readFileSync } = await import('node:fs');
    const path = join(data, 'en', file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    await expect(loadUnits(shipped, data)).rejects.toThrow(DataError);
    await expect(loadUnits(shipped, data)).rejects.toThrow(fault);
  });
});
