import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isLater, type Ref } from '#nudge/heard';
import { minutes, openScene, refTo, type Scene, seconds, snowflake } from './scene.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 4, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

const answeredIn = (scene: Scene): string[] => {
  vi.advanceTimersByTime(seconds(15));
  return scene.replies.at(-1)?.posts.map(({ id }) => id) ?? [];
};
const longAgo = (): string => snowflake(Date.now() - minutes(300));

describe('which post is answered', () => {
  it('the one referred to, however old, and no other', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const answers = { channel: 'support', id: longAgo(), author: 'mo' };
    scene.says('ben', 'at least', { answers, starter: { channel: 'support', id: longAgo() } });
    expect(answeredIn(scene)).toEqual([answers.id]);
  });

  it("with the poster's other messages around it", () => {
    const scene = openScene();
    const one = scene.says('ana', 'so');
    const two = scene.says('ana', 'my dog died');
    const three = scene.says('ana', 'i miss him');
    scene.says('ben', 'at least', { answers: refTo(two) });
    vi.advanceTimersByTime(seconds(15));
    expect(scene.replies[0]?.posts).toEqual([
      { channel: 'support', id: two.id, ids: [two.id, one.id, three.id], author: 'ana' },
    ]);
  });

  it('in a thread its starter, then the newest message of somebody else', () => {
    const scene = openScene();
    const starter: Ref = { channel: 'support', id: longAgo() };
    const newest = scene.says('ana', 'my dog died', { channel: 'thread', starter });
    scene.says('ben', 'at least', { channel: 'thread', starter });
    expect(answeredIn(scene)).toEqual([starter.id, newest.id]);
  });

  it('in a forum post its starter, once', () => {
    const scene = openScene();
    const id = snowflake(Date.now());
    const opening = scene.says('ana', 'my dog died', { id, channel: id, starter: { channel: id, id, author: 'ana' } });
    expect(scene.left.at(-1)).toMatchObject({ messages: [id], reason: 'not opted in' });
    scene.says('ben', 'at least', { channel: id, starter: refTo(opening) });
    expect(answeredIn(scene)).toEqual([id]);
  });

  it('else the newest message of somebody else, whoever that is', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    const newest = scene.says('mo', 'my cat died');
    scene.says('ben', 'at least');
    expect(answeredIn(scene)).toEqual([newest.id]);
  });

  it('the one before, when the newest was deleted', () => {
    const scene = openScene();
    const post = scene.says('ana', 'my dog died');
    scene.deletes(scene.says('mo', 'buy this'));
    scene.says('ben', 'at least');
    expect(answeredIn(scene)).toEqual([post.id]);
  });
});

describe('no post is answered', () => {
  const leftOf = (scene: Scene): { reason?: string } => scene.left.at(-1) ?? {};

  it('by the first who writes, or after ten minutes of silence', () => {
    const scene = openScene();
    scene.says('ben', 'hello');
    expect(leftOf(scene)).toMatchObject({ reason: 'no post' });
    scene.says('ana', 'my dog died');
    vi.advanceTimersByTime(minutes(10) + 1);
    scene.says('ben', 'at least');
    expect(leftOf(scene)).toMatchObject({ reason: 'no post' });
  });

  it('by a reply to what was deleted', () => {
    const scene = openScene();
    scene.says('ana', 'my dog died');
    scene.says('ben', 'at least', { answers: 'deleted' });
    expect(leftOf(scene)).toMatchObject({ reason: 'no post' });
  });

  it('by the message that opens a forum post', () => {
    const scene = openScene();
    const id = snowflake(Date.now());
    scene.says('ben', 'my dog died', { id, channel: id, starter: { channel: id, id, author: 'ben' } });
    expect(leftOf(scene)).toMatchObject({ reason: 'no post' });
  });

  it('by an answer to oneself', () => {
    const scene = openScene();
    scene.says('ana', 'hi');
    scene.says('ben', 'my dog died', { answers: { channel: 'support', id: longAgo(), author: 'ben' } });
    expect(leftOf(scene)).toMatchObject({ reason: 'own post' });
    const starter = { channel: 'thread', id: longAgo(), author: 'ben' };
    scene.says('ana', 'oh no', { channel: 'thread', starter });
    scene.says('ben', 'i should get a new one', { channel: 'thread', starter });
    expect(leftOf(scene)).toMatchObject({ reason: 'own post' });
    expect(scene.pending).toBe(0);
  });

  it("by a reference to one's own message that is only remembered", () => {
    const scene = openScene();
    const own = scene.says('ben', 'my dog died');
    scene.says('ana', 'oh no');
    scene.says('ben', 'i should get a new one', { answers: { channel: 'support', id: own.id } });
    expect(leftOf(scene)).toMatchObject({ reason: 'own post' });
  });
});

it('tells which snowflake is later, also where one is longer', () => {
  expect(isLater('2', '1')).toBe(true);
  expect(isLater('10', '9')).toBe(true);
  expect(isLater('9', '10')).toBe(false);
  expect(isLater('9', '9')).toBe(false);
});
