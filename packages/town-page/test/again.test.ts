import { openTown, type Town } from '@attune/town';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { servePage } from '#serve';
import { describeInBrowser, type Visit } from './browser.ts';

/** The page when the town behind it is started again, and when the page itself is loaded again. */

let town: Town;

async function start(port = 0): Promise<void> {
  town = await openTown({ port });
  const words = {
    title: 'Tour',
    all: 'All',
    inMenu: 'In the menu',
    start: 'Start',
    skip: 'Skip',
    again: 'Tour',
    next: 'Next',
    back: 'Back',
  };
  await servePage(town, {
    title: 'A town',
    about: 'A town to test in',
    cast: ['Ana', 'Ben', 'Mo'].map((name) => ({ name, part: 'somebody' })),
    tour: {
      ...words,
      ...{ insert: 'Insert', finish: 'Done', actingAs: 'Act as {who}' },
      steps: [
        { id: 'one', title: 'The first step', text: 'Look', as: 'Ana', at: '#support' },
        { id: 'two', title: 'The second step', text: 'Look', as: 'Ana', at: '#support', suggest: 'good evening' },
      ],
    },
  });
}

const box = ({ page }: Visit) => page.getByRole('textbox', { name: /^Message/ });
const isActing = ({ page }: Visit, name: string) =>
  page.getByRole('radio', { name: new RegExp(`^${name}`) }).isChecked();

describeInBrowser('the page, again', (open) => {
  beforeEach(() => start());
  afterEach(() => town.close());

  it('begins afresh when another town opens at its address', async () => {
    await using visit = await open(town.origin);
    const { page } = visit;
    await visit.actAs('Ben');
    await box(visit).fill('from the town before');
    await page.keyboard.press('Enter');
    await visit.message('from the town before').waitFor();
    const { port } = town;
    await town.close();
    await page.getByText('This page comes back by itself').waitFor();
    await start(port);
    await page.getByText('This page comes back by itself').waitFor({ state: 'detached' });
    await expect.poll(() => isActing(visit, 'Ana')).toBe(true);
    await expect(page.getByText('from the town before').count()).resolves.toBe(0);
    await box(visit).fill('in the new town');
    await page.keyboard.press('Enter');
    await visit.message('in the new town').waitFor();
    await expect.poll(() => [...town.world.messages.values()].flatMap((all) => [...all.values()]).length).toBe(1);
    // While the town was away the browser said so.
    const others = visit.faults.splice(0).filter((fault) => !fault.includes('/town'));
    expect(others).toEqual([]);
  });

  it('keeps the person, the place, the step and the draft when it is loaded again', async () => {
    await using visit = await open(town.origin);
    const { page } = visit;
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'The second step' }).waitFor();
    await visit.actAs('Ben');
    await visit.goTo('general');
    await box(visit).fill('not sent yet');
    await page.reload();
    await page.getByRole('heading', { name: 'The second step' }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'general' }).waitFor();
    await expect.poll(() => isActing(visit, 'Ben')).toBe(true);
    await expect.poll(() => box(visit).inputValue()).toBe('not sent yet');
    await page.getByRole('button', { name: 'Act as Ana' }).click();
    await page.getByRole('heading', { level: 2, name: 'support' }).waitFor();
  });

  it('puts a suggestion into the box of whom it is for, where it is for, whoever one has become', async () => {
    await using visit = await open(town.origin);
    const { page } = visit;
    for (const name of ['Start', 'Next']) await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('heading', { name: 'The second step' }).waitFor();
    await visit.actAs('Ben');
    await visit.goTo('general');
    await page.getByRole('button', { name: 'Insert' }).click();
    await page.getByRole('heading', { level: 2, name: 'support' }).waitFor();
    await expect.poll(() => box(visit).inputValue()).toBe('good evening');
    await expect(isActing(visit, 'Ana')).resolves.toBe(true);
    await visit.actAs('Ben');
    await expect(box(visit).inputValue()).resolves.toBe('');
  });

  it('works where nothing can be kept', async () => {
    await using visit = await open(town.origin);
    const { page } = visit;
    await page.addInitScript('Object.defineProperty(window, "sessionStorage", { get() { throw new Error("no"); } })');
    await page.reload();
    await page.getByRole('button', { name: 'Skip', exact: true }).click();
    await box(visit).fill('said all the same');
    await page.keyboard.press('Enter');
    await visit.message('said all the same').waitFor();
  });
});
