/** The page stands on the town alone: what it may import, that its files load, and that none is left out of it. */
import { readPackage } from '@attune/town/test/structure';
import { describe, expect, it } from 'vitest';
import { bundlePage } from '#bundle';

const page = readPackage(import.meta.url);
const isClient = (unit: string) => unit.startsWith('src/client/');

describe('the page of the town', () => {
  it('sees its imports', () => {
    expect(page.imports.length).toBeGreaterThan(100);
    expect(page.imports).toContainEqual({ unit: 'src/serve.ts', from: 'src/bundle.ts', onlyTypes: false });
    expect(page.missing).toEqual([]);
  });

  it('imports nothing that lies beside it, and of this repository the town alone, by its name', () => {
    expect(page.beside).toEqual([]);
    expect([...page.used.product, ...page.used.tests].filter((name) => /attune/.test(name))).toEqual(['@attune/town']);
  });

  it('in the browser knows neither the town nor Node', () => {
    const allowed = /^(src\/client\/|src\/protocol\.ts$|preact$|preact\/hooks$|discord-)/;
    expect(page.imports.filter(({ unit, from }) => isClient(unit) && !allowed.test(from))).toEqual([]);
  });

  it('lists exactly what it imports', () => {
    expect(page.listed).toEqual(page.used);
  });

  it('has no circles and no long files', () => {
    expect(page.circles).toEqual([]);
    expect(page.long).toEqual([]);
  });

  it.each(page.units.filter((unit) => !isClient(unit) || unit.endsWith('.ts')))('%s loads', async (unit) => {
    await expect(import(/* @vite-ignore */ `../${unit}`)).resolves.toBeDefined();
  });

  it('draws with all that it has', async () => {
    const reached = new Set(['src/client/main.tsx']);
    for (const unit of reached) for (const one of page.imports) if (one.unit === unit) reached.add(one.from);
    expect(page.units.filter((unit) => isClient(unit) && !reached.has(unit))).toEqual([]);
    const { style } = await bundlePage();
    const sheets = [...page.text].filter(([file]) => file.endsWith('.css'));
    expect(sheets.length).toBeGreaterThan(10);
    expect(sheets.filter(([, text]) => !style.includes(text)).map(([file]) => file)).toEqual([]);
  });
});
