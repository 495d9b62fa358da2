/** What the tests of composing share: a town with a small application, and the hands of somebody who writes. */

import { openTown, type Town } from '@attune/town';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { servePage } from '#serve';
import { describeInBrowser, type How, type Open, type Visit } from './browser.ts';
import { startApp } from './compose-app.ts';

/** What the page comes to; it and the tests share the computer with others. */
export const eventually = <T>(get: () => Promise<T>) => expect.poll(get, { timeout: 5_000 });

export const boxOf = ({ page }: Visit) => page.getByRole('textbox', { name: /^Message/ });

/** Types a command and takes the first one that is offered. */
export async function choose(one: Visit, typed: string): Promise<void> {
  await boxOf(one).fill(typed);
  await one.page.getByRole('option').first().waitFor();
  await one.page.keyboard.press('Enter');
}

export type Stage = ReturnType<typeof createStage>;

function createStage(open: Open) {
  const stage = {
    town: undefined as unknown as Town,
    app: undefined as unknown as Awaited<ReturnType<typeof startApp>>,
    visit: (how?: How) => open(stage.town.origin, how),
    /** What the application heard last of this. */
    heard: (what: string) =>
      vi.waitFor(() => {
        const found = stage.app.heard.filter((one) => one.what === what).at(-1);
        if (!found) throw new Error(`Nothing was heard of ${what}, but ${JSON.stringify(stage.app.heard)}`);
        return found.data;
      }, 5_000),
    /** Ana's newest message there, as the town keeps it. */
    latest(place: string) {
      const all = [...(stage.town.world.messages.get(stage.town.channel(place).id)?.values() ?? [])];
      return all.filter(({ wire }) => wire.author.username === 'ana').at(-1)?.wire;
    },
    said: (place: string, text: string) => vi.waitFor(() => expect(stage.latest(place)?.content).toBe(text), 5_000),
  };
  return stage;
}

/** `describe` with a town and its application, anew for each test. */
export function describeComposing(name: string, tests: (stage: Stage) => void): void {
  describeInBrowser(name, (open) => {
    const stage = createStage(open);
    beforeEach(async () => {
      stage.town = await openTown({ bot: 'Lamp' });
      const cast = ['Ana', 'Ben', 'Mo'].map((one) => ({ name: one, part: 'Member' }));
      await servePage(stage.town, { title: 'A town', about: 'A town to test', cast });
      stage.app = await startApp(stage.town);
    });
    afterEach(async () => {
      await stage.app[Symbol.asyncDispose]();
      await stage.town.close();
    });
    tests(stage);
  });
}
