import { describe, expect, it } from 'vitest';
import { voicesDanger } from '#panels/danger';
import { partsWith, shippedData } from '../town.ts';

const { content, detector } = await partsWith(shippedData);
const voices = (typed: string, locale = 'en-US') => voicesDanger(typed, locale, { content, detector });

describe('danger is heard', () => {
  it.each([
    // In words of danger.
    'kms',
    'i took pills',
    'he hits me',
    'my friend wants to kill herself',
    'i cut myself again',
    // As the detector reads it.
    'i dont want to wake up tomorrow',
    'i have a plan and tonight is the night',
    'everyone would be better off without me',
  ])('in %j', async (typed) => expect(await voices(typed)).toBe(true));

  it('whatever language somebody uses Discord in', async () => {
    expect(await voices('i want to die', 'fi')).toBe(true);
  });
});

describe('no danger is heard', () => {
  it.each([
    'a rough night, company would help',
    'my phone died again',
    'this deadline is killing me',
    'my dog died this morning',
    'i could eat a whole pizza',
    'nothing to fix, only tired',
    'first week at the new job',
    'no need to answer',
    'it ended well, thank you',
  ])('in %j', async (typed) => expect(await voices(typed)).toBe(false));
});
