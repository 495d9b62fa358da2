import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isLater } from '#nudge/heard';
import { minutes, openScene, refTo, seconds, snowflake } from './scene.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 4, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the settle window', () => {
  it('hands a reply on when nothing more came, to the millisecond', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least you had 14 years');
    vi.advanceTimersByTime(14_999);
    expect(scene.replies).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(scene.replies).toMatchObject([
      {
        guild: 'harbour',
        channel: 'support',
        replier: 'ben',
        messages: [fix.id],
        at: fix.at,
        text: 'at least you had 14 years',
      },
    ]);
    expect(scene.replies[0]).not.toHaveProperty('answers');
  });

  it('joins messages in a row, and each one begins the wait anew', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const first = scene.says('ben', 'oh no');
    vi.advanceTimersByTime(seconds(14));
    const second = scene.says('ben', 'have you thought of a new one?');
    vi.advanceTimersByTime(seconds(14));
    expect(scene.replies).toEqual([]);
    vi.advanceTimersByTime(seconds(1));
    expect(scene.replies).toMatchObject([
      { messages: [first.id, second.id], text: 'oh no\nhave you thought of a new one?', at: first.at },
    ]);
  });

  it('begins anew with an edit, and hands on what was meant in the end', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least');
    vi.advanceTimersByTime(seconds(10));
    scene.edits(fix, 'i am so sorry');
    vi.advanceTimersByTime(seconds(14));
    expect(scene.replies).toEqual([]);
    vi.advanceTimersByTime(seconds(1));
    expect(scene.replies.map(({ text }) => text)).toEqual(['i am so sorry']);
  });

  it('goes on undisturbed by an update that leaves the text as it is', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least');
    vi.advanceTimersByTime(seconds(10));
    scene.edits(fix, 'at least');
    vi.advanceTimersByTime(seconds(5));
    expect(scene.replies.map(({ text }) => text)).toEqual(['at least']);
  });

  it('takes an edit whose time is told to the second only, and none that is older than the last', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    vi.advanceTimersByTime(500);
    const fix = scene.says('ben', 'at least');
    scene.edits(fix, 'i am so sorry', fix.at - 500);
    scene.edits(fix, 'an older text', fix.at - 501);
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies.map(({ text }) => text)).toEqual(['i am so sorry']);
  });

  it('ignores edits of what it does not wait for', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least');
    vi.advanceTimersByTime(seconds(15));
    vi.advanceTimersByTime(seconds(1));
    scene.edits(post, 'my cat died');
    scene.edits(fix, 'another fix');
    vi.advanceTimersByTime(minutes(1));
    expect(scene.replies).toHaveLength(1);
    expect(scene.pending).toBe(0);
  });
});

