/** How the page looks where it is easily got wrong: its fonts, its height, its times, its marks. */
import { MessageFlags } from 'discord.js';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Mark } from '#protocol';
import { describeInBrowser } from './browser.ts';
import { stage } from './stage.ts';

/** Every part of the page with its text, and how many of its glyphs a font of emoji drew. */
async function glyphsOfEmoji(page: Page): Promise<{ text: string; drawn: number }[]> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeIds } = await devtools.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'body *' });
  return Promise.all(
    nodeIds.map(async (nodeId) => {
      const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
      const { outerHTML } = await devtools.send('DOM.getOuterHTML', { nodeId });
      const drawn = fonts.find(({ familyName }) => /emoji/i.test(familyName))?.glyphCount ?? 0;
      return { text: outerHTML.replace(/<[^>]*>/g, ''), drawn };
    }),
  );
}

describeInBrowser('how the page looks', (open) => {
  const on = stage(open, { panel: { title: 'Decisions', empty: 'Nothing' } });

  test('words, digits, spaces and signs come from a text font; emoji alone from the font of emoji', async () => {
    const said = await on.ana.says('#support', 'Room #12 at 10:45, 3 * 4 = 12 💙 ☕');
    await on.ana.reacts(said, '❤️');
    await using visit = await on.look();
    await visit.message('Room #12').waitFor();
    const parts = await glyphsOfEmoji(visit.page);
    for (const sign of ['💙', '☕', '❤️']) expect(parts).toContainEqual({ text: sign, drawn: 1 });
    const emojiIn = (text: string) => [...text.matchAll(/\p{RGI_Emoji}/gv)].length;
    expect(parts.filter(({ text, drawn }) => drawn > emojiIn(text))).toEqual([]);
  });

  const wide = { width: 1440, height: 900 };
  const narrow = { width: 390, height: 844 };
  const tells = (text: string, marks: Mark[] = [], at = Date.now()) =>
    on.page.tell({
      id: String(entries++),
      at,
      headline: 'Left alone',
      reason: 'It is fine.',
      tone: 'quiet',
      text,
      marks,
    });
  let entries = 0;

  test.each([wide, narrow])('nothing scrolls but its own part, whatever leads where: %j', async (size) => {
    const first = await on.ana.says('#support', 'The first');
    for (let n = 0; n < 40; n += 1) {
      await on.ben.repliesTo(first, 'An answer');
      tells('Some words', [{ start: 0, end: 4, label: 'some', strength: 1 }]);
    }
    await on.writes(
      `See [the first](https://discord.com/channels/${on.town.guild.id}/${first.channel_id}/${first.id})`,
    );
    await using visit = await on.look(size);
    const { page } = visit;
    const isInPlace = () =>
      page.evaluate(() => {
        const { top, bottom } = document.querySelector('.bar h2')?.getBoundingClientRect() ?? { top: -1, bottom: 0 };
        const tall = Math.max(...[document.documentElement, document.body].map((one) => one.scrollHeight));
        return { tall: tall - innerHeight, scrolled: scrollY, isHeaderSeen: top >= 0 && bottom < 100 };
      });
    const inPlace = { tall: 0, scrolled: 0, isHeaderSeen: true };
    expect(await isInPlace()).toEqual(inPlace);
    await page.getByRole('button', { name: 'the first', exact: true }).click();
    const marked = page.locator(`#message-${first.id} .message-marked`);
    // The browser of these tests asks for no motion, and still the message stands out.
    const ground = await marked.evaluate((it) => getComputedStyle(it).backgroundColor);
    expect(ground).not.toBe(
      await page
        .locator('[data-message]:not(.message-marked)')
        .last()
        .evaluate((it) => getComputedStyle(it).backgroundColor),
    );
    await expect(marked.evaluate((it) => it === document.activeElement)).resolves.toBe(true);
    await visit.expectAccessible();
    expect(await isInPlace()).toEqual(inPlace);
    await page.getByRole('link', { name: 'Skip to the conversation' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('talk');
    expect(await isInPlace()).toEqual(inPlace);
  });

  test('one stays where one reads, and is taken to what one said oneself or what a command of one’s own brought', async () => {
    await on.bot.application?.commands.create({ name: 'look', description: 'Looks' });
    on.onCommand((command) => command.reply({ content: 'Seen by you alone', flags: MessageFlags.Ephemeral }));
    for (let n = 0; n < 40; n += 1) await on.ana.says('#support', `Line ${n}`);
    await using visit = await on.look();
    const { page } = visit;
    const isSeen = (text: string) =>
      visit.message(text).evaluate((it) => {
        const { top, bottom } = it.getBoundingClientRect();
        const room = it.closest('.scroller')?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
        return top >= room.top - 1 && bottom <= room.bottom + 1;
      });
    const toTop = async () => {
      await page.locator('.scroller').evaluate((it) => it.scrollTo(0, 0));
      await expect.poll(() => isSeen('Line 0')).toBe(true);
    };
    const write = async (text: string) => {
      await page.getByRole('textbox', { name: /^Message/ }).fill(text);
      await page.keyboard.press('Enter');
    };
    await toTop();
    await on.ana.says('#support', 'Somebody else');
    await visit.message('Somebody else').waitFor();
    expect(await isSeen('Line 0')).toBe(true);
    await write('My own');
    await expect.poll(() => isSeen('My own')).toBe(true);
    await toTop();
    await write('/look');
    await page.getByRole('button', { name: 'Run /look' }).press('Enter');
    await expect.poll(() => isSeen('Seen by you alone')).toBe(true);
  });

  test('a time looks the same wherever it stands: at a message, a card, a decision and a post', async () => {
    const at = Date.now() - 24 * 3_600_000;
    await on.ana.says('#support', 'Yesterday’s', { at });
    await on.ana.posts('#stories', 'A post', 'Its words', { at });
    await on.sends({ embeds: [{ description: 'A card', timestamp: new Date(at).toISOString() }] });
    tells('Some words', [], at);
    await using visit = await on.look();
    const { page } = visit;
    const time = /^Yesterday at \d+:\d\d\s[AP]M$/;
    const written = await visit.message('Yesterday’s').locator('time').innerText();
    expect(written).toMatch(time);
    expect(await page.locator('.embed-foot time').innerText()).toBe(written);
    expect(await page.locator('.entry time').innerText()).toBe(written);
    await visit.goTo('stories');
    expect(await page.locator('.post time').innerText()).toBe(written);
  });

  test.each([wide, narrow])(
    'an entry leads to the message that was answered, where one may see it: %j',
    async (size) => {
      const asked = await on.ana.says('#support', 'What was asked');
      for (let n = 0; n < 40; n += 1) await on.ben.says('#support', 'Something else');
      const entry = { at: Date.now(), headline: 'Left alone', reason: 'It is fine.', tone: 'quiet' } as const;
      const answers = { lead: 'An answer to Ana:', words: 'What was asked', message: asked.id };
      on.page.tell({ ...entry, id: 'seen', answers: { ...answers, channel: asked.channel_id } });
      on.page.tell({ ...entry, id: 'unseen', answers: { ...answers, words: 'What nobody sees', channel: '1' } });
      await using visit = await on.look(size);
      const { page } = visit;
      if (size === narrow) await visit.openPane('Decisions');
      await page.locator('.entry-answers').filter({ hasText: 'An answer to Ana: What nobody sees' }).waitFor();
      expect(await page.getByRole('button', { name: 'What nobody sees' }).count()).toBe(0);
      await page.locator('.entry').getByRole('button', { name: 'What was asked' }).click();
      await page.locator(`#message-${asked.id} .message-marked`).waitFor();
      await visit.expectAccessible();
    },
  );

  test('a mark is drawn around words, and never as a sliver around none', async () => {
    const words = Array.from({ length: 40 }, (_, n) => 'abcdefgh'.slice(n % 8));
    const text = `${words.join(' ')}.\nAnd then\n  some more. you should get a new puppy, it really helps`;
    const marks = [...text.matchAll(/\s+you should.*$|\s+\w+/g)].map(([found], n, all): Mark => {
      const start = all.slice(0, n).reduce((at, one) => text.indexOf(one[0], at) + one[0].length, 0);
      const from = text.indexOf(found, start);
      return { start: from, end: from + found.length, label: 'word', strength: n % 3 === 0 ? 0.2 : 0.9 };
    });
    marks.push({ start: 0, end: text.indexOf('\n') + 1, label: 'to the line', strength: 0.1 });
    tells(text, marks);
    await using visit = await on.look();
    const drawn = await visit.page.locator('.entry-text').evaluate((entry) => {
      const found: { words: string; width: number }[] = [];
      // At every width there is another word that just fits into its line, or just does not.
      for (let px = 140; px < 300; px += 1) {
        (entry as HTMLElement).style.width = `${px}px`;
        for (const mark of entry.querySelectorAll('mark'))
          for (const { width } of mark.getClientRects())
            found.push({ words: mark.firstChild?.textContent ?? '', width });
      }
      return found;
    });
    expect(drawn.length).toBeGreaterThan(160 * 35);
    expect(drawn.filter(({ words, width }) => width < 6 || !/\w/.test(words))).toEqual([]);
  });
});
