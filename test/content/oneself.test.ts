import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { orderOf, someFrom } from '#content/openers';
import { families } from '#content/prompts';
import { shippedData } from '../sentences.ts';

const content = loadContent(shippedData);
const { slow, own, about, small, danger } = content.oneself();

describe('the words for oneself', () => {
  const all = [...slow, ...own, ...Object.values(about).flat()];

  it('are whole sentences, each there once, and shout at nobody', () => {
    expect(new Set(all).size).toBe(all.length);
    for (const one of all) {
      expect(one).toMatch(/^[A-Z“].*[.?]$/);
      expect(one).not.toMatch(/!|\balways\b|valid|trigger|journey|process|\bshould\b/i);
    }
  });

  it('have something for every family of feelings, and the way out', () => {
    expect(Object.keys(about).sort()).toEqual([...families].sort());
    for (const way of [small, danger]) expect(way).toMatch(/people who answer/);
  });
});

describe('openers that are shown together', () => {
  const all = [...content.prompts().values()];

  it('ask about danger before everything, as it is written', () => {
    for (const entry of all) {
      const first = entry.prompts.filter((one) => one.first);
      for (const turn of [0, 1, 2]) expect(orderOf(entry, 5, turn).slice(0, first.length)).toEqual(first);
    }
  });

  it('are of different moves, and none is left out', () => {
    for (const entry of all) {
      const order = orderOf(entry, 0, 0);
      expect(new Set(order)).toEqual(new Set(entry.prompts));
      const calm = order.filter((one) => !one.first);
      if (calm.length === order.length)
        expect(new Set(order.slice(0, 3).map(({ move }) => move)).size, entry.id).toBe(3);
    }
  });

  it('are others at the next turn, where there are enough', () => {
    for (const entry of all.filter(({ prompts }) => prompts.length > 5 && !prompts.some(({ first }) => first))) {
      const [once, again] = [0, 1].map((turn) => someFrom(orderOf(entry, 0, turn), 0));
      expect(
        once?.filter((one) => again?.includes(one)),
        entry.id,
      ).toEqual([]);
    }
  });
});