describe('age', () => {
  it('hands on in time what is written for long, and never what is older than two minutes', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const first = scene.says('ben', 'part 0');
    for (let part = 1; part <= 30; part++) {
      vi.advanceTimersByTime(seconds(10));
      scene.says('ben', `part ${part}`);
    }
    vi.advanceTimersByTime(minutes(3));
    expect(scene.replies[0]).toMatchObject({ at: first.at, passedAt: first.at + seconds(115) });
    expect(scene.replies[0]?.messages).toHaveLength(12);
    for (const { at, passedAt } of scene.replies) expect(passedAt - at).toBeLessThanOrEqual(minutes(2));
    const messages = scene.replies.flatMap(({ messages }) => messages);
    expect(new Set(messages).size).toBe(31);
    expect(messages).toHaveLength(31);
  });

  it('keeps within two minutes when the settle window is longer', () => {
    const scene = openScene({ settleMs: minutes(10) });
    scene.says('ana', 'my dog died');
    scene.says('ben', 'at least');
    vi.advanceTimersByTime(seconds(115));
    expect(scene.replies).toHaveLength(1);
  });

  it('does not read what is already older than two minutes', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died', { ago: minutes(4) });
    const fix = scene.says('ben', 'at least', { ago: minutes(2) + 1 });
    expect(scene.left.at(-1)).toMatchObject({ messages: [fix.id], reason: 'too old' });
    expect(scene.pending).toBe(0);
  });

  it('reads what is two minutes old, at once', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died', { ago: minutes(4) });
    scene.says('ben', 'at least', { ago: minutes(2) });
    vi.advanceTimersByTime(0);
    expect(scene.replies).toHaveLength(1);
  });

  it('leaves a reply alone when the timer itself comes too late', () => {
    let now = Date.now();
    const scene = openScene({ now: () => now });
    scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least');
    now += minutes(2) + 1;
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toEqual([]);
    expect(scene.left.at(-1)).toMatchObject({ messages: [fix.id], reason: 'too old' });
  });

  it('remembers who wrote what is replayed, of the last ten minutes and no older', async () => {
    const scene = openScene({ hold: true });
    scene.says('ana', 'thank you', { ago: minutes(9) });
    scene.says('ana', 'thank you', { channel: 'other', ago: minutes(10) + 1 });
    expect(scene.remembered).toBe(1);
    const answers = (channel: string) => ({
      answers: { channel, id: snowflake(Date.now() - minutes(60)), author: 'ana' },
    });
    const late = scene.says('ben', 'at least', { ...answers('support'), id: snowflake(Date.now() - minutes(9.5)) });
    expect(scene.left.at(-1)).toMatchObject({ messages: [late.id], reason: 'poster answered' });
    scene.says('ben', 'at least', { ...answers('other'), channel: 'other', id: snowflake(Date.now() - minutes(11)) });
    await vi.advanceTimersByTimeAsync(seconds(15));
    expect(scene.replies).toMatchObject([{ channel: 'other' }]);
  });
});

