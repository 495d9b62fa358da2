import { describe, expect, it } from 'vitest';
import { ideasWanted, isOver, matterOf } from '#nudge/wishes';
import type { Want } from '#settings/want';
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

  describe('with /need', () => {
    /** Minutes after the first line; lines are a third of a minute apart. */
    async function needed(lines: readonly Line[], want: Want, after: number, opened?: Opened): Promise<number> {
      const { conversation } = await upTo([...lines, 'ben: at least'], opened);
      const [first] = conversation.before;
      if (!first) throw new Error('nothing was said');
      const need = { want, since: first.at + after * 60_000 };
      return ideasWanted(conversation, matterOf(conversation, first), need);
    }
    const [before, between, after] = [-60, 0.2, 60];
    const said = 'ana: my dog died';

    it.each<[string, Line[], Want, number, number]>([
      ['ideas: they are wanted', [said], 'ideas', before, 1],
      ['also when it is said after', [said], 'ideas', after, 1],
      ['also when nothing was asked since', [said, 'ana: i miss him'], 'ideas', between, 1],
      ['ideas: not when the post wants none', [said, 'ana: no ideas please'], 'ideas', between, 0],
      ['ideas: but again when that came before', [said, 'ana: no ideas please'], 'ideas', after, 1],
      ['heard: a vague word is no wish', [said, 'ana: not sure'], 'heard', before, 0],
      ['heard: nor is one that came before', [said, 'ana: not sure'], 'heard', after, 0],
      ['heard: a clear question is one', [said, 'ana: what should i do'], 'heard', before, 1],
      ['heard: also right after', [said, 'ana: what should i do'], 'heard', between, 1],
      ['heard: but not when that was before', [said, 'ana: what should i do'], 'heard', after, 0],
      ['company: a vague word is no wish', [said, 'ana: not sure'], 'company', before, 0],
      ['company: a clear question is one', [said, 'ana: what should i do'], 'company', before, 1],
      ['unsure: perhaps', [said], 'unsure', before, 0.35],
      ['unsure: not when the post wants none', [said, 'ana: no ideas please'], 'unsure', between, 0],
      ['unsure: a clear question stays one', [said, 'ana: what should i do'], 'unsure', after, 1],
      ['nothing: as if it were not there', [said, 'ana: not sure'], 'nothing', between, 0.4],
      ['nothing: also after a question', [said, 'ana: what should i do'], 'nothing', after, 1],
    ])('%s', async (_, lines, want, when, expected) => {
      expect(await needed(lines, want, when)).toBe(expected);
    });

    it.each<[string, Opened, Want, number, number]>([
      ['heard, after a tag that asks', { tags: ['ideas welcome'] }, 'heard', after, 0],
      ['heard, before a tag that asks', { tags: ['ideas welcome'] }, 'heard', before, 1],
      ['ideas, after a tag that wants none', { tags: ['just listen'] }, 'ideas', after, 1],
      ['unsure, after a tag that wants none', { tags: ['just listen'] }, 'unsure', after, 0.35],
      ['nothing, after a tag that asks', { tags: ['ideas welcome'] }, 'nothing', after, 1],
      ['heard, after a title that asks', { title: 'what should i do' }, 'heard', after, 0],
      ['heard, before a title that asks', { title: 'what should i do' }, 'heard', before, 1],
    ])('in a forum post: %s', async (_, opened, want, when, expected) => {
      expect(await needed([said], want, when, opened)).toBe(expected);
    });
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
