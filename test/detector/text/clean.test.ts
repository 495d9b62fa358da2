import { describe, expect, it } from 'vitest';
import { isEnglish, ownText } from '#detector/text/clean';

describe('what is the writer’s own', () => {
  it.each([
    ['> you should rest\nno i disagree', 'no i disagree'],
    ['<@123456789> so sorry', 'so sorry'],
    ['look at https://example.org/x?y=1 when you can', 'look at when you can'],
    ['`code` and **bold** and ||hidden||', 'and bold and hidden'],
    ['my mum says "get over it"', 'my mum says "get over it"'],
    ['<a:wave:123> hi', 'hi'],
    ['one\n\ntwo', 'one two'],
    ['```\nall of it\n```', ''],
    ['y\u200Bou shоuld', 'you should'],
  ])('%j', (text, own) => expect(ownText(text)).toBe(own));
});

describe('English', () => {
  it.each([
    'i feel so alone since my dad moved out',
    'hugs',
    'same tbh',
    'drink some water and sleep',
    'WHY DOES THIS ALWAYS HAPPEN TO ME',
    'got fired today',
    'bro i cried at a dog food commercial today',
    'I am so sad today.',
    'Boss told me my contract won’t be extended. Rent is due in two weeks.',
    '',
    '😭😭',
    'join a club! meetup.com is great',
    'reddit.com/r/jobs has lots of them',
    'write me at a.b@example.org, i am up',
    'mi amor te quiero but i cant go on like this with you',
  ])('is or may be: %j', (text) => expect(isEnglish(text)).toBe(true));

  it.each([
    'no te preocupes, todo va a estar bien',
    'das wird schon wieder, kopf hoch',
    'tu devrais parler à ta mère demain matin',
    'все будет хорошо, не переживай',
    '大丈夫、きっとうまくいくよ',
    'você precisa parar de pensar nele',
    'mira en meetup.com, hay muchos grupos ahora',
    'schreib ihnen einfach eine mail, hilfe@example.org',
    'devi solo avere pazienza, passa tutto',
  ])('is not: %j', (text) => expect(isEnglish(text)).toBe(false));
});