describe('what ends a reply', () => {
  it('the delete of its only message', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least', { answers: refTo(post) });
    scene.deletes(fix);
    vi.advanceTimersByTime(minutes(1));
    expect(scene.replies).toEqual([]);
    expect(scene.left.at(-1)).toEqual({
      guild: 'harbour',
      channel: 'support',
      replier: 'ben',
      messages: [fix.id],
      post: post.id,
      reason: 'deleted',
    });
  });

  it('not the delete of one message of several: its text is taken out', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const first = scene.says('ben', 'at least you had him');
    const second = scene.says('ben', 'i am so sorry');
    scene.deletes(first);
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toMatchObject([{ messages: [second.id], text: 'i am so sorry' }]);
    expect(scene.left.slice(1)).toMatchObject([{ messages: [first.id], reason: 'deleted' }]);
  });

  it('the purge of all its messages', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    scene.deletes(scene.says('ben', 'one'), scene.says('ben', 'two'));
    expect(scene.left.slice(1)).toMatchObject([
      { messages: [expect.any(String), expect.any(String)], reason: 'deleted' },
    ]);
  });

  it('the delete of the message that it refers to', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least', { answers: refTo(post) });
    scene.deletes(post);
    expect(scene.left.at(-1)).toMatchObject({ messages: [fix.id], post: post.id, reason: 'post deleted' });
    vi.advanceTimersByTime(minutes(1));
    expect(scene.replies).toEqual([]);
  });

  it('the delete of what opened its thread, also from the channel above', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least', { channel: post.id });
    scene.deletes(post);
    expect(scene.left).toContainEqual(expect.objectContaining({ messages: [fix.id], reason: 'post deleted' }));
    const opening = scene.says('ana', 'my cat died', { id: '77', channel: '77' });
    scene.says('ben', 'at least', { channel: '77' });
    scene.deletes(opening);
    expect(scene.left.at(-1)).toMatchObject({ channel: '77', reason: 'post deleted' });
    vi.advanceTimersByTime(minutes(1));
    expect(scene.replies).toEqual([]);
  });

  it('not the delete of what opened a thread in which it refers to something else', () => {
    const scene = openScene();
    const opening = scene.says('mo', 'weekly check-in');
    const post = scene.says('ana', 'my dog died', { channel: opening.id });
    scene.says('ben', 'at least', { channel: opening.id, answers: refTo(post) });
    scene.deletes(opening);
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toMatchObject([{ answers: { id: post.id } }]);
  });

  it('not the delete of another message of the poster: the post goes on without it', () => {
    const scene = openScene();
    const before = scene.says('ana', 'so');
    const post = scene.says('ana', 'my dog died');
    scene.says('ben', 'at least', { answers: refTo(post) });
    scene.deletes(before);
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toMatchObject([{ answers: { id: post.id, author: 'ana' } }]);
    expect(scene.replies[0]?.ended('ana')).toBeUndefined();
  });

  it('the delete of what it may have answered, once it is known whom it is taken to answer', () => {
    const scene = openScene({ hold: true });
    const older = scene.says('cleo', 'my cat died', { answers: 'deleted' });
    const newer = scene.says('ana', 'my dog died');
    scene.says('ben', 'at least');
    scene.deletes(newer);
    vi.advanceTimersByTime(seconds(15));
    const [reply] = scene.replies;
    expect(reply?.ended()).toBeUndefined();
    expect(reply?.ended('cleo', older.id)).toBe('post deleted');
    expect(reply?.ended('ana', older.id)).toBeUndefined();
    scene.deletes(older);
    expect(reply?.ended('ana', newer.id)).toBeUndefined();
  });

  it('not the delete of what stood there and is older, is later, is their own or is not what it refers to', () => {
    const scene = openScene({ hold: true });
    const oldest = scene.says('mo', 'hello');
    const post = scene.says('ana', 'my dog died');
    const own = scene.says('ben', '', { answers: 'deleted' });
    const between = scene.says('mo', 'buy this');
    scene.says('ben', 'at least', { answers: refTo(post) });
    scene.says('ben', 'at least', { channel: 'other' });
    scene.deletes(oldest, own, between, scene.says('mo', 'and this'));
    vi.advanceTimersByTime(seconds(15));
    for (const reply of scene.replies) expect(reply.ended('ana', post.id)).toBeUndefined();
    expect(scene.replies).toHaveLength(2);
    scene.says('ben', 'at least');
    scene.deletes(scene.says('mo', 'later'), oldest, own);
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies.at(-1)?.ended('ana', post.id)).toBeUndefined();
  });

  it('not the delete of something else', () => {
    const scene = openScene();
    const other = scene.says('mo', 'hello');
    scene.says('ana', 'my dog died');
    scene.says('ben', 'at least');
    scene.deletes(other);
    scene.deletes({ ...other, id: snowflake(Date.now()) });
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toHaveLength(1);
  });

  it('an answer by the poster whom it refers to', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least', { answers: refTo(post) });
    vi.advanceTimersByTime(seconds(10));
    scene.says('ana', 'thank you');
    expect(scene.left).toContainEqual(
      expect.objectContaining({ messages: [fix.id], post: post.id, reason: 'poster answered' }),
    );
    vi.advanceTimersByTime(minutes(1));
    expect(scene.replies).toEqual([]);
  });

  it('an answer by whoever turns out to be the poster', () => {
    const scene = openScene({ hold: true });
    scene.says('ana', 'my dog died');
    scene.says('ben', 'at least');
    vi.advanceTimersByTime(seconds(10));
    scene.says('ana', 'thank you');
    vi.advanceTimersByTime(seconds(5));
    expect(scene.replies[0]?.ended('ana')).toBe('poster answered');
    expect(scene.replies[0]?.ended('mo')).toBeUndefined();
  });

  it.each([
    ['to a reply that refers to them', true],
    ['to one that does not', false],
  ])('an answer by the poster that is no message, %s', (_, refers) => {
    const scene = openScene({ hold: true });
    const post = scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least', refers ? { answers: refTo(post) } : {});
    const { guild, channel } = post;
    vi.advanceTimersByTime(seconds(1));
    const at = Date.now();
    scene.spoke({ id: snowflake(at), guild, channel, author: 'mo', at });
    expect(scene.left.map(({ messages }) => messages)).not.toContainEqual([fix.id]);
    scene.spoke({ id: snowflake(at), guild, channel, author: 'ana', at });
    vi.advanceTimersByTime(seconds(15));
    const [reply] = scene.replies;
    const left = scene.left.find(({ messages }) => messages.includes(fix.id));
    expect(refers ? left?.reason : reply?.ended('ana')).toBe('poster answered');
    expect(reply?.ended('dee')).toBeUndefined();
  });

  it('an answer by the poster that is heard before the reply', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died', { ago: seconds(9) });
    scene.says('ana', 'thank you');
    const fix = scene.says('ben', 'at least', { ago: seconds(5), answers: refTo(post) });
    expect(scene.left.at(-1)).toMatchObject({ messages: [fix.id], reason: 'poster answered' });
  });

  it('not an answer by somebody else, nor by the poster elsewhere, nor an older message that comes late', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died');
    vi.advanceTimersByTime(seconds(2));
    scene.says('ben', 'at least', { answers: refTo(post) });
    scene.says('mo', 'hugs');
    scene.says('ana', 'lunch?', { channel: 'general' });
    scene.says('ana', 'so', { ago: seconds(1) });
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toHaveLength(1);
    expect(scene.replies[0]?.ended('ana')).toBeUndefined();
  });

  it('a reference to what was deleted, and one to oneself', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    scene.says('ben', 'at least', { answers: 'deleted' });
    expect(scene.left.at(-1)).toMatchObject({ reason: 'no post' });
    const own = { channel: 'support', id: snowflake(Date.now() - minutes(300)), author: 'ben' };
    scene.says('ben', 'my dog died', { answers: own });
    expect(scene.left.at(-1)).toMatchObject({ reason: 'own post', post: own.id });
    expect(scene.pending).toBe(0);
  });

  it('that nothing could be heard for a moment: only in those servers', () => {
    const scene = openScene();
    const fix = scene.says('ben', 'at least');
    scene.says('ben', 'at least', { guild: 'other', channel: 'elsewhere' });
    scene.missed((guild) => guild === 'harbour');
    expect(scene.left.at(-1)).toMatchObject({ messages: [fix.id], reason: 'connection lost' });
    expect(scene.pending).toBe(1);
    scene.says('ben', 'i am so sorry');
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies.map(({ channel }) => channel)).toEqual(['elsewhere', 'support']);
  });

  it('that the member opted out meanwhile: only theirs, only there', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least');
    scene.says('cleo', 'i am here');
    scene.stopListening('elsewhere', 'ben');
    scene.stopListening('harbour', 'mo');
    expect(scene.pending).toBe(2);
    scene.stopListening('harbour', 'ben');
    expect(scene.left.at(-1)).toMatchObject({ messages: [fix.id], reason: 'not opted in' });
    expect(scene.pending).toBe(1);
  });

  it('that the bot left the server, whose messages are forgotten with it', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    scene.says('ben', 'at least');
    scene.says('mo', 'hello', { guild: 'other', channel: 'elsewhere' });
    scene.forgetGuild('harbour');
    expect(scene.left.at(-1)).toMatchObject({ replier: 'ben', reason: 'server left' });
    expect(scene.remembered).toBe(1);
    expect(scene.pending).toBe(0);
  });

  it('that it has no words', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const picture = scene.says('ben', '');
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toEqual([]);
    expect(scene.left.at(-1)).toMatchObject({ messages: [picture.id], reason: 'no words' });
  });
});

