import { postMarks } from '#detector/judge';
import { type Kind, type Reading, TooBusy } from '#detector/reading';
import type { Mode } from '#settings/support';
import { whoIsAnswered } from './answered.ts';
import {
  type Around,
  asks,
  type Conversation,
  conversationOf,
  isDangerous,
  marks,
  type Said,
  type Speaker,
} from './conversation.ts';
import { decide, type Standing } from './decide.ts';
import type { DecisionReason, Stage } from './decision.ts';
import { didEarlier } from './earlier.ts';
import type { Gate } from './gate.ts';
import { landed, mayHaveLanded } from './landed.ts';
import type { Note, NudgePorts } from './ports.ts';
import { joined, type Reply } from './reply.ts';
import { ideasWanted, isOver, matterOf } from './wishes.ts';

/** A reply that somebody may be told of, and whom and what it answers. */
export type Found = {
  /** A kind of fix; or a way of staying, of a reply that lands well. */
  shows: Note['shows'];
  words: string;
  reading: Reading;
  /** The message that was taken for the post. */
  post: string;
  poster: Speaker;
  mode: Mode;
  revision: number;
};

/** What it needs of the ports. */
export type WeighPorts = Pick<
  NudgePorts,
  'detector' | 'judge' | 'readOwn' | 'terms' | 'now' | 'standing' | 'leavesPostsOut' | 'needOf' | 'around'
>;

export type Weighed = { found: Found } | { reason: DecisionReason; post?: string; reading?: Reading; kind?: Kind };

/**
 * Reads a reply. The only place that holds its text and the conversation's: all of it is gone when it returns.
 * `enter` is told the name of each stage, so that an error can be placed. What was said around it is read behind the gate.
 */
export async function weigh(
  reply: Reply,
  ports: WeighPorts,
  enter: (stage: Stage) => void,
  gate: Gate = open,
): Promise<Weighed> {
  try {
    return await weighText(reply.takeText(), reply, ports, enter, gate);
  } catch (error) {
    if (error instanceof TooBusy) return { reason: 'too busy' };
    throw error;
  } finally {
    forgetLastMatch();
  }
}

/** Lets everybody in. */
const open: Gate = { pass: (_, work) => work() };

async function weighText(
  text: string,
  reply: Reply,
  ports: WeighPorts,
  enter: (stage: Stage) => void,
  gate: Gate,
): Promise<Weighed> {
  const { detector } = ports;
  enter('screen');
  const looksLikeOne = await detector.screen(text);
  // The signs alone do not tell listening from politeness.
  if (!looksLikeOne && detector.by() === 'signs') return { reason: 'looks fine' };

  enter('standing');
  const standing = await ports.standing(reply.guild, reply.channel, reply.replier);
  const note = decide(standing, ports.now(), looksLikeOne ? undefined : 'landed');
  if (!note.possible) return { reason: looksLikeOne ? note.reason : 'looks fine' };
  if (!looksLikeOne && !mayHaveLanded(text, await detector.readAlone(text))) return { reason: 'looks fine' };

  const asked: Asked = { text, looksLikeOne, standing };
  const weighed = await gate.pass(reply.guild, () => weighInConversation(asked, reply, ports, enter));
  return weighed ?? { reason: 'too busy' };
}

type Asked = { text: string; looksLikeOne: boolean; standing: Standing & { revision: number } };

