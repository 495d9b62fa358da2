import { fileURLToPath } from 'node:url';
import { describeInBrowser, type Visit } from '@attune/town-page/test/browser';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadUnits } from '#panels/units';
import { readTour } from '#trying/tour';
import { sentences, shippedData } from '../sentences.ts';
import { type Demo, openDemo } from './open-demo.ts';

/** The page as a newcomer finds it: the real bot in the town, everything done by hand. */

let demo: Demo;

/** The words that ship; those of the page itself are its own, and stand here as they are. */
const [note, takeBack, setup, decided] = [
  sentences('note.yaml'),
  sentences('commands/take-back.yaml'),
  sentences(['commands/setup.yaml', 'commands/setup/support.yaml', 'commands/setup/counted.yaml']),
  sentences('decided.yaml'),
];
const commands = fileURLToPath(new URL('../../commands', import.meta.url));
const [shared, played] = ['post', 'reply'].map((name) => sentences('demo.yaml')(name)) as [string, string];
const {
  tour: { steps, ...tourWords },
} = readTour(shippedData);
const linkText = /\[([^\]]+)\]/.exec(note('about', { who: '', guild: '', link: '' }))?.[1] ?? '-';
/** What the button of a mode says that is chosen. */
const chosen = (mode: string) => setup('chosen', { mode: setup(`modes.${mode}`) });
const setupHeading = setup('heading', { guild: 'Harbour' });
const leftAlone = (reason: string) => decided('headlines.leftAlone', { why: decided(`reasons.${reason}.why`) });

const skipTour = (visit: Visit) => visit.page.getByRole('button', { name: tourWords.skip }).click();
const write = async ({ page }: Visit, text: string) => {
  const box = page.getByRole('textbox', { name: /^Message/ });
  await box.fill(text);
  await box.press('Enter');
};
const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };
const decisions = ({ page }: Visit) => page.locator('.entries > li');
const post = 'my sister stopped talking to me and i feel so alone and sad';