describe('whose text is kept', () => {
  it('not that of members who are not listened to', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const fix = scene.says('mo', 'at least');
    expect(scene.left.at(-1)).toEqual({
      guild: 'harbour',
      channel: 'support',
      replier: 'mo',
      messages: [fix.id],
      reason: 'not opted in',
    });
    expect(scene.pending).toBe(0);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('not after it was handed on, whether or not it was taken', async () => {
    let kept: (() => string) | undefined;
    const scene = openScene({
      onReply: async (reply) => {
        kept = reply.takeText;
      },
    });
    scene.says('ana', 'my dog died');
    scene.says('ben', 'at least');
    await vi.advanceTimersByTimeAsync(seconds(15));
    expect(kept?.()).toBe('');
    expect(scene.deciding).toBe(0);
  });

  it('is given once', async () => {
    const taken: string[] = [];
    const scene = openScene({
      onReply: async (reply) => {
        taken.push(reply.takeText(), reply.takeText());
      },
    });
    scene.says('ana', 'my dog died');
    scene.says('ben', 'at least');
    await vi.advanceTimersByTimeAsync(seconds(15));
    expect(taken).toEqual(['at least', '']);
  });

  it('is bounded, however much somebody writes', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    for (let part = 0; part < 50; part++) scene.says('ben', 'x'.repeat(2000));
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies[0]?.messages).toHaveLength(50);
    expect(scene.replies[0]?.text).toHaveLength(8000);
  });
});

