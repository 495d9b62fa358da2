/** The town stands on its own: what it may import, and that each of its files loads. */
import { describe, expect, it } from 'vitest';
import { readPackage } from './structure.ts';

const town = readPackage(import.meta.url);

describe('the town', () => {
  it('sees its imports', () => {
    expect(town.imports.length).toBeGreaterThan(100);
    expect(town.imports).toContainEqual({ unit: 'src/town.ts', from: 'src/http.ts', onlyTypes: false });
    expect(town.missing).toEqual([]);
  });

  it('imports nothing that lies beside it, and no other part of this repository', () => {
    expect(town.beside).toEqual([]);
    expect([...town.used.product, ...town.used.tests].filter((name) => /attune/.test(name))).toEqual([]);
  });

  it('lists exactly what it imports', () => {
    expect(town.listed).toEqual(town.used);
  });

  it('has no circles and no long files', () => {
    expect(town.circles).toEqual([]);
    expect(town.long).toEqual([]);
  });

  it.each(town.units)('%s loads', async (unit) => {
    await expect(import(/* @vite-ignore */ `../${unit}`)).resolves.toBeDefined();
  });
});
