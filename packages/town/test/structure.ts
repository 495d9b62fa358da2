/** Reads a package of this repository as it is written: its files, what they import, and what its package.json lists. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Import = {
  unit: string;
  /** A path inside the package, or the name of what is outside. */
  from: string;
  onlyTypes: boolean;
};

const pattern = /^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm;
const later = /(?:\bimport|\.resolve)\(\s*'([@a-z][^']*)'\)/g;

/** `test`: the address of its structure.test.ts. */
export function readPackage(test: string) {
  const root = fileURLToPath(new URL('..', test));
  const files = globSync('{src,test}/**/*.{ts,tsx,css}', { cwd: root }).sort();
  const text = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  const isThere = (path: string) => existsSync(join(root, path));
  const place = (unit: string, from: string): string => {
    if (from.startsWith('.')) return normalize(join(dirname(unit), from));
    return from.startsWith('#') ? `src/${from.slice(1)}.ts` : from;
  };
  const importsOf = (unit: string): Import[] => {
    const code = text.get(unit) ?? '';
    return [
      ...[...code.matchAll(pattern)].map(([, type, from, bare]) => ({
        from: from ?? bare ?? '',
        onlyTypes: Boolean(type),
      })),
      ...[...code.matchAll(later)].map(([, from]) => ({ from: from ?? '', onlyTypes: false })),
    ].map(({ from, onlyTypes }) => ({ unit, from: place(unit, from), onlyTypes }));
  };
  const units = files.filter((file) => /\.tsx?$/.test(file));
  const imports = units.flatMap(importsOf);
  const isInside = (from: string) => from.startsWith('src/') || from.startsWith('test/');
  const outside = imports.filter(({ from }) => !isInside(from) && !isOfNode(from));
  const libraries = (of: 'src/' | 'test/') =>
    new Set(outside.filter(({ unit }) => unit.startsWith(of)).map(({ from }) => libraryOf(from)));
  const product = libraries('src/');
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const listed = (list: object) => Object.keys(list).filter((name) => !name.startsWith('@types/'));
  return {
    units: units.filter((unit) => unit.startsWith('src/')),
    text,
    imports,
    missing: imports.filter(({ from }) => isInside(from) && !isThere(from)),
    /** Whatever lies beside the package, such as another one by its path. */
    beside: outside.filter(({ from }) => from.startsWith('.') || from.startsWith('/')),
    used: { product: [...product].sort(), tests: [...libraries('test/')].filter((one) => !product.has(one)).sort() },
    listed: { product: listed(dependencies).sort(), tests: listed(devDependencies).sort() },
    circles: circlesIn(imports.filter(({ unit, onlyTypes }) => unit.startsWith('src/') && !onlyTypes)),
    long: files.filter((file) => (text.get(file) ?? '').split('\n').length - 1 > 250),
  };
}

const isOfNode = (from: string) => from.startsWith('node:') || builtinModules.includes(from);

const libraryOf = (from: string) =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');

/** Every circle once, as the way round it. */
function circlesIn(imports: readonly Import[]): string[] {
  const to = new Map<string, string[]>();
  for (const { unit, from } of imports) to.set(unit, [...(to.get(unit) ?? []), from]);
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (unit: string, way: readonly string[]) => {
    const at = way.indexOf(unit);
    if (at >= 0) found.push([...way.slice(at), unit].join(' > '));
    if (at >= 0 || done.has(unit)) return;
    for (const next of to.get(unit) ?? []) walk(next, [...way, unit]);
    done.add(unit);
  };
  for (const unit of to.keys()) walk(unit, []);
  return found;
}
