import { describe, expect, it } from 'vitest';
import { type Around, conversationOf, isDangerous, type Said } from '#nudge/conversation';
import { alone } from './detector.ts';
import { type Line, talk, upTo } from './talk.ts';

const texts = (turns: readonly Said[]): string[] => turns.map(({ text }) => text);

/** What was fetched around the messages that begin with "ben: reply". */
async function around(lines: readonly Line[], more: Partial<Around> = {}) {
  const said = talk(...lines);
  const own = said.filter(({ text }) => text.startsWith('reply'));
  const messages = own.map(({ id }) => id);
  return conversationOf({ said, ...more }, { messages, at: own[0]?.at ?? 0, answers: own[0]?.answers }, alone);
}

describe('a conversation', () => {
  it('has what was said before and after a reply, in order, without the reply itself', async () => {
    const { before, after, between, opening } = await around([
      'ana: my dog died',
      'mo: hugs',
      'ben: reply one',
      'cleo: hello',
      'ben: reply two',
      'ana: thank you',
    ]);
    expect(texts(before)).toEqual(['my dog died', 'hugs']);
    expect(texts(after)).toEqual(['hello', 'thank you']);
    expect(texts(between)).toEqual(['hello']);
    expect(opening).toBeUndefined();
  });

  it('knows what is read in each message alone', async () => {
    const { before } = await around(['ana: my dog died', 'mo: that must be hard', 'ben: reply']);
    expect(before.map(({ reading }) => [reading.shares, reading.attuned.validates])).toEqual([
      [0.9, 0],
      [0, 0.8],
    ]);
  });

  it('tells before from after by ids of any length', async () => {
    const [speaker, at] = [{ key: 'user:ana', user: 'ana', names: ['ana'] }, 0];
    const said = ['9', '10', '11', '100'].map((id) => ({ id, at, text: id, speaker }));
    const { before, after } = await conversationOf({ said }, { messages: ['11'], at }, alone);
    expect([texts(before), texts(after)]).toEqual([['9', '10'], ['100']]);
  });

  it('is empty where nothing else was said, and where nothing was fetched', async () => {
    expect(await around(['ben: reply'])).toEqual({ before: [], after: [], between: [] });
    expect(await conversationOf({ said: [] }, { messages: ['1'], at: 0 }, alone)).toEqual({
      before: [],
      after: [],
      between: [],
    });
  });
});

describe('what is too old', () => {
  it('in a channel is what was said three hours earlier', async () => {
    const late: Line = ['ben: reply', { minutes: 60 }];
    expect(texts((await around(['ana: one', ['ana: two', { minutes: 120 }], late])).before)).toEqual(['one', 'two']);
    expect(texts((await around(['ana: one', ['ana: two', { minutes: 121 }], late])).before)).toEqual(['two']);
  });

  it('but never the message that the reply refers to', async () => {
    const { before } = await around([
      'ana: my dog died',
      'ana: i miss him',
      ['mo: hello', { minutes: 300 }],
      ['ben: reply', { to: 'my dog died' }],
    ]);
    expect(texts(before)).toEqual(['my dog died', 'hello']);
  });

  it('in a thread is nothing', async () => {
    const { conversation } = await upTo(['ana: one', 'cleo: two', ['ben: at least', { minutes: 60_000 }]], {});
    expect(texts(conversation.before)).toEqual(['one', 'two']);
  });
});

describe('in a thread', () => {
  it('its starter comes first and once, wherever it stands', async () => {
    const [elsewhere] = talk('ana: my dog died');
    if (!elsewhere) throw new Error('nothing was said');
    const opening = { starter: elsewhere, tags: [] };
    const lines = [['cleo: hello', { minutes: 5 }], 'ben: reply'] as const;
    const { before, opening: opened } = await around(lines, { opening });
    expect(texts(before)).toEqual(['my dog died', 'hello']);
    expect(opened).toMatchObject({ starter: { text: 'my dog died' }, titleText: '', tags: [] });
    const { conversation } = await upTo(['ana: my dog died', 'cleo: hello', 'ben: at least'], {});
    expect(texts(conversation.before)).toEqual(['my dog died', 'hello']);
  });

  it('its title and its tags are read', async () => {
    const { conversation } = await upTo(['ana: my dog died', 'ben: at least'], {
      title: 'what should i do',
      tags: ['just listen', 'ideas welcome'],
    });
    expect(conversation.opening).toMatchObject({
      titleText: 'what should i do',
      title: { post: { 'asks-advice': 1 } },
    });
    expect(conversation.opening?.tags).toEqual(['heard', 'ideas']);
  });

  it('what the community says that a tag says goes before its name', async () => {
    const { conversation } = await upTo(['ana: my dog died', 'ben: at least'], {
      tags: [{ name: 'just listen', says: 'ideas' }, { name: 'ideas welcome', says: 'nothing' }, 'pets'],
    });
    expect(conversation.opening?.tags).toEqual(['ideas', 'nothing', 'nothing']);
  });

  it('what opens it is no answer: it does not come before itself', async () => {
    const [own] = talk('ben: reply');
    if (!own) throw new Error('nothing was said');
    const opened = { said: [own], opening: { starter: own, title: 'my dog died', tags: [] } };
    expect(await conversationOf(opened, { messages: [own.id], at: own.at }, alone)).toEqual({
      before: [],
      after: [],
      between: [],
    });
  });
});

describe('danger', () => {
  it.each<[string, Line[], { title?: string } | undefined]>([
    ['before', ['ana: i want to end it', 'mo: hello', 'ben: at least'], undefined],
    ['of somebody else', ['ana: my dog died', 'mo: i could end it', 'ben: at least'], undefined],
    ['of the replier, earlier', ['ana: my dog died', 'ben: i could end it', 'ben: at least'], undefined],
    ['in a starter of any age', ['ana: i want to end it', ['ben: at least', { minutes: 9000 }]], {}],
    ['in a title', ['ana: my dog died', 'ben: at least'], { title: 'i want to end it' }],
  ])('%s', async (_, lines, opened) => {
    expect(isDangerous((await upTo(lines, opened)).conversation)).toBe(true);
  });

  it('after the reply', async () => {
    expect(isDangerous(await around(['ana: my dog died', 'ben: reply', 'mo: i could end it']))).toBe(true);
  });

  it.each<[string, Line[], { title?: string } | undefined]>([
    ['where nobody says so', ['ana: my dog died', 'mo: hugs', 'ben: at least'], undefined],
    ['in another conversation', ['ana: i could end it', ['mo: hello', { minutes: 181 }], 'ben: at least'], undefined],
    ['in words that nobody said', ['ana: ', 'ben: at least'], { title: '' }],
  ])('not %s', async (_, lines, opened) => {
    expect(isDangerous((await upTo(lines, opened)).conversation)).toBe(false);
  });
});

it('fifty messages of one person are fifty turns', async () => {
  const many = Array.from({ length: 50 }, (_, n) => `ana: line ${n}`);
  const { conversation } = await upTo([...many, 'ben: at least']);
  expect(conversation.before).toHaveLength(50);
  expect(conversation.before.at(-1)?.text).toBe('line 49');
});
