/** `npm run screenshots [name …]`: the pictures of the README, made on the page itself, with the real bot behind it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from '@attune/town-page/test/chromium';
import type { Locator, Page } from 'playwright-core';
import { readTour } from '#trying/tour';
import { shippedData } from '../sentences.ts';
import { openDemo } from './open-demo.ts';
import { pictures } from './pictures.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
/** Wide enough for a message, and as tall as the longest: what is pictured is cut out. */
const viewport = { width: 800, height: 1700 };
const margin = 6;

/** As WebP, which Playwright does not offer: a fifth of a PNG. */
async function shoot(page: Page, parts: readonly Locator[]): Promise<Buffer> {
  const boxes = await Promise.all(
    parts.map(async (part) => (await part.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 }),
  );
  const x = Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin);
  const y = Math.max(0, Math.min(...boxes.map((box) => box.y)) - margin);
  const right = Math.min(viewport.width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
  const bottom = Math.min(viewport.height, Math.max(...boxes.map((box) => box.y + box.height)) + margin);
  const devtools = await page.context().newCDPSession(page);
  const clip = { x, y, width: right - x, height: bottom - y, scale: 1 };
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 72, clip });
  return Buffer.from(data, 'base64');
}

const wanted = process.argv.slice(2);
const named = Object.entries(pictures).filter(([name]) => wanted.length === 0 || wanted.includes(name));

mkdirSync(folder, { recursive: true });
const browser = await launch();
try {
  for (const colorScheme of ['dark', 'light'] as const) {
    await using demo = await openDemo();
    for (const [name, picture] of named) {
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce', deviceScaleFactor: 1.5 });
      page.setDefaultTimeout(15_000);
      await page.goto(demo.url);
      await page.getByRole('button', { name: readTour(shippedData).tour.skip }).click();
      const parts = await picture(page);
      await page.mouse.move(0, 0);
      if (name !== 'take-back') await page.evaluate('document.activeElement?.blur()');
      const made = await shoot(page, parts);
      writeFileSync(`${folder}${name}-${colorScheme}.webp`, made);
      process.stdout.write(`docs/screenshots/${name}-${colorScheme}.webp  ${Math.round(made.length / 1024)} kB\n`);
      await page.close();
    }
  }
} finally {
  await browser.close();
}
