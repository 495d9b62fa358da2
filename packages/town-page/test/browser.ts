/** A real browser in front of a town: found on this machine, watched for faults, checked for accessibility. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect } from 'vitest';
import { chromiumPath, launch } from './chromium.ts';

/** Where these are set, a missing browser is a failure and not a reason to leave the tests out. */
const isRequired = Boolean(process.env.CI ?? process.env.REQUIRE_BROWSER);
const isLeftOut = chromiumPath === undefined && !isRequired;
if (isLeftOut) {
  const told = globalThis as { toldOfNoBrowser?: boolean };
  if (!told.toldOfNoBrowser) process.stderr.write('No Chromium was found, so the tests of the page are left out.\n');
  told.toldOfNoBrowser = true;
}

/** One for all tests of a process, with which it ends. */
let browser: Promise<Browser> | undefined;
const contexts = new Map<string, Promise<BrowserContext>>();

/**
 * Visits that look alike share a context. They see nothing of each other, since each has a town, and so an origin, and
 * a tab of its own. The empty page stays: the process that draws the pages is kept with it, which saves half the time.
 */
function contextFor({ width = 1440, height = 900, dark = true, ...options }: How): Promise<BrowserContext> {
  const key = JSON.stringify({ width, height, dark, ...options });
  const made = contexts.get(key) ?? make();
  contexts.set(key, made);
  return made;
  async function make() {
    browser ??= launch();
    const context = await (await browser).newContext({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      ...options,
    });
    await context.newPage();
    return context;
  }
}

/** `describe` with a browser. */
export function describeInBrowser(name: string, tests: (open: Open) => void): void {
  describe.skipIf(isLeftOut)(name, () => {
    beforeAll(() => contextFor({}), 30_000);
    tests(openVisit);
  });
}

export type How = { width?: number; height?: number; dark?: boolean } & BrowserContextOptions;
export type Open = (url: string, how?: How) => Promise<Visit>;

export type Visit = {
  page: Page;
  /** What the console said and what was asked of other hosts: nothing, when all is well. */
  faults: string[];
  /** Fails with what axe finds wrong on the page, or below one element. */
  expectAccessible(within?: string): Promise<void>;
  /** "Act as" somebody. */
  actAs(name: string): Promise<void>;
  /** At a phone's width: slides a pane in. */
  openPane(name: string): Promise<void>;
  /** Opens a channel of the list by its name. */
  goTo(channel: string): Promise<void>;
  /** The message that holds this text, the newest one. */
  message(text: string | RegExp): Locator;
  /** Ends the visit; fails when there were faults. */
  [Symbol.asyncDispose](): Promise<void>;
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function openVisit(url: string, how: How = {}): Promise<Visit> {
  const page = await (await contextFor(how)).newPage();
  page.setDefaultTimeout(8_000);
  const faults: string[] = [];
  const home = new URL(url).host;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (/^(https?|wss?):$/.test(to.protocol) && to.host !== home) faults.push(`asked ${to.host}`);
  });
  await page.goto(url);
  await page.locator('.shell').waitFor();

  const isNarrow = () => page.locator('.tabs').isVisible();
  const openPane = async (name: string) => {
    const tab = page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: new RegExp(`^${name}`) });
    await tab.click();
    await page.locator('.tabs [aria-current]').filter({ hasText: name }).waitFor();
    // Until it has slid in.
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))',
    );
  };

  return {
    page,
    faults,
    openPane,
    async expectAccessible(within) {
      await page.evaluate(`${axe}; undefined`);
      const root = within === undefined ? 'document' : JSON.stringify(within);
      const found = (await page.evaluate(
        `axe.run(${root}, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) =>
          id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 160) + ' ' + failureSummary).join(' | ')))`,
      )) as string[];
      expect(found).toEqual([]);
    },
    async actAs(name) {
      const radio = page.getByRole('radio', { name: new RegExp(`^${name}\\b`) });
      if (await isNarrow()) await openPane('Channels');
      await radio.check({ force: true });
      // Until the town has shown what they see.
      await page.locator('.my-dms', { hasText: `${name}’s privacy` }).waitFor({ state: 'attached' });
    },
    async goTo(channel) {
      const entry = page
        .getByRole('navigation', { name: 'Channels' })
        .getByRole('button', { name: new RegExp(`^${channel.replace(/^[#@]/, '')}\\b`) });
      if (await isNarrow()) await openPane('Channels');
      await entry.first().click();
    },
    message: (text) => page.locator('.messages > li').filter({ hasText: text }).last(),
    async [Symbol.asyncDispose]() {
      await page.close();
      expect(faults).toEqual([]);
    },
  };
}
