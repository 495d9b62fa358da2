import { describe, expect, it } from 'vitest';
import { dangerHearing } from '#panels/danger';
import { partsWith, shippedData } from '../town.ts';

const { content, detector } = await partsWith(shippedData);
const hear = dangerHearing(content.search, detector);

describe('danger is heard', () => {
  it.each([
    // In words of danger.
    ['i want to die', 'self'],
    ['i just wanna kms', 'self'],
    ['i took pills', 'self'],
    ['i cut myself again', 'selfHarm'],
    ['she wants to kill herself', 'somebody'],
    ['he hit me last night', 'violence'],
    ['i might hurt my baby', 'harming'],
  ])('in %j, and which', async (text, danger) => {
    expect(await hear(text, 'en-US')).toMatchObject({ isClear: true, voiced: { danger } });
  });

  it.each([
    // As the detector reads it.
    'i dont want to wake up tomorrow',
    'i have a plan and tonight is the night',
    'everyone would be better off without me',
  ])('in %j', async (text) => expect(await hear(text, 'en-US')).toBeDefined());

  it('with a doubt, where words can mean it', async () => {
    expect(await hear('i keep thinking of death', 'en-US')).toEqual({ isClear: false });
  });

  it('whatever language somebody uses Discord in', async () => {
    expect(await hear('i want to die', 'fi')).toMatchObject({ isClear: true });
  });
});

describe('no danger is heard', () => {
  it.each([
    'a rough night, company would help',
    'my phone died again',
    'this deadline is killing me',
    'this boss fight is killing me lol',
    'that meme killed me lol',
    'my dog died and i miss him',
    'i failed my exam',
    'i could eat a whole pizza',
    'nothing to fix, only tired',
    'first week at the new job',
    'no need to answer',
    'it ended well, thank you',
    '',
  ])('in %j', async (text) => expect(await hear(text, 'en-US')).toBeUndefined());
});