async function weighInConversation(
  { text, looksLikeOne, standing }: Asked,
  reply: Reply,
  ports: WeighPorts,
  enter: (stage: Stage) => void,
): Promise<Weighed> {
  const { detector } = ports;
  const over = reply.ended();
  if (over) return { reason: over };
  enter('conversation');
  const around = await ports.around(reply);
  if (!around) return { reason: reply.ended() ?? 'cannot be read' };
  const changed = changeOf(reply, text, around);
  if (changed) return { reason: changed };

  enter('read');
  const { replier } = reply;
  // How well others listen is told by the signs well enough; of the replier everything counts.
  const alone = (said: string, by?: Speaker) =>
    detector.readAlone(said, by?.user === replier ? 'reply and post' : 'post');
  const asked = { ...reply, text, answers: reply.answers?.id };
  const conversation = await conversationOf(around, asked, alone);
  const own = await alone(text);
  const dangerous = looksLikeOne ? marks.clearDanger : postMarks.danger;
  if (own.post.crisis >= dangerous || isDangerous(conversation)) return { reason: 'danger' };
  const answered = whoIsAnswered(conversation, asked);
  if ('nobody' in answered) return { reason: answered.nobody };
  const { post, poster } = answered;
  const about = { post: post.id };

  enter('poster');
  if (poster.user !== undefined && (await ports.leavesPostsOut(reply.guild, poster.user)))
    return { ...about, reason: 'poster left out' };
  const need = poster.user === undefined ? undefined : await ports.needOf(reply.guild, reply.channel, poster.user);
  // Who says after a reply what they need has answered it.
  const answeredBack = hasAnswered(poster, conversation) || (need && need.since > reply.at);
  const ended = reply.ended(poster.user, post.id) ?? (answeredBack ? 'poster answered' : undefined);
  if (ended) return { ...about, reason: ended };
  if (isOver(conversation, poster) || (!looksLikeOne && need?.want === 'nothing' && need.since > post.at))
    return { ...about, reason: 'it had ended' };

  enter('read');
  const matter = matterOf(conversation, post);
  const said = saidBy(conversation, matter);
  if (said === '') return { ...about, reason: 'post without words' };
  if (!matter.some(({ reading }) => reading.shares >= marks.sharesALittle || asks({ reading })))
    return { ...about, reason: 'not about a difficulty' };
  const wish = { 'asks-advice': ideasWanted(conversation, matter, need) };
  const { mode, revision } = standing;
  const found = { post: post.id, poster, mode, revision };
  if (!looksLikeOne) {
    if (!matter.some(({ reading }) => reading.shares >= marks.shares))
      return { ...about, reason: 'not about a difficulty' };
    const read = await ports.readOwn(text, said, wish);
    const { reading } = read;
    enter('judge');
    const stays = landed(read);
    if (!stays) return { ...about, reason: 'looks fine', reading };
    return { found: { ...found, shows: { move: stays.move }, words: stays.words, reading } };
  }
  const read = await detector.read(text, said);
  const reading = { ...read, post: { ...read.post, ...wish } };
  enter('judge');
  const judgement = ports.judge(reading, ports.terms(reply.guild));
  const { kind } = judgement;
  const left = { ...about, reading, ...(kind && { kind }) };
  if (!judgement.flag) return { ...left, reason: judgement.reason };
  const earlier = didEarlier(conversation, matter, replier);
  if (earlier) return { ...left, reason: earlier === 'permission' ? 'with permission' : 'after listening' };
  const ofKind = decide(standing, ports.now(), judgement.kind);
  if (!ofKind.possible) return { ...left, reason: ofKind.reason };
  return { found: { ...found, shows: { kind: judgement.kind }, words: judgement.words, reading } };
}

/** What became of the reply while it waited, as far as the conversation shows it. */
function changeOf({ messages }: Reply, text: string, { said }: Around): 'deleted' | 'edited' | undefined {
  const own = said.filter(({ id }) => messages.includes(id));
  if (own.length < messages.length) return 'deleted';
  return joined(own) === text ? undefined : 'edited';
}

const hasAnswered = ({ key }: Speaker, { after }: Conversation): boolean =>
  after.some(({ speaker }) => speaker.key === key);

/** The whole matter as one text, under its title where its author opened a forum post with it. */
function saidBy({ opening }: Conversation, matter: readonly Said[]): string {
  const title = opening && matter[0]?.id === opening.starter.id ? [opening.titleText] : [];
  return [...title, ...matter.map(({ text }) => text)].filter((text) => text.trim() !== '').join('\n');
}

/** V8 keeps the subject of the last regular expression that matched (`RegExp.$_`): let that be ''. */
function forgetLastMatch(): void {
  /(?:)/.test('');
}