describe('while a reply is decided', () => {
  const passed = async () => {
    const scene = openScene({ hold: true });
    const post = scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least', { answers: refTo(post) });
    await vi.advanceTimersByTimeAsync(seconds(15));
    const [reply] = scene.replies;
    if (!reply) throw new Error('no reply was handed on');
    return { scene, post, fix, reply };
  };

  it('it stands as long as nothing happens to it', async () => {
    const { scene, reply } = await passed();
    scene.says('mo', 'hugs');
    expect(reply.ended('ana')).toBeUndefined();
    expect(scene.deciding).toBe(1);
    await scene.decided();
    expect(scene.deciding).toBe(0);
  });

  it('an edit, a delete, the end of its post, an answer, an opt-out and the end of the bot are told', async () => {
    const ends: Record<string, (now: Awaited<ReturnType<typeof passed>>) => void> = {
      edited: ({ scene, fix }) => scene.edits(fix, 'i am sorry'),
      deleted: ({ scene, fix }) => scene.deletes(fix),
      'post deleted': ({ scene, post }) => scene.deletes(post),
      'poster answered': ({ scene }) => scene.says('ana', 'thank you'),
      'not opted in': ({ scene }) => scene.stopListening('harbour', 'ben'),
      'connection lost': ({ scene }) => scene.missed(() => true),
      'server left': ({ scene }) => scene.forgetGuild('harbour'),
      'shutting down': ({ scene }) => scene.close(),
    };
    for (const [reason, happens] of Object.entries(ends)) {
      const now = await passed();
      const leftBefore = now.scene.left.filter(({ replier }) => replier === 'ben').length;
      happens(now);
      expect(now.reply.ended()).toBe(reason);
      // It is decided where it was handed to: there is no second decision here.
      expect(now.scene.left.filter(({ replier }) => replier === 'ben')).toHaveLength(leftBefore);
    }
  });

  it('the end of its channel too', () => {
    const scene = openScene();
    scene.says('ben', 'at least');
    scene.says('ben', 'at least', { channel: 'elsewhere' });
    scene.channelDeleted('support');
    const ends = scene.left.filter(({ replier }) => replier === 'ben').map(({ channel, reason }) => [channel, reason]);
    expect(ends).toEqual([['support', 'deleted']]);
    expect(scene.pending).toBe(1);
  });

  it('the first end is the one that is told', async () => {
    const { scene, fix, reply } = await passed();
    scene.deletes(fix);
    scene.says('ana', 'thank you');
    expect(reply.ended('ana')).toBe('deleted');
  });

  it('an answer by a poster who was not known before is told too', async () => {
    const scene = openScene({ hold: true });
    scene.says('ben', 'at least', { answers: { channel: 'support', id: snowflake(Date.now() - minutes(60)) } });
    await vi.advanceTimersByTimeAsync(seconds(15));
    const [reply] = scene.replies;
    expect(reply?.ended('ana')).toBeUndefined();
    scene.says('ana', 'thank you');
    expect(reply?.ended()).toBeUndefined();
    expect(reply?.ended('ana')).toBe('poster answered');
    expect(reply?.ended('mo')).toBeUndefined();
  });

  it('what the replier writes next is a reply of its own', async () => {
    const { scene, reply } = await passed();
    const next = scene.says('ben', 'and get a new one');
    await vi.advanceTimersByTimeAsync(seconds(15));
    expect(reply.messages).not.toContain(next.id);
    expect(scene.replies[1]?.messages).toEqual([next.id]);
  });

  it('a fault of its reader ends nothing else', async () => {
    const scene = openScene({ onReply: () => Promise.reject(new Error('reader')) });
    scene.says('ana', 'my dog died');
    scene.says('ben', 'at least');
    await vi.advanceTimersByTimeAsync(seconds(15));
    expect(scene.deciding).toBe(0);
  });
});

