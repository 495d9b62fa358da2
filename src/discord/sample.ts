import type { ButtonInteraction } from 'discord.js';
import type { Content } from '#content/content';
import type { Delivery } from '#discord/deliver';
import type { Sent } from '#nudge/nudge';
import { type NoteWords, noteView } from '#panels/note';
import type { Store } from '#store/open';
import { MINUTE } from '#store/times';
import type { Spoken } from '#words';

type Press = ButtonInteraction<'cached' | 'raw'>;

/** After a sample to a member, and after one that did not get through, in ms. */
const pauses = { arrived: 10 * MINUTE, failed: 20_000 };
/** A sample that waits for longer would surprise, in ms. */
const patience = 30_000;
/** Members with a pause; when there are more, those whose pause is over are forgotten. */
const mostKept = 1_000;

/**
 * Makes what sends the presser a sample note. It needs no claim, as they have just asked for it; it is not sent when
 * they turn notes off again before it goes, and a second press while it is on its way waits for the first one's.
 * Whoever turns notes on and off again and again gets one sample, so that others' notes are not kept waiting.
 */
export function createSampler({
  delivery,
  members,
  words,
  content,
  now,
}: {
  delivery: Delivery;
  members: Store['members'];
  words: Spoken<NoteWords>;
  content: Content;
  now: () => number;
}) {
  const underway = new Map<string, Promise<Sent>>();
  const lately = new Map<string, { at: number; ms: number }>();

  const isPaused = (key: string): boolean => {
    const last = lately.get(key);
    return last !== undefined && last.at <= now() && now() - last.at < last.ms;
  };
  const rest = (key: string, sent: Sent): void => {
    if (lately.size >= mostKept) for (const one of lately.keys()) if (!isPaused(one)) lately.delete(one);
    if (sent === 'not wanted') return;
    lately.set(key, { at: now(), ms: sent === 'sent' || sent === 'unknown' ? pauses.arrived : pauses.failed });
  };

  const sample = async ({ guildId: guild, guildLocale, user, guild: server, id }: Press): Promise<Sent> => {
    const noted = { guild, guildName: server?.name ?? '…', kind: 'silver-lining' as const, at: 0 };
    const letter = noteView(noted, words(guildLocale), content, guildLocale);
    const until = performance.now() + patience;
    const isWanted = () => performance.now() < until && members.hasNotes(guild, user.id);
    return delivery.inTurn(guild, (send) => send({ user: user.id, letter, nonce: id, isWanted }), 'sample');
  };

  return async (press: Press): Promise<Sent | 'lately'> => {
    const key = `${press.guildId}:${press.user.id}`;
    const before = underway.get(key);
    if (before) return before;
    if (isPaused(key)) return 'lately';
    const sending = sample(press).finally(() => underway.delete(key));
    underway.set(key, sending);
    const sent = await sending;
    rest(key, sent);
    return sent;
  };
}
