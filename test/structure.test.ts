import { existsSync, globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The rules of the house (docs/architecture.md): who may import whom, and that every unit loads and has a test. */

const units = [...globSync('src/**/*.ts'), ...globSync('commands/**/*.ts')].sort();
const code = new Map(units.map((unit) => [unit, readFileSync(unit, 'utf8')]));

type Import = { unit: string; from: string; onlyTypes: boolean; later: boolean };

/** Every import of a unit; paths inside the project as paths from its root. */
function importsOf(unit: string): Import[] {
  const text = code.get(unit) ?? '';
  const found = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm)];
  const later = [...text.matchAll(/\bimport\(\s*'([^']+)'/g)];
  return [
    ...found.map(([, type, from, bare]) => ({ from: from ?? bare ?? '', onlyTypes: Boolean(type), later: false })),
    ...later.map(([, from]) => ({ from: from ?? '', onlyTypes: false, later: true })),
  ].map((one) => ({ ...one, unit, from: place(unit, one.from) }));
}

function place(unit: string, from: string): string {
  if (from.startsWith('#')) return `src/${from.slice(1)}.ts`;
  return from.startsWith('.') ? normalize(join(dirname(unit), from)) : from;
}

const all = units.flatMap(importsOf);
const offenders = (where: (unit: string) => boolean, bad: (one: Import) => boolean) =>
  all.filter((one) => where(one.unit) && bad(one)).map(({ unit, from }) => `${unit} imports ${from}`);
const below =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(folder));

/** `commands`, or the folder of src/ that a file is in; undefined for what stands beside the rooms, and for libraries. */
const roomOf = (path: string): string | undefined => /^src\/(\w+)\/|^(commands)\//.exec(path)?.slice(1).find(Boolean);

/** Files of more than 250 lines, each with its reason. */
const longer = new Map<string, string>([
  ['src/nudge/listening.ts', 'one life of a reply: every way in which it can end stands beside the others'],
]);

describe('who may import whom', () => {
  it('sees the imports', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all).toContainEqual({ unit: 'src/main.ts', from: 'src/config.ts', onlyTypes: false, later: false });
    for (const { unit, from } of all)
      if (from.startsWith('src/')) expect(existsSync(from), `${unit}: ${from}`).toBe(true);
  });

  it.each([
    ['discord.js', ['src/discord/', 'src/panels/', 'commands/']],
    ['kysely', ['src/store/']],
    ['pg', ['src/store/postgres/']],
    ['better-sqlite3', ['src/store/']],
    ['@attune/town', ['src/trying/']],
    ['@attune/town-page', ['src/trying/']],
    ['dotenv', ['src/env-file.ts']],
    ['pino', ['src/log.ts']],
    ['yaml', ['src/data.ts']],
    ['@huggingface/tokenizers', ['src/detector/model/']],
    ['vega', ['src/insights/']],
  ])('%s stays in %j', (library, homes) => {
    const uses = ({ from }: Import) => from === library || from.startsWith(`${library}/`);
    expect(all.some(uses)).toBe(true);
    expect(offenders((unit) => !below(...homes)(unit), uses)).toEqual([]);
  });

  it('each room knows the rooms that docs/architecture.md draws an arrow to, and no others', () => {
    const map = readFileSync('docs/architecture.md', 'utf8');
    const drawn = [...map.matchAll(/^ *(\w+) --> (\w+)$/gm)].map(([, from, to]) => `${from} --> ${to}`);
    const real = all.flatMap(({ unit, from }) => {
      const [one, other] = [roomOf(unit), roomOf(from)];
      return one && other && one !== other ? [`${one} --> ${other}`] : [];
    });
    expect(drawn.length).toBeGreaterThan(10);
    expect([...new Set(real)].sort()).toEqual(drawn.sort());
  });

  it('what stands beside the rooms knows none of them', () => {
    const beside = units.filter((unit) => /^src\/\w+\.ts$/.test(unit) && unit !== 'src/main.ts');
    expect(
      offenders(
        (unit) => beside.includes(unit),
        ({ from }) => roomOf(from) !== undefined,
      ),
    ).toEqual([]);
  });

  it('no file leads back to itself', () => {
    const leadsTo = Map.groupBy(all, ({ unit }) => unit);
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (unit: string, way: readonly string[]): void => {
      if (way.includes(unit)) circles.push([...way.slice(way.indexOf(unit)), unit].join(' -> '));
      if (done.has(unit) || way.includes(unit)) return;
      for (const { from } of leadsTo.get(unit) ?? []) walk(from, [...way, unit]);
      done.add(unit);
    };
    for (const unit of units) walk(unit, []);
    expect(circles).toEqual([]);
  });

  it('no file is longer than 250 lines, but for those that say why', () => {
    const long = units.filter((unit) => (code.get(unit)?.split('\n').length ?? 0) > 251 && !longer.has(unit));
    expect(long).toEqual([]);
  });

  it('the detector and the nudge module know no files, clocks, chance or settings', () => {
    // The corpus is no part of the bot; the model is files and a thread.
    const model = ['encoder', 'open', 'pieces'].map((name) => `src/detector/model/${name}.ts`);
    const doors = ['src/detector/open.ts', 'src/detector/cli.ts', 'src/detector/corpus.ts', ...model];
    const pure = units.filter((unit) => below('src/detector/', 'src/nudge/')(unit) && !doors.includes(unit));
    const outside = ({ from }: Import) => from.startsWith('node:') || builtinModules.includes(from);
    expect(offenders((unit) => pure.includes(unit), outside)).toEqual([]);
    for (const unit of pure)
      expect(code.get(unit), unit).not.toMatch(/Date\.now|new Date\(\)|Math\.random|process\.|performance\./);
  });

  it('only the settings are read from the environment', () => {
    // What keeps a library from phoning home is set, and read by nobody of ours.
    const readers = units.filter((unit) => /process\.env(?!\.ORT_\w+ = )/.test(code.get(unit) ?? ''));
    expect(readers).toEqual(['src/config.ts']);
  });

  it('what knows the town is loaded by main alone, later and only without a token', () => {
    const trying = all.filter(({ unit, from }) => below('src/trying/')(from) && !below('src/trying/')(unit));
    expect(trying).toEqual([{ unit: 'src/main.ts', from: 'src/trying/demo.ts', onlyTypes: false, later: true }]);
  });
});

