import { judge } from '#detector/judge';
import type { Detector, Kind, Reading } from '#detector/reading';
import { type Sensitivity, sensitivities } from '#detector/terms';
import { isEnglish, ownText } from '#detector/text/clean';
import type { Around } from './conversation.ts';
import type { DecisionReason } from './decision.ts';
import type { Reply } from './reply.ts';
import { type Found, weigh } from './weigh.ts';

/** What would be decided on a reply to a post, at each sensitivity: on the way of every reply, with nobody to contact. */

export type Tried = { sensitivity: Sensitivity } & (
  | { kind: Kind; words: string; reason?: never }
  | { reason: DecisionReason; kind?: Kind | undefined; words?: never }
);
/** `isEnglish`: only English is read. */
export type Trial = { reading: Reading; isEnglish: boolean; decisions: readonly Tried[] };
const told = ({ shows, words }: Found) =>
  'kind' in shows ? { kind: shows.kind, words } : { reason: 'looks fine' as const };

/** `kinds`: those in use. Nothing of the texts is kept. */
export type TryOut = (post: string, reply: string, kinds: readonly Kind[]) => Promise<Trial>;

const minute = 60_000;
const [poster, replier] = ['poster', 'replier'] as const;
const speaker = (user: string) => ({ key: `user:${user}`, user, names: [] });

export const tryOutWith =
  (detector: Detector): TryOut =>
  async (post, reply, kinds) => {
    const around: Around = {
      said: [
        { id: '1', at: 0, text: post, speaker: speaker(poster) },
        { id: '2', at: minute, text: reply, speaker: speaker(replier), answers: '1' },
      ],
    };
    const written = (): Reply => ({
      ...{ guild: '', channel: '', replier, messages: ['2'], at: minute, answers: { channel: '', id: '1' } },
      takeText: () => reply,
      ended: () => undefined,
    });
    const member = { notes: true, pace: 'every', dms: 'open' } as const;
    const decisions: Tried[] = [];
    for (const sensitivity of sensitivities) {
      const weighed = await weigh(
        written(),
        {
          ...{ detector, judge, terms: () => ({ sensitivity, kinds }), now: () => minute, around: async () => around },
          standing: async () => ({ mode: 'observe', revision: 0, member }),
          leavesPostsOut: async () => false,
          needOf: async () => undefined,
          readOwn: () => Promise.reject(new TypeError('while it is only observed, no reply lands')),
        },
        () => undefined,
      );
      decisions.push(
        'reason' in weighed
          ? { sensitivity, reason: weighed.reason, kind: weighed.kind }
          : { sensitivity, ...told(weighed.found) },
      );
    }
    const isRead = [post, reply].every((said) => isEnglish(ownText(said)));
    return { reading: await detector.read(reply, post), isEnglish: isRead, decisions };
  };
