import { describe, expect, it } from 'vitest';
import { ideasWanted, isOver, matterOf } from '#nudge/wishes';
import { type Line, type Opened, speakerOf, upTo } from './talk.ts';

const later = (line: string, minutes: number): Line => [line, { minutes }];

describe('the matter of a post', () => {
  async function matter(lines: readonly Line[], of: string, opened?: Opened): Promise<string[]> {
    const { conversation, turn } = await upTo(lines, opened);
    return matterOf(conversation, turn(of)).map(({ text }) => text);
  }

  it.each<[string, Line[], string[]]>([
    ['is the post', ['ana: it', 'ben: at least'], ['it']],
    ['goes back to where it began', ['ana: so', 'ana: well', 'ana: it', 'ben: at least'], ['so', 'well', 'it']],
    ['goes on to the last word', ['ana: it', 'ana: i miss him', 'ben: at least'], ['it', 'i miss him']],
    ['is of one person', ['cleo: so', 'ana: it', 'mo: hugs', 'ben: hugs', 'ana: hm', 'ben: at least'], ['it', 'hm']],
    ['begins after a pause', ['ana: so', later('ana: it', 31), 'ben: at least'], ['it']],
    ['not after a short one', ['ana: so', later('ana: it', 30), 'ben: at least'], ['so', 'it']],
    ['goes on over a pause', ['ana: it', later('ana: hm', 100), 'ben: at least'], ['it', 'hm']],
    ['is of an account, not of a name', [['ana: so', { user: '7' }], 'ana: it', '*ana: hm', 'ben: at least'], ['it']],
  ])('%s', async (_, lines, expected) => {
    expect(await matter(lines, 'it')).toEqual(expected);
  });

  it('in a thread has no pauses', async () => {
    const lines = ['ana: so', later('cleo: hm', 300), later('ana: it', 9000), 'ben: at least'];
    expect(await matter(lines, 'it', {})).toEqual(['so', 'it']);
  });
});

describe('ideas', () => {
  /** How surely the one who said the first line wants them. */
  async function wanted(lines: readonly Line[], opened?: Opened): Promise<number> {
    const all = [...lines, 'ben: at least'];
    const { conversation } = await upTo(all, opened);
    const [first] = conversation.before;
    if (!first) throw new Error('nothing was said');
    return ideasWanted(conversation, matterOf(conversation, first));
  }

  it.each<[string, Line[], number]>([
    ['are not wanted by who only tells', ['ana: my dog died', 'ana: i miss him'], 0],
    ['are wanted by who asks', ['ana: my dog died', 'ana: what should i do'], 1],
    ['also when they say more', ['ana: what should i do', 'ana: i miss him'], 1],
    ['also when they ask again, and less', ['ana: what should i do', 'ana: not sure'], 1],
    ['not when they say later that they want none', ['ana: what should i do', 'ana: no ideas please'], 0],
    ['but when they ask again after that', ['ana: no ideas please', 'ana: ok, what should i do'], 1],
    ['a little when they are not sure', ['ana: my dog died', 'ana: not sure'], 0.4],
    ['not when somebody else asks', ['ana: my dog died', 'cleo: what should i do', '*ana: what should i do'], 0],
  ])('%s', async (_, lines, expected) => {
    expect(await wanted(lines)).toBe(expected);
  });

  it.each<[string, Line[], Opened, number]>([
    ['by a tag', ['ana: my dog died'], { tags: ['ideas welcome'] }, 1],
    ['by a tag, although the words want none: it is not clear', ['ana: no ideas'], { tags: ['ideas welcome'] }, 1],
    ['by words, although a tag wants none', ['ana: what should i do'], { tags: ['just listen'] }, 1],
    ['by a title', ['ana: my dog died'], { title: 'what should i do' }, 1],
    ['not by a title that the words take back', ['ana: no ideas'], { title: 'what should i do' }, 0],
    ['by words that take a title back', ['ana: what should i do'], { title: 'no ideas' }, 1],
    ['not by a vague word under a tag that wants none', ['ana: not sure'], { tags: ['just listen'] }, 0],
    ['a little by a vague word under another tag', ['ana: not sure'], { tags: ['pets'] }, 0.4],
    ['not by a tag that says both', ['ana: my dog died'], { tags: ['ideas welcome or just listen'] }, 0],
    ['not by nothing', ['ana: my dog died'], { title: '', tags: ['', 'just listen'] }, 0],
  ])('are wanted in a forum post %s', async (_, lines, opened, expected) => {
    expect(await wanted(lines, opened)).toBe(expected);
  });

  it('of another person there have nothing to do with its title and tags', async () => {
    const opened = { title: 'what should i do', tags: ['ideas welcome'] };
    const { conversation, turn } = await upTo(['ana: so', 'cleo: my cat died', 'ben: at least'], opened);
    expect(ideasWanted(conversation, matterOf(conversation, turn('my cat died')))).toBe(0);
    expect(ideasWanted(conversation, matterOf(conversation, turn('so')))).toBe(1);
  });
});

describe('it is over', () => {
  it.each<[boolean, string, Line[]]>([
    [false, 'while nothing says so', ['ana: my dog died', 'ana: i miss him']],
    [true, 'with good news', ['ana: my dog died', 'ana: all good now']],
    [true, 'also when they chat on', ['ana: my dog died', 'ana: all good now', 'ana: hello']],
    [true, 'also at once', ['ana: my dog died last year, all good now']],
    [false, 'when something hard came after', ['ana: all good now', 'ana: my cat died']],
    [true, 'when that ended, too', ['ana: all good now', 'ana: my cat died', 'ana: all good now']],
    [false, 'when it is over for others', ['ana: my dog died', 'cleo: all good now', '*ana: all good now']],
    [false, 'where they said nothing', ['cleo: all good now']],
  ])('%s, %s', async (over, _, lines) => {
    const { conversation } = await upTo([...lines, 'ben: at least']);
    expect(isOver(conversation, speakerOf('ana'))).toBe(over);
  });
});
