/** `npm run screenshots`: the pictures of the README, made by hand on the page itself, with the real bot behind it. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from '@attune/town-page/test/chromium';
import type { Page } from 'playwright-core';
import { loadContent } from '#content/content';
import { readTour } from '#trying/tour';
import { sentences, shippedData } from '../sentences.ts';
import { openDemo } from './open-demo.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

const grief = loadContent(shippedData).prompts().get('grief')?.name ?? '-';

const actAs = (page: Page, name: string) =>
  page.getByRole('radio', { name: new RegExp(`^${name}\\b`) }).check({ force: true });
const goTo = (page: Page, channel: string) =>
  page.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name: channel }).first().click();
const run = async (page: Page, command: string) => {
  const box = page.getByRole('textbox', { name: /^Message/ });
  await box.fill(command);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
};
const last = (page: Page, text: string) => page.locator('.messages > li').filter({ hasText: text }).last();

/** Each leaves the page as it should be seen. */
const pictures: Record<string, (page: Page) => Promise<void>> = {
  async nudge(page) {
    await actAs(page, 'Ben');
    await goTo(page, 'Attune');
    await last(page, sentences('note.yaml')('heading')).waitFor();
  },
  async reflect(page) {
    await actAs(page, 'Cleo');
    await goTo(page, 'support');
    await run(page, '/reflect');
    await page.keyboard.type('grief');
    await page.getByRole('option', { name: grief }).first().click();
    await page.getByRole('button', { name: 'Run /reflect' }).click();
    await last(page, sentences('commands/reflect.yaml')('say')).waitFor();
  },
  async setup(page) {
    await actAs(page, 'Mo');
    await goTo(page, 'support');
    await run(page, '/setup');
    await page.keyboard.press('Enter');
    await last(
      page,
      sentences(['commands/setup.yaml', 'commands/setup/support.yaml', 'commands/setup/counted.yaml'])('lastDays'),
    ).waitFor();
  },
};

/** What does not fit into the usual height. */
const tall: Record<string, number> = { setup: 940 };

mkdirSync(folder, { recursive: true });
const browser = await launch();
try {
  for (const colorScheme of ['dark', 'light'] as const) {
    await using demo = await openDemo();
    for (const [name, draw] of Object.entries(pictures)) {
      const page = await browser.newPage({
        viewport: { width: 980, height: tall[name] ?? 720 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      page.setDefaultTimeout(8_000);
      await page.goto(demo.url);
      await page.getByRole('button', { name: readTour(shippedData).tour.skip }).click();
      await draw(page);
      await page.mouse.move(0, 0);
      await page.evaluate('document.activeElement?.blur()');
      await page.screenshot({ path: `${folder}${name}-${colorScheme}.png`, animations: 'disabled' });
      process.stdout.write(`docs/screenshots/${name}-${colorScheme}.png\n`);
      await page.close();
    }
  }
} finally {
  await browser.close();
}