describeInBrowser('the page of the town', (open) => {
  beforeAll(async () => {
    demo = await openDemo();
  }, 30_000);
  afterAll(() => demo?.[Symbol.asyncDispose]());

  it('is there within a second', async () => {
    await using visit = await open(demo.url);
    const ms = await visit.page.evaluate('performance.now()');
    expect(ms).toBeLessThan(process.env.CI ? 3_000 : 1_500);
    await expect(visit.message(played).isVisible()).resolves.toBe(true);
  });

  // Before the tour, of which other notes come.
  it.each([
    { ...narrow, dark: true },
    { width: 320, height: 640, dark: false },
  ])('shows a note from its quote to its last button on a phone, without scrolling: %j', async (how) => {
    await using visit = await open(demo.url, how);
    await skipTour(visit);
    await visit.actAs('Ben');
    await visit.goTo('Attune');
    const message = visit.message(note('heading'));
    await message.waitFor();
    const boxOf = async (one: Locator) => (await one.boundingBox()) ?? { y: Number.NaN, height: 0 };
    const seen = await boxOf(visit.page.locator('.scroller'));
    const quotes = message.locator('blockquote');
    await expect(quotes.count()).resolves.toBe(3);
    const whole = [
      quotes.nth(0),
      quotes.nth(1),
      quotes.nth(2),
      message.getByRole('button', { name: note('settings') }),
    ];
    await expect
      .poll(async () => {
        const boxes = await Promise.all(whole.map(boxOf));
        return boxes.map(({ y, height }) => y >= seen.y && y + height <= seen.y + seen.height);
      })
      .toEqual([true, true, true, true]);
  });

  it.each([
    { width: 1440, height: 900, dark: true },
    { width: 390, height: 844, dark: false },
  ])('lets one take the tour: %j', { timeout: 60_000 }, async (how) => {
    await using visit = await open(demo.url, how);
    const { page } = visit;
    const tour = page.locator('.tour');
    const press = (name: string) => tour.getByRole('button', { name }).click();
    const reached = (id: string) =>
      tour
        .getByRole('status')
        .filter({ hasText: steps.find((step) => step.id === id)?.reached ?? '-' })
        .waitFor();
    const suggestion = async () => {
      const box = page.getByRole('textbox', { name: /^Message/ });
      await press(tourWords.insert);
      await expect.poll(() => box.inputValue()).not.toBe('');
      await box.press('Enter');
    };

    await press(tourWords.start);
    await suggestion();
    await reached('share');
    await visit.expectAccessible();
    await press(tourWords.next);
    await suggestion();
    await reached('fix');
    await press(tourWords.next);
    await page
      .getByRole('button', { name: note('another') })
      .last()
      .click();
    await reached('note');
    await visit.expectAccessible();
    await press(tourWords.next);
    await suggestion();
    await reached('stay');
    await expect.poll(() => decisions(visit).first().textContent()).toContain(leftAlone('looks fine'));
    await press(tourWords.next);
    await press('/setup');
    await page.locator('.foot').getByText('/setup').waitFor();
    await page.keyboard.press('Enter');
    const panel = page.locator('.messages > li').filter({ hasText: setupHeading }).last();
    await panel.getByRole('button', { name: chosen('on'), exact: true }).waitFor();
    await visit.expectAccessible();
    await panel.getByRole('button', { name: setup('modes.observe'), exact: true }).click();
    await panel.getByRole('button', { name: chosen('observe'), exact: true }).waitFor();
    await panel.getByRole('button', { name: setup('modes.on'), exact: true }).click();
    await panel.getByRole('button', { name: chosen('on'), exact: true }).waitFor();
    await press(tourWords.finish);
    await page.getByRole('button', { name: tourWords.again }).click();
    await tour.getByRole('button', { name: tourWords.start }).waitFor();
  });

  it.each([wide, narrow])('has every command a press away: %j', { timeout: 60_000 }, async (how) => {
    await using visit = await open(demo.url, how);
    const { page } = visit;
    await skipTour(visit);
    await page.getByRole('button', { name: tourWords.all }).click();
    const offered = page.locator('.tour-uses').getByRole('button');
    await offered.first().waitFor();
    const units = await loadUnits(commands, shippedData);
    const named = (isSlash: boolean) =>
      units.filter(({ type }) => (type === 'slash') === isSlash).map(({ body }) => body.name);
    const slash = named(true).map((name) => `/${name}`);
    const menus = named(false);
    expect((await offered.allTextContents()).sort()).toEqual([...slash, ...menus].sort());
    for (const name of slash) {
      await offered.filter({ hasText: new RegExp(`^${name}$`) }).click();
      // One that has several below it offers these, as Discord does.
      const below = page.getByRole('option').filter({ hasText: `${name} ` });
      await page.locator('.slash-name').filter({ hasText: name }).or(below).first().waitFor();
    }
    for (const name of menus.filter((one) => one !== takeBack('name'))) {
      await offered.filter({ hasText: name }).click();
      await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe(name);
      await visit.expectAccessible();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('menu').first().waitFor({ state: 'detached' });
    }
    await offered.filter({ hasText: takeBack('name') }).click();
    await page.locator('.tour').getByRole('status').filter({ hasText: /\w/ }).waitFor();
  });

  it('takes the first steps of the tour by keyboard alone', async () => {
    await using visit = await open(demo.url, { dark: false });
    const { page } = visit;
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 60; presses++) {
        if (await page.evaluate(`document.activeElement?.textContent?.trim() === ${JSON.stringify(name)}`)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab never came to ${name}`);
    };
    await page.keyboard.press('Tab');
    await expect(page.evaluate('document.activeElement.textContent.trim()')).resolves.toBe('Skip to the conversation');
    await tabTo(tourWords.start);
    await page.keyboard.press('Enter');
    await tabTo(tourWords.insert);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement?.tagName')).toBe('TEXTAREA');
    await page.keyboard.press('Enter');
    await page
      .locator('.tour')
      .getByText(steps[0]?.reached ?? '-')
      .waitFor();
  });

  it.each([wide, narrow])('is three keys from the message box, wherever one is: %j', async (how) => {
    await using visit = await open(demo.url, how);
    const { page } = visit;
    await skipTour(visit);
    await page.reload();
    await page.locator('.message-box').waitFor();
    for (const key of ['Tab', 'Tab', 'Enter']) await page.keyboard.press(key);
    await expect.poll(() => page.evaluate('document.activeElement.ariaLabel')).toBe('Message #support');
    await page.keyboard.type('/need');
    await page.keyboard.press('Enter');
    await page.locator('.slash-name').waitFor();
    if (how === narrow) await visit.openPane('Decisions');
    await page.getByRole('button', { name: 'Skip to the message box' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(`Boolean(document.activeElement.closest('.slash-form'))`)).toBe(true);
  });

  it('keeps what is private with whom it is for', async () => {
    await using visit = await open(demo.url);
    const { page } = visit;
    await skipTour(visit);
    await expect(visit.message(setupHeading).count()).resolves.toBe(0);
    await visit.actAs('Mo');
    await visit.message(setupHeading).waitFor();
    await visit.actAs('Ben');
    await visit.goTo('Attune');
    await visit.message(note('heading')).waitFor();
    await visit.actAs('Cleo');
    await visit.goTo('Attune');
    await visit.message(note('sample')).waitFor();
    await expect(page.locator('.messages').getByText(note('heading')).count()).resolves.toBe(0);
  });

  it('marks a note that came to somebody else, and leads to it', async () => {
    await using visit = await open(demo.url);
    const { page } = visit;
    await skipTour(visit);
    await write(visit, post);
    await visit.actAs('Ben');
    await write(visit, 'just cheer up, everything happens for a reason! you should call her');
    await visit.actAs('Ana');
    const news = page.getByRole('status').filter({ hasText: 'Ben has a new direct message' });
    await news.waitFor();
    await expect(page.getByRole('radio', { name: /^Ben/ }).getAttribute('aria-describedby')).resolves.toBeTruthy();
    await news.getByRole('button', { name: 'Read it as Ben' }).click();
    await page
      .locator('.messages .message-marked')
      .filter({ hasText: note('heading') })
      .waitFor();
    await expect(news.count()).resolves.toBe(0);
    await visit.message(note('heading')).getByText(linkText, { exact: true }).click();
    await visit.message('just cheer up').waitFor();
    await page.getByRole('heading', { level: 2, name: 'support' }).waitFor();
  });

  it('shows each decision with its reason, and reads sentences of one’s own', async () => {
    await using visit = await open(demo.url);
    const { page } = visit;
    await skipTour(visit);
    const headline = decided('headlines.noted', { kind: decided('kinds.silver-lining') });
    // The newest comes first, and the played one was the first of all.
    const entry = decisions(visit).filter({ hasText: headline }).last();
    const mark = entry.locator('mark').first();
    const marked = (await mark.textContent())?.replace(` (${await mark.getAttribute('title')})`, '');
    expect(marked).toMatch(/\w/);
    expect(played).toContain(marked);
    await entry.getByText(decided('answers', { who: 'Ana' })).waitFor();
    await entry.getByRole('button', { name: shared.slice(0, 40) }).click();
    await page.locator('.messages .message-marked').filter({ hasText: shared }).waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.className')).toContain('message');
    await entry.getByText(headline).click();
    await expect(entry.getByRole('button', { name: shared.slice(0, 40) }).isVisible()).resolves.toBe(false);
    await entry.getByText(headline).click();
    await expect(entry.getByRole('button', { name: shared.slice(0, 40) }).isVisible()).resolves.toBe(true);
    const mine = page.locator('.trying');
    await mine.locator('summary').click();
    await mine.getByLabel(decided('trying.post')).fill('what should i do about my exam? any ideas?');
    await mine.getByLabel(decided('trying.reply')).fill('you should just study harder');
    await mine.getByRole('button', { name: decided('trying.press') }).click();
    await mine.getByText(leftAlone('asked for')).waitFor();
    await mine.getByLabel(decided('trying.post')).fill(post);
    await mine.getByRole('button', { name: decided('trying.press') }).click();
    await mine.getByText(decided('headlines.wouldNote', { kind: decided('kinds.advice') })).waitFor();
    await expect(mine.locator('mark').first().textContent()).resolves.toContain('you should just study harder');
    await visit.expectAccessible();
  });

  it.each([wide, narrow])('with "Observe only" says of nobody that they get a note: %j', async (how) => {
    await using demo = await openDemo();
    await using visit = await open(demo.url, how);
    const { page } = visit;
    await skipTour(visit);
    await visit.actAs('Mo');
    await visit.goTo('support');
    const panel = visit.message(setupHeading);
    await panel.getByRole('button', { name: setup('modes.observe'), exact: true }).click();
    await panel.getByRole('button', { name: chosen('observe'), exact: true }).waitFor();
    await write(visit, 'everything happens for a reason! you should get a new one');
    await expect.poll(() => decisions(visit).count()).toBe(4);
    if (how === narrow) await visit.openPane('Decisions');
    const entry = decisions(visit).first();
    await entry.getByText(decided('counted')).waitFor();
    await expect(entry.locator('.reason').textContent()).resolves.not.toContain('Mo');
    await visit.expectAccessible();
    await expect(page.evaluate('document.documentElement.scrollWidth <= innerWidth')).resolves.toBe(true);
    await entry.getByRole('button', { name: shared.slice(0, 40) }).click();
    await page.locator('.messages .message-marked').filter({ hasText: shared }).waitFor();
  });

  it('has a forum with tags and posts, and threads below their channels', async () => {
    await using visit = await open(demo.url);
    const { page } = visit;
    await skipTour(visit);
    await visit.goTo('stories');
    await page.getByText('There are no posts yet.').waitFor();
    await page.getByRole('button', { name: 'New post' }).click();
    const dialog = page.getByRole('dialog');
    await visit.expectAccessible('dialog');
    await dialog.getByLabel('Title').fill('Three years ago today');
    await dialog.getByRole('button', { name: 'Grief' }).click();
    await dialog.getByRole('textbox', { name: /^Message/ }).fill('i miss my dad and it hurts like the first day');
    await dialog.getByRole('button', { name: 'Post', exact: true }).click();
    await page.getByRole('heading', { level: 2, name: 'Three years ago today' }).waitFor();
    await visit.message('i miss my dad').waitFor();
    await page.getByRole('button', { name: 'Back to #stories' }).click();
    await page.getByRole('button', { name: 'Work', exact: true }).click();
    await page.getByText('No post has this tag.').waitFor();
    await page.getByRole('button', { name: 'Grief', exact: true }).click();
    await page.locator('.post').filter({ hasText: 'Three years ago today' }).waitFor();
    await visit.expectAccessible();

    await visit.goTo('general');
    await page.getByRole('button', { name: 'New thread' }).click();
    await dialog.getByLabel('Thread name').fill('Evening walk');
    await dialog.getByRole('button', { name: 'Create thread' }).click();
    await page.getByRole('heading', { level: 2, name: 'Evening walk' }).waitFor();
    await write(visit, 'who comes along?');
    await visit.actAs('Ben');
    await visit.goTo('Evening walk');
    await visit.message('who comes along?').waitFor();
    await expect(page.getByRole('button', { name: 'Close thread' }).count()).resolves.toBe(0);
  });

  it('lets people write to each other in private', async () => {
    await using visit = await open(demo.url);
    const { page } = visit;
    await skipTour(visit);
    await page.getByRole('region', { name: 'Members' }).getByRole('button', { name: /^Cleo/ }).click();
    await page.getByRole('heading', { level: 2, name: 'Cleo' }).waitFor();
    await write(visit, 'thank you for staying');
    await visit.message('thank you for staying').waitFor();
    await visit.actAs('Ben');
    await expect(page.getByRole('navigation', { name: 'Channels' }).getByText('Ana').count()).resolves.toBe(0);
    await visit.actAs('Cleo');
    await visit.goTo('Ana');
    await visit.message('thank you for staying').waitFor();
  });

  it.each([
    { width: 1440, height: 900, dark: true },
    { width: 1440, height: 900, dark: false },
    { width: 900, height: 700, dark: false },
    { width: 390, height: 844, dark: true },
    { width: 390, height: 844, dark: false },
    { width: 320, height: 640, dark: true },
    { width: 320, height: 640, dark: false },
  ])('is accessible and fits: %j', async (how) => {
    await using visit = await open(demo.url, how);
    const { page } = visit;
    await visit.expectAccessible();
    await skipTour(visit);
    const panes = how.width < 760 ? ['Channels', 'Members', 'Decisions', 'Conversation'] : ['none'];
    for (const pane of panes) {
      if (pane !== 'none') await visit.openPane(pane);
      await visit.expectAccessible();
      await expect(page.evaluate('document.documentElement.scrollWidth <= innerWidth')).resolves.toBe(true);
    }
    await visit.actAs('Ben');
    await visit.goTo('Attune');
    await visit.message(note('heading')).waitFor();
    await visit.expectAccessible();
    await expect(page.evaluate('document.documentElement.scrollWidth <= innerWidth')).resolves.toBe(true);
  });

  it('has touch targets of 40 pixels at a phone’s width', async () => {
    await using visit = await open(demo.url, { width: 390, height: 844, hasTouch: true, isMobile: true });
    const { page } = visit;
    await skipTour(visit);
    for (const pane of ['Channels', 'Members', 'Decisions', 'Conversation']) {
      await visit.openPane(pane);
      const small = await page.evaluate(`[...document.querySelectorAll('button, summary, label.actor, label.switch')]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('p, .sr-only') && !one.matches('.sr-only'))
        .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([, { height, width }]) => height > 0 && (height < 40 || width < 40))
        .map(([text, { height, width }]) => text + ' ' + width + 'x' + height)`);
      expect(small).toEqual([]);
    }
    const said = visit.message(played);
    await said.locator('.message-text').tap();
    const tools = await said.getByRole('group', { name: 'Message actions' }).boundingBox();
    const text = await said.locator('.message-text').boundingBox();
    expect((tools?.y ?? 0) + (tools?.height ?? 0)).toBeLessThanOrEqual((text?.y ?? 0) + 2);
  });
});