describe('a message that comes twice', () => {
  it('is known while it waits, after it was decided, and after it was deleted', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least');
    scene.heard(fix);
    expect(scene.left.at(-1)).toMatchObject({ messages: [fix.id], reason: 'already heard' });
    expect(scene.pending).toBe(1);
    vi.advanceTimersByTime(seconds(15));
    scene.heard(fix);
    scene.deletes(fix);
    scene.heard(fix);
    vi.advanceTimersByTime(minutes(1));
    expect(scene.left.filter(({ reason }) => reason === 'already heard')).toHaveLength(3);
    expect(scene.replies).toHaveLength(1);
  });

  it('is known while it waits, also when so much was written since that it is not remembered', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least');
    for (let n = 0; n < 100; n++) scene.says('mo', 'hugs');
    scene.heard(fix);
    expect(scene.left.at(-1)).toMatchObject({ messages: [fix.id], reason: 'already heard' });
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toHaveLength(1);
  });

  it('does not count as an answer by the poster', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died');
    scene.says('ben', 'at least', { answers: refTo(post) });
    scene.heard(post);
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toHaveLength(1);
  });
});

describe('a message that was deleted before it came', () => {
  it('is never read', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const fix = { id: snowflake(Date.now()), guild: 'harbour', channel: 'support', author: 'ben', at: Date.now() };
    scene.deleted('harbour', 'support', [fix.id]);
    scene.heard({ ...fix, text: 'at least' });
    vi.advanceTimersByTime(minutes(1));
    expect(scene.replies).toEqual([]);
    expect(scene.left.at(-1)).toMatchObject({ messages: [fix.id] });
  });

  it('is no answer of the poster, and keeps no other message from being read', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least', { answers: refTo(post) });
    const gone = snowflake(Date.now());
    scene.deleted('harbour', 'support', [gone]);
    scene.says('ana', 'thank you', { id: gone });
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toMatchObject([{ messages: [fix.id] }]);
    expect(scene.replies[0]?.ended('ana')).toBeUndefined();
  });

  it('is forgotten after ten minutes, with no timer left', () => {
    const scene = openScene();
    scene.deleted('harbour', 'support', ['1', '2']);
    expect([scene.remembered, vi.getTimerCount()]).toEqual([2, 1]);
    vi.advanceTimersByTime(minutes(11));
    expect([scene.remembered, vi.getTimerCount()]).toEqual([0, 0]);
  });
});

