import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '#settings/settings';
import { type AttuneTown, uploads } from './town.ts';

/**
 * The worked examples of CONTRIBUTING.md, made in a copy of the project and used there. The copy lies inside the
 * project, where Node finds what is installed.
 */

const run = promisify(execFile);
const bin = (name: string) => resolve('node_modules/.bin', name);
const page = readFileSync('CONTRIBUTING.md', 'utf8');

type Block = { path: string; text: string };
/** The blocks of code under a line that begins with their path, by the worked example that they belong to. */
const examples = new Map(
  page
    .split(/^### Worked example: /m)
    .slice(1)
    .map((part): [string, Block[]] => {
      const blocks = part.split(/^## /m)[0]?.matchAll(/^`([\w./-]+)`.*\n```\w+\n([\s\S]*?)^```/gm) ?? [];
      return [part.split('\n')[0] ?? '', [...blocks].map(([, path = '', text = '']) => ({ path, text }))];
    }),
);
const blocks = [...examples.values()].flat();
const isNew = ({ path }: Block) => !existsSync(path);

let copy: string;
let town: AttuneTown;
const load = <T>(path: string): Promise<T> => import(/* @vite-ignore */ join(copy, path));

beforeAll(async () => {
  copy = mkdtempSync(resolve('.example-'));
  for (const part of ['src', 'commands', 'data', 'test', 'package.json', 'tsconfig.json', 'biome.json'])
    cpSync(part, join(copy, part), { recursive: true });
  for (const { path, text } of blocks) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text, { flag: 'a' });
  }
  const { openTown } = await load<typeof import('./town.ts')>('test/town.ts');
  town = await openTown();
});
afterAll(async () => {
  await town?.[Symbol.asyncDispose]();
  rmSync(copy, { recursive: true });
});

describe('the worked examples', () => {
  it.each([
    ['an entry in the menu of a message', 2, 0],
    ['a section of /setup', 3, 1],
    ['a folder of content', 2, 1],
  ])('%s: %i new files, and %i line elsewhere', (name, files, lines) => {
    const made = examples.get(name) ?? [];
    expect(made.filter(isNew)).toHaveLength(files);
    const elsewhere = made.filter((block) => !isNew(block));
    expect(elsewhere).toHaveLength(lines);
    for (const { path, text } of elsewhere) expect(text, path).toMatch(/^.+\n$/);
  });

  it('fit the whole project, its tests included', async () => {
    const { stdout } = await run(bin('tsc'), ['--singleThreaded', '-p', copy]).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe('');
  }, 60_000);

  it('are written as all of it is', async () => {
    const files = blocks.filter((block) => isNew(block) && block.path.endsWith('.ts')).map(({ path }) => path);
    const { stdout } = await run(bin('biome'), ['ci', '--vcs-enabled=false', ...files], { cwd: copy });
    expect(stdout).toContain(`Checked ${files.length} files`);
  });
});

describe('a reply that is tried', () => {
  it('is shown to its writer alone, as it would stand', async () => {
    const said = await town.ana.says('#support', 'my dog died');
    const form = await town.ben.usesMenu(said, 'Try my words');
    const answer = await town.ben.submits(form, { draft: 'at least you had *14* good years' });
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(`You would say to <@${town.ana.id}>:`);
    expect(answer).toShow('> at least you had *14* good years');
    expect(town.ana.reads('#support').map(({ id }) => id)).toEqual([said.id]);
  });

  it('works in direct messages', async () => {
    const form = await town.ben.usesMenu(await town.ben.says('dm', 'to myself'), 'Try my words');
    expect(await town.ben.submits(form, { draft: 'still here' })).toShow('> still here');
  });
});

it('what was uploaded once is not uploaded again', async () => {
  const seen = uploads(town);
  await town.restart();
  expect(seen).toEqual([]);
});

describe('the roles of listeners', () => {
  type Saved = { listeners?: { roles: readonly string[] } };
  const saved = () => town.store.guilds.settings(town.town.guild.id).settings as Saved;
  const role = () => [...town.town.guild.roles.values()].find(({ name }) => name === 'Moderator')?.id;

  it('are nobody by default', async () => {
    expect(saved().listeners).toEqual({ roles: [] });
  });

  it('are chosen in /setup, shown there and kept over a restart, beside what was chosen before', async () => {
    let panel = await town.mo.selects(await town.mo.runs('/setup'), 'setup:channels', ['#support']);
    expect(panel).toShow('Who has offered to listen');
    panel = await town.mo.selects(panel, 'setup:listeners', ['Moderator']);
    expect(JSON.stringify(panel)).toContain(`"default_values":[{"id":"${role()}"`);
    expect(panel).toShow(`**Who has offered to listen**: added <@&${role()}>`);
    await town.restart();
    expect(saved()).toEqual({
      ...defaultSettings,
      listeners: { roles: [role()] },
      support: { mode: 'off', channels: [town.town.channel('#support').id] },
    });
  });
});

describe('the pauses', () => {
  type Pauses = { pauses: () => ReadonlyMap<string, { name: string; how: string }> };
  const loaded = async () => {
    const { loadContent } = await load<typeof import('#content/content')>('src/content/content.ts');
    return loadContent(join(copy, 'data')) as unknown as Pauses;
  };

  it('are loaded', async () => {
    expect((await loaded()).pauses().get('breath')?.name).toBe('One breath');
  });

  it.each([
    ['without its words', (text: string) => text.replace(/^how: .*\n/m, ''), /pauses\/breath\.yaml, how: /],
    [
      'with a topic that is none',
      (text: string) => text.replace('co-', 'no-'),
      /breath\.yaml, topic: .*"no-regulation"/,
    ],
  ])('stop the start when one is broken, and name it: %s', async (_, change, fault) => {
    const path = join(copy, 'data/en/pauses/breath.yaml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, change(text));
    await expect(loaded()).rejects.toThrow(fault);
    writeFileSync(path, text);
  });
});
