import { expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { openDetector } from '#detector/open';
import { hearDanger } from '#discord/danger';
import { shippedData } from '../sentences.ts';

const dangerIn = hearDanger(loadContent(shippedData).search, await openDetector());

it.each([
  ['clear', 'i want to die'],
  ['clear', 'i just wanna kms'],
  ['clear', 'she wants to kill herself'],
  ['clear', 'he hit me last night'],
  ['possible', 'my grandma is dying'],
  [undefined, 'my dog died and i miss him'],
  [undefined, 'this boss fight is killing me lol'],
  [undefined, 'i failed my exam'],
  [undefined, ''],
])('hears %s danger in: %s', async (heard, text) => expect(await dangerIn(text, 'en-US')).toBe(heard));

it('hears English in every language', async () => expect(await dangerIn('i want to die', 'de')).toBe('clear'));