describe('which messages are one reply', () => {
  it('those of one replier: two repliers are two replies', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    scene.says('ben', 'at least');
    scene.says('cleo', 'i am here');
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies.map(({ replier }) => replier)).toEqual(['ben', 'cleo']);
  });

  it('those to one post, also when others write in between', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died');
    const first = scene.says('ben', 'oh no', { answers: refTo(post) });
    scene.says('mo', 'hugs');
    const second = scene.says('ben', 'get a new one', { answers: refTo(post) });
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toMatchObject([{ messages: [first.id, second.id] }]);
  });

  it('not those to two posts, nor in two channels', () => {
    const scene = openScene();
    const one = scene.says('ana', 'my dog died');
    const two = scene.says('mo', 'my cat died');
    scene.says('ana', 'my fish died', { channel: 'other' });
    scene.says('ben', 'at least', { answers: refTo(one) });
    scene.says('ben', 'at least', { answers: refTo(two) });
    scene.says('ben', 'at least', { channel: 'other' });
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toHaveLength(3);
  });

  it('those that go on without a reference, right after the one with it', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died', { channel: 'thread' });
    const first = scene.says('ben', 'oh no', { channel: 'thread', answers: refTo(post) });
    const second = scene.says('ben', 'get a new one', { channel: 'thread' });
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toMatchObject([{ messages: [first.id, second.id], answers: { id: post.id } }]);
  });

  it('not those without a reference between which somebody else writes: they may be to two people', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const first = scene.says('ben', 'oh no');
    scene.says('mo', 'my exam is on monday, what should i do');
    const second = scene.says('ben', 'at least it is over soon');
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toMatchObject([{ messages: [first.id] }, { messages: [second.id] }]);
  });

  it('but not one that answers an own part: it and what it puts right are left alone', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const first = scene.says('ben', 'at least');
    const second = scene.says('ben', 'that came out wrong, sorry', { answers: refTo(first) });
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toEqual([]);
    expect(scene.left.slice(-2)).toMatchObject([
      { messages: [first.id], reason: 'own post' },
      { messages: [second.id], reason: 'own post' },
    ]);
  });

  it('in the order in which they were written, whatever the order in which they come', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died', { ago: seconds(9) });
    const second = scene.says('ben', 'two');
    const first = scene.says('ben', 'one', { ago: seconds(3) });
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies).toMatchObject([{ messages: [first.id, second.id], text: 'one\ntwo', at: first.at }]);
  });
});

describe('bounds', () => {
  it('remembers 20,000 messages in 1,000 servers with one timer, and nothing ten minutes later', () => {
    const scene = openScene();
    for (let n = 0; n < 20_000; n++) {
      scene.heard({
        id: snowflake(Date.now()),
        guild: `guild ${n % 1000}`,
        channel: `channel ${n % 1000}`,
        author: `member ${n % 3000}`,
        at: Date.now(),
        text: 'hello',
      });
      if (n % 100 === 0) vi.advanceTimersByTime(10);
    }
    expect(scene.remembered).toBe(20_000);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(minutes(11) + seconds(1));
    expect(scene.remembered).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets no more than 5,000 replies wait', () => {
    const scene = openScene({ listensTo: () => true });
    for (let n = 0; n < 5_001; n++) {
      const channel = `channel ${n}`;
      scene.says('ana', 'my dog died', { channel });
      scene.says('ben', 'at least', { channel });
    }
    expect(scene.pending).toBe(5_000);
    expect(scene.left.at(-1)).toMatchObject({ replier: 'ben', reason: 'too busy' });
    scene.close();
  });

  it('closes: no timer is left, and nothing is heard any more', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const fix = scene.says('ben', 'at least');
    scene.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(scene.left.at(-1)).toMatchObject({ messages: [fix.id], reason: 'shutting down' });
    const late = scene.says('ben', 'hello?');
    scene.deletes(fix);
    expect(scene.left.at(-1)).toMatchObject({ messages: [late.id], reason: 'shutting down' });
    expect([scene.pending, scene.remembered, vi.getTimerCount()]).toEqual([0, 0, 0]);
  });
});

it('tells which snowflake is later, also where one is longer', () => {
  expect(isLater('2', '1')).toBe(true);
  expect(isLater('10', '9')).toBe(true);
  expect(isLater('9', '10')).toBe(false);
  expect(isLater('9', '9')).toBe(false);
});
