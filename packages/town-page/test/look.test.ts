/** How the page looks where it is easily got wrong: its fonts, its height, its times, its marks. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
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
  const on = stage(open);

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
});
