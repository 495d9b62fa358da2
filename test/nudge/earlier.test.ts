import { describe, expect, it } from 'vitest';
import { didEarlier, type Earlier } from '#nudge/earlier';
import { matterOf } from '#nudge/wishes';
import { type Line, type Opened, upTo } from './talk.ts';

/** What Ben did before the last line, on the matter of the line `of`. */
async function did(lines: readonly Line[], of = 'my dog died', opened?: Opened): Promise<Earlier> {
  const { conversation, turn } = await upTo([...lines, 'ben: at least'], opened);
  return didEarlier(conversation, matterOf(conversation, turn(of)), 'ben');
}

const dog = 'ana: my dog died';
const cat = 'cleo: my cat died';
const later = (line: string, minutes: number): Line => [line, { minutes }];

describe('listened', () => {
  it.each<[string, Line[]]>([
    ['by taking it seriously', [dog, 'ben: that must be hard']],
    ['by saying it back', [dog, 'ben: you miss him']],
    ['by asking', [dog, 'ben: what was he like', 'ana: he was kind']],
    ['by reference', [dog, later(cat, 1), ['ben: that must be hard', { to: 'my dog died' }]]],
    ['by name', [dog, cat, 'ben: ana that must be hard']],
    ['although somebody else comforted before', [dog, 'mo: hugs', 'ben: that must be hard']],
    ['although somebody else comforted by reference', [dog, ['mo: awful', { to: 'my dog died' }], 'ben: you miss him']],
    ['although somebody chatted before', [dog, 'mo: hello', '*River: hello', 'ben: that must be hard']],
    ['where it may have been to either of two', [dog, cat, 'ben: that must be hard']],
    [
      'right after their words, whatever is read in them',
      ['cleo: my cat died', later('ana: so', 20), 'ben: you miss him', dog],
    ],
    ['long ago, on the same matter', [dog, 'ben: that must be hard', later('ana: hm', 100)]],
    ['before others spoke', [dog, 'ben: that must be hard', later(cat, 5), 'mo: hugs']],
  ])('%s', async (_, lines) => {
    expect(await did(lines)).toBe('listened');
  });

  it('in a thread to its author, also long ago', async () => {
    const lines = [dog, later('cleo: hello', 10), 'ben: that must be hard', later('ana: hm', 9000)];
    expect(await did(lines, 'my dog died', {})).toBe('listened');
  });
});

describe('did not listen', () => {
  it.each<[string, Line[]]>([
    ['who said nothing', [dog, 'ana: i miss him']],
    ['who comforted only', [dog, 'ben: hugs', 'ana: hm']],
    ['who chatted', [dog, 'ben: hello']],
    ['when somebody else did', [dog, 'cleo: that must be hard', '*ben: that must be hard']],
    ['who listened to somebody else by reference', [dog, cat, ['ben: that must be hard', { to: 'my cat died' }]]],
    ['who listened to somebody else by name', [dog, cat, 'ben: cleo, that must be hard']],
    ['who listened to somebody else later', [dog, later(cat, 20), 'ben: that must be hard', later('ana: hm', 1)]],
    ['who listened to somebody who is not there', [dog, 'ben: <@77> that must be hard']],
    ['who spoke of themself', [dog, 'ben: my fish died', ['ben: that must be hard', { to: 'my fish died' }]]],
    ['who comforted a comforter', [dog, 'mo: hugs', ['ben: that must be hard', { to: 'hugs' }]]],
    ['who only asked what is wanted', [dog, 'ben: that must be hard. want ideas', 'ana: no ideas']],
    ['before it began', ['ana: so', 'ben: that must be hard', later(dog, 31)]],
  ])('%s', async (_, lines) => {
    expect(await did(lines)).toBeUndefined();
  });

  it('who listened to its author, and now answers somebody else', async () => {
    const lines = [dog, ['ben: that must be hard', { to: 'my dog died' }], later(cat, 20)] as const;
    expect(await did(lines, 'my cat died', {})).toBeUndefined();
    expect(await did(lines, 'my dog died', {})).toBe('listened');
  });

  it('to what nobody said', async () => {
    const { conversation } = await upTo(['ben: that must be hard', 'ben: at least']);
    expect(didEarlier(conversation, [], 'ben')).toBeUndefined();
  });
});

describe('permission', () => {
  it.each<[Earlier, string, Line[]]>([
    ['permission', 'when it was asked for and given', [dog, 'ben: want ideas', 'ana: yes']],
    ['permission', 'when they answer with something else', [dog, 'ben: want ideas', 'ana: i miss him']],
    ['permission', 'also after listening', [dog, 'ben: you miss him', 'ben: want ideas', 'ana: ok']],
    ['permission', 'when others speak in between', [dog, 'ben: want ideas', 'mo: no ideas', 'ana: ok']],
    [
      'permission',
      'when it was asked for twice, and given once',
      [dog, 'ben: want ideas', 'ana: no ideas', 'ben: and now, want ideas', 'ana: ok'],
    ],
    [undefined, 'not when it was refused', [dog, 'ben: want ideas', 'ana: no ideas please']],
    [undefined, 'not without an answer', [dog, 'ben: want ideas']],
    [undefined, 'not when somebody else answers', [dog, 'ben: want ideas', 'mo: yes']],
    [undefined, 'not when somebody else asked', [dog, 'mo: want ideas', 'ana: yes']],
    [undefined, 'not when somebody else was asked', [dog, cat, ['ben: want ideas', { to: 'my cat died' }], 'ana: yes']],
    [
      'listened',
      'not when it was refused, but they were heard',
      [dog, 'ben: you miss him', 'ben: want ideas', 'ana: no ideas'],
    ],
  ])('%s, %s', async (expected, _, lines) => {
    expect(await did(lines)).toBe(expected);
  });
});
