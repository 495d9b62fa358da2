import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judge } from '#detector/judge';
import { openDetector } from '#detector/open';
import { defaultTerms } from '#detector/terms';
import { readTour } from '#trying/tour';
import { shippedData } from '../town.ts';

it('has people and steps', () => {
  const { cast, tour } = readTour(shippedData);
  expect(cast.map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Cleo', 'Mo']);
  expect(new Set(tour.steps.map(({ id }) => id)).size).toBe(tour.steps.length);
  for (const { as } of tour.steps) if (as) expect(cast.map(({ name }) => name)).toContain(as);
});

it('suggests sentences that show what it says they show', async () => {
  const detector = await openDetector(shippedData);
  const suggested = (id: string) => readTour(shippedData).tour.steps.find((step) => step.id === id)?.suggest ?? '';
  const verdict = async (reply: string) => judge(await detector.read(reply, suggested('share')), defaultTerms);
  expect((await verdict(suggested('fix'))).flag).toBe(true);
  expect(await detector.screen(suggested('stay'))).toBe(false);
});

it('names the entry of a broken step', () => {
  const data = mkdtempSync(join(tmpdir(), 'tour-'));
  cpSync(shippedData, data, { recursive: true });
  const file = join(data, 'en/tour.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('hears: dm', 'hears: mail'));
  expect(() => readTour(data)).toThrow(/tour\.yaml, steps\.1\.goal/);
  rmSync(data, { recursive: true });
});