describe('every unit', () => {
  const standAlone = new Set([
    'src/main.ts',
    'src/detector/cli.ts',
    'src/keeping/backup.ts',
    'src/keeping/move.ts',
    'src/keeping/new-key.ts',
    'src/keeping/restore.ts',
    'src/keeping/rotate-key.ts',
  ]);

  it.each(units.filter((unit) => !standAlone.has(unit) && !unit.endsWith('.tsx')))('%s loads', async (unit) => {
    await expect(import(/* @vite-ignore */ `../${unit}`)).resolves.toBeDefined();
  });

  it('has a test of its own name, or of its folder', () => {
    const untested = units.filter((unit) => {
      const mirrored = unit.replace(/^src\//, '').replace(/\.tsx?$/, '');
      return (
        !existsSync(`test/${mirrored}.test.ts`) &&
        !existsSync(`test/${dirname(mirrored)}.test.ts`) &&
        !isCoveredTogether(unit)
      );
    });
    expect(untested).toEqual([]);
  });
});

/** Units that only hold types, and parts of a room that are tested through the room's door by the test named here. */
function isCoveredTogether(unit: string): boolean {
  const onlyTypes = !/^export (?!type|\{ type)/m.test(code.get(unit) ?? '');
  const door = [...throughDoor].find(([folder]) => unit.startsWith(folder))?.[1];
  return onlyTypes || (door !== undefined && existsSync(door));
}
const throughDoor: [string, string][] = [
  ['src/nudge/', 'test/nudge/whole-way.test.ts'],
  ['src/content/', 'test/content/content.test.ts'],
  ['src/store/postgres/', 'test/store/processes.test.ts'],
  ['src/store/follow.ts', 'test/store/processes.test.ts'],
  ['src/store/place.ts', 'test/main.test.ts'],
  ['src/store/opted.ts', 'test/store/members.test.ts'],
  ['src/reflection/', 'test/reflection/reflect.test.ts'],
  ['commands/setup/', 'test/commands/setup.test.ts'],
  ['src/settings/sections.ts', 'test/settings/settings.test.ts'],
  ['src/settings/want.ts', 'test/store/needs.test.ts'],
  ['src/data.ts', 'test/words.test.ts'],
  ['src/mendable.ts', 'test/main.test.ts'],
  ['src/detector/corpus.ts', 'test/corpus.test.ts'],
  ['src/detector/locate.ts', 'test/detector/both.test.ts'],
  ['src/detector/model/', 'test/detector/both.test.ts'],
  ['src/detector/terms.ts', 'test/detector/cli.test.ts'],
  ['src/detector/rules/match.ts', 'test/detector/rules/pattern.test.ts'],
  ['src/discord/connection.ts', 'test/discord/bot.test.ts'],
  ['src/discord/servers.ts', 'test/discord/bot.test.ts'],
  ['src/discord/nudging.ts', 'test/discord/nudge.test.ts'],
  ['src/discord/in-time.ts', 'test/discord/late.test.ts'],
  ['src/discord/lately.ts', 'test/discord/fairness.test.ts'],
  ['src/discord/thanking.ts', 'test/commands/thank.test.ts'],
  ['src/panels/letters.ts', 'test/discord/landed.test.ts'],
  ['src/insights/picture.ts', 'test/insights/draw.test.ts'],
  ['src/insights/', 'test/insights/figures.test.ts'],
  ['src/panels/managing.ts', 'test/commands/insights.test.ts'],
  ['src/panels/sent.ts', 'test/panels/note.test.ts'],
  ['src/panels/write.ts', 'test/commands/setup-tell.test.ts'],
  ['src/panels/own-words.ts', 'test/commands/prompts.test.ts'],
  ['src/panels/note-buttons.ts', 'test/panels/note.test.ts'],
  ['src/panels/crisis.ts', 'test/commands/crisis.test.ts'],
  ['src/panels/feedback.ts', 'test/commands/draft.test.ts'],
  ['src/panels/entries.ts', 'test/commands/explain.test.ts'],
  ['src/panels/body.ts', 'test/panels/unit.test.ts'],
  ['src/panels/refusal.ts', 'test/panels/router.test.ts'],
  ['src/panels/language.ts', 'test/commands/setup-acts.test.ts'],
  ['src/panels/nudges-door.ts', 'test/commands/setup-tell.test.ts'],
  ['src/panels/sources.ts', 'test/panels/note.test.ts'],
  ['src/store/copy.ts', 'test/keeping/keeping.test.ts'],
  ['src/store/files.ts', 'test/keeping/trouble.test.ts'],
  ['src/keeping/', 'test/keeping/keeping.test.ts'],
  ['src/health/', 'test/health/health.test.ts'],
];
