import type { Detector, Judgement, Kind, Move, Reading } from '#detector/reading';
import type { Terms } from '#detector/terms';
import type { Mode } from '#settings/support';
import type { Around } from './conversation.ts';
import type { About, Standing } from './decide.ts';
import type { Decision, Stage } from './decision.ts';
import type { Ref } from './heard.ts';
import type { OwnRead } from './landed.ts';
import type { Need } from './wishes.ts';

/** What a private note is made of. */
export type Note = {
  guild: string;
  channel: string;
  messages: readonly string[];
  replier: string;
  /** The message that was taken for the post, and whose it is. */
  post: { id: string; by: string };
  words: string;
  /** What the words are: a kind of fix, or a way of staying. */
  shows: { kind: Kind } | { move: Move };
};

/** `revision`: of the guild's settings that the decision was made under. */
export type Claim = Pick<Note, 'guild' | 'replier' | 'messages'> & {
  poster?: string;
  about: About;
  revision: number;
  now: number;
};

export type Claimed = { nonce: string };

/**
 * What became of a note. `unknown`: it may have arrived, the answer is lost, and it is never sent again.
 * `gone`: Discord knows them no longer, or they are in no server with the bot any more.
 * `stopped`: Discord lets the bot send nothing at present.
 */
export type Sent = 'sent' | 'unknown' | 'closed' | 'gone' | 'failed' | 'stopped' | 'not wanted';

/** Sends a note, once. `isWanted` is asked before each try, also when the way to the member is open. */
export type Send = (note: Note, claimed: Claimed, isWanted: () => boolean) => Promise<Sent>;

/** Why nothing can be sent: not at present, or no longer at all. */
export type NoTurn = 'failed' | 'stopped';

/** Everything that the way of a reply needs from outside. Each may fail: then nobody is contacted. */
export type NudgePorts = {
  detector: Detector;
  /** As for the one who wrote it; `known` of the post goes before what is read in it. */
  readOwn(reply: string, post: string, known: Partial<Reading['post']>): Promise<OwnRead>;
  judge(reading: Reading, terms: Terms): Judgement;
  terms(guild: string): Terms;
  now(): number;
  /** From memory. */
  settings(guild: string): { mode: Mode; revision: number };
  /** The mode is 'off' when `channel` is no longer a support channel. */
  standing(guild: string, channel: string, replier: string): Promise<Standing & { revision: number }>;
  leavesPostsOut(guild: string, poster: string): Promise<boolean>;
  /** What this person has said with /need, there or in the channel above. */
  needOf(guild: string, channel: string, poster: string): Promise<Need | undefined>;
  /** The conversation around a reply, fetched once; undefined: it cannot be seen now. */
  around(reply: {
    guild: string;
    channel: string;
    messages: readonly string[];
    answers?: Ref;
  }): Promise<Around | undefined>;
  /** Waits until a note of this guild may go, then lets `work` check, claim and send; else says why none may go. */
  inTurn<T extends object>(guild: string, work: (send: Send) => Promise<T>): Promise<T | NoTurn>;
  claim(claim: Claim): Promise<Claimed | undefined>;
  count(guild: string, about: About, what: 'would' | 'noted'): Promise<void> | void;
  observe(decision: Decision): void;
  /** Told of every error; it must not throw. The error may be anybody's: log no more than its name and code. */
  onFault?(stage: Stage | 'observe', error: unknown): void;
};
