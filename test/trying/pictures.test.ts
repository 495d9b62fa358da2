import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadUnits } from '#panels/units';
import { shippedData } from '../sentences.ts';
import { pictures } from './pictures.ts';

/** The README shows every command, in the dark and in the light, in words too, and is quickly there. */

const folder = 'docs/screenshots';
const shown = [...readFileSync('README.md', 'utf8').matchAll(/srcset="([^"]+)"><img alt="([^"]*)" src="([^"]+)"/g)];

it('shows each command and the note, each with words for those who do not see it', async () => {
  const units = await loadUnits('commands', shippedData);
  const wanted = [...units.map(({ id }) => id), 'note'].sort();
  expect(Object.keys(pictures).sort()).toEqual(wanted);
  expect(shown.map(([, , , light]) => light).sort()).toEqual(wanted.map((name) => `${folder}/${name}-light.webp`));
  for (const [, dark = '', alt = '', light = ''] of shown) {
    expect(dark).toBe(light.replace('-light', '-dark'));
    expect(alt.length, light).toBeGreaterThan(40);
  }
});

it('has no other pictures, and none that is large', () => {
  const files = readdirSync(folder).map((file) => `${folder}/${file}`);
  expect(files.sort()).toEqual(shown.flatMap(([, dark = '', , light = '']) => [dark, light]).sort());
  for (const file of files) expect(existsSync(file) && statSync(file).size, file).toBeLessThan(64_000);
});
