import type { About } from './decide.ts';
import type { Decision, DecisionReason, Stage } from './decision.ts';
import { createGate } from './gate.ts';
import type { Note, NudgePorts, Sent } from './ports.ts';
import { type Left, type Reply, tooOldMs } from './reply.ts';
import { type Found, weigh } from './weigh.ts';

// What it is given and what it tells are part of its door.
export type { Decision } from './decision.ts';
export type { Claim, Claimed, NoTurn, Note, NudgePorts, Send, Sent } from './ports.ts';

/** How many replies are decided at a time; more are left alone rather than kept waiting with their text. */
const mostRunning = 500;
/** How many conversations are read at a time, and how long a reply may wait for its turn, in ms. */
const reading = { inside: 4, longest: 15_000 };

type Ending = Omit<Decision, 'guild' | 'channel' | 'messages' | 'replier'>;

export type Nudge = {
  /** Decides on a reply, and contacts its author when a note is right. Never rejects; resolves with the decision made. */
  reply(reply: Reply): Promise<void>;
  /** Notes down that messages were left alone before anybody read them. */
  left(left: Left): void;
  /** Resolves when no reply is being decided. */
  idle(): Promise<void>;
  /** From now on replies are left alone; those under way end before a note is claimed. */
  close(): void;
};

const endings: Record<Exclude<Sent, 'sent' | 'not wanted'>, Ending> = {
  unknown: { outcome: 'failed', reason: 'answer lost', stage: 'send' },
  failed: { outcome: 'failed', reason: 'not sent', stage: 'send' },
  closed: { outcome: 'left alone', reason: 'DMs closed' },
  gone: { outcome: 'left alone', reason: 'not there any more' },
  stopped: { outcome: 'left alone', reason: 'sending stopped' },
};

const topicOf = ({ shows }: Found): About => ('kind' in shows ? shows.kind : 'landed');
const reasonFor = ({ shows }: Found): DecisionReason => ('kind' in shows ? 'fix' : 'landed');

/** The way of a reply: read, judged, then counted or answered by one private note; each ends in one decision. */
export function createNudge(ports: NudgePorts): Nudge {
  const running = new Set<Promise<void>>();
  const gate = createGate({ ...reading, now: ports.now });
  let closed = false;

  function observe(made: () => Decision): void {
    try {
      ports.observe(made());
    } catch (error) {
      ports.onFault?.('observe', error);
    }
  }

  function failedAt(stage: Stage, error: unknown): Ending {
    ports.onFault?.(stage, error);
    return { outcome: 'failed', reason: 'something failed', stage };
  }

  async function consider(reply: Reply): Promise<Ending> {
    let stage: Stage = 'screen';
    const enter = (next: Stage): void => {
      stage = next;
    };
    try {
      const weighed = await weigh(reply, ports, enter, gate);
      return 'found' in weighed ? await act(reply, weighed.found, enter) : { outcome: 'left alone', ...weighed };
    } catch (error) {
      return failedAt(stage, error);
    }
  }

  async function act(reply: Reply, found: Found, enter: (stage: Stage) => void): Promise<Ending> {
    const { shows, words, reading, mode, post } = found;
    const about = { post, words, reading, ...('kind' in shows && shows) };
    const hindered = hindrance(reply, found);
    if (hindered) return { ...about, outcome: 'left alone', reason: hindered };
    if (mode === 'on') return { ...about, ...(await note(reply, found, enter)) };
    enter('count');
    await ports.count(reply.guild, topicOf(found), 'would');
    return { ...about, outcome: 'counted', reason: reasonFor(found) };
  }

  /** What may have changed while the reply was read, or while its note waited to be sent. */
  function hindrance(reply: Reply, { revision, poster, post }: Found): DecisionReason | undefined {
    if (closed) return 'shutting down';
    if (ports.settings(reply.guild).revision !== revision) return 'settings changed';
    if (ports.now() - reply.at > tooOldMs) return 'too old';
    return reply.ended(poster.user, post);
  }

  /** Waits for its turn, looks once more, claims, looks again, and sends. */
  async function note(reply: Reply, found: Found, enter: (stage: Stage) => void): Promise<Ending> {
    const { guild, channel, messages, replier } = reply;
    const { shows, words, poster, revision } = found;
    const [by = ''] = poster.names;
    const post = { id: found.post, by };
    const about = { guild, replier, messages };
    let hindered: DecisionReason | undefined;
    const isWanted = (): boolean => {
      hindered = hindrance(reply, found);
      return !hindered;
    };
    const left = (): Ending => ({ outcome: 'left alone', reason: hindered ?? 'not claimed' });

    enter('send');
    const ended = await ports.inTurn(guild, async (send): Promise<Ending> => {
      if (!isWanted()) return left();
      enter('claim');
      const claimed = await ports.claim({
        ...about,
        revision,
        about: topicOf(found),
        ...(poster.user && { poster: poster.user }),
        now: ports.now(),
      });
      if (!claimed || !isWanted()) return left();
      enter('send');
      const letter: Note = { guild, channel, messages, replier, post, shows, words };
      const sent = await send(letter, claimed, isWanted);
      if (sent === 'not wanted') return left();
      return sent === 'sent' ? countNote(guild, found) : endings[sent];
    });
    return typeof ended === 'string' ? endings[ended] : ended;
  }

  async function countNote(guild: string, found: Found): Promise<Ending> {
    const reason = reasonFor(found);
    try {
      await ports.count(guild, topicOf(found), 'noted');
      return { outcome: 'nudged', reason };
    } catch (error) {
      ports.onFault?.('count', error);
      return { outcome: 'nudged', reason, stage: 'count' };
    }
  }

  async function run(reply: Reply): Promise<void> {
    const { guild, channel, messages, replier, answers } = reply;
    const post = answers?.id;
    const ending: Ending =
      closed || running.size >= mostRunning
        ? { outcome: 'left alone', reason: closed ? 'shutting down' : 'too busy' }
        : await consider(reply);
    observe(() => ({ guild, channel, messages, replier, ...(post !== undefined && { post }), ...ending }));
  }

  return {
    reply(reply) {
      const work = run(reply).finally(() => running.delete(work));
      running.add(work);
      return work;
    },

    left({ reason, ...about }) {
      observe(() => {
        const off = reason === 'not opted in' && ports.settings(about.guild).mode === 'off';
        return { ...about, outcome: 'left alone', reason: off ? 'off' : reason };
      });
    },

    async idle() {
      while (running.size > 0) await Promise.all(running);
    },

    close() {
      closed = true;
    },
  };
}
