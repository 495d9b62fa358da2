import type { Kind, Reading } from '#detector/reading';
import type { Mode } from '#settings/support';
import { decide } from './decide.ts';
import type { DecisionReason, Stage } from './decision.ts';
import type { PostRef } from './heard.ts';
import type { NudgePorts, Post } from './ports.ts';
import type { Reply } from './reply.ts';

/** A reply that jumps to fixing, and whom and what it answers. */
export type Fix = {
  kind: Kind;
  words: string;
  reading: Reading;
  post: PostRef;
  poster: string;
  mode: Mode;
  revision: number;
};

export type Weighed = { fix: Fix } | { reason: DecisionReason; post?: string; reading?: Reading; kind?: Kind };

/**
 * Reads a reply. The only place that holds its text and the post's: both are gone when it returns.
 * `enter` is told the name of each stage, so that an error can be placed.
 */
export async function weigh(reply: Reply, ports: NudgePorts, enter: (stage: Stage) => void): Promise<Weighed> {
  try {
    return await weighText(reply.takeText(), reply, ports, enter);
  } finally {
    forgetLastMatch();
  }
}

async function weighText(
  text: string,
  reply: Reply,
  ports: NudgePorts,
  enter: (stage: Stage) => void,
): Promise<Weighed> {
  enter('screen');
  if (!(await ports.detector.screen(text))) return { reason: 'looks fine' };

  enter('standing');
  const standing = await ports.standing(reply.guild, reply.channel, reply.replier);
  const note = decide(standing, ports.now());
  if (!note.possible) return { reason: note.reason };

  enter('post');
  const found = await firstThatExists(reply, ports);
  if (!found) return { reason: reply.ended() ?? 'no post' };
  const { ref, post } = found;
  const about = { post: ref.id };
  if (post.author === reply.replier) return { ...about, reason: 'own post' };
  if (!post.isPerson) return { ...about, reason: 'not a person' };
  if (post.text.trim() === '') return { ...about, reason: 'post without words' };

  enter('poster');
  if (await ports.leavesPostsOut(reply.guild, post.author)) return { ...about, reason: 'poster left out' };
  const ended = reply.ended(post.author);
  if (ended) return { ...about, reason: ended };

  enter('read');
  const reading = await ports.detector.read(text, post.text);
  enter('judge');
  const judgement = ports.judge(reading, ports.terms(reply.guild));
  if (!judgement.flag) {
    const { reason, kind } = judgement;
    return { ...about, reason, reading, ...(kind && { kind }) };
  }
  const { kind, words } = judgement;
  const { mode, revision } = standing;
  return { fix: { kind, words, reading, post: ref, poster: post.author, mode, revision } };
}

async function firstThatExists(reply: Reply, ports: NudgePorts): Promise<{ ref: PostRef; post: Post } | undefined> {
  for (const ref of reply.posts) {
    if (reply.ended()) return undefined;
    const post = await ports.post(ref);
    if (post) return { ref, post };
  }
  return undefined;
}

/** V8 keeps the subject of the last regular expression that matched (`RegExp.$_`): let that be ''. */
function forgetLastMatch(): void {
  /(?:)/.test('');
}
