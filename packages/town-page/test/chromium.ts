/** The Chromium of this machine. */
import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

const isThere = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export const chromiumPath: string | undefined = [process.env.CHROMIUM_PATH ?? '', ...places].find(isThere);

const quiet = [
  'disable-gpu',
  'disable-background-networking',
  'disable-component-update',
  'disable-sync',
  'no-first-run',
  'renderer-process-limit=1',
];

export function launch(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('No Chromium was found; on Debian: apt-get install chromium');
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', ...quiet.map((one) => `--${one}`)] });
}
