import type { ButtonInteraction } from 'discord.js';
import type { Content } from '#content/content';
import type { Delivery } from '#discord/deliver';
import { createLately, type Lately } from '#discord/lately';
import type { Sent } from '#nudge/nudge';
import { type NoteWords, noteView } from '#panels/note';
import type { Store } from '#store/open';
import { MINUTE } from '#store/times';
import type { Spoken } from '#words';

type Press = ButtonInteraction<'cached' | 'raw'>;

/** Between two samples to one member, in ms. */
const pauseMs = 10 * MINUTE;
/** Tries to reach one member within a while: who opens their direct messages may press again at once. */
const tries = { most: 3, within: 2 * MINUTE };
/** A sample that waits for longer would surprise, in ms. */
const patience = 30_000;
/** Members to whom one went; when there are more, those are forgotten for whom it was long ago. */
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
  const underway = new Map<string, Promise<Sent | 'lately'>>();
  const lately = new Map<string, { tried: Lately; arrived: Lately }>();

  const rememberOf = (key: string) => {
    if (lately.size >= mostKept)
      for (const [one, { tried, arrived }] of lately) if (tried.count + arrived.count === 0) lately.delete(one);
    const known = lately.get(key) ?? { tried: createLately(tries.within, now), arrived: createLately(pauseMs, now) };
    lately.set(key, known);
    return known;
  };

  const send = ({ guildId: guild, guildLocale, user, guild: server, id: nonce }: Press): Promise<Sent> => {
    const occasion = { guild, guildName: server?.name ?? '…', kind: 'silver-lining' as const, at: 0 };
    const letter = noteView(occasion, words(guildLocale), content, guildLocale);
    const until = performance.now() + patience;
    const isWanted = () => performance.now() < until && members.hasNotes(guild, user.id);
    return delivery.inTurn(guild, (send) => send({ user: user.id, letter, nonce, isWanted }), 'sample');
  };

  const sample = async (press: Press, key: string): Promise<Sent | 'lately'> => {
    const { tried, arrived } = rememberOf(key);
    // Whose door was closed since then tries whether it is open.
    const { dms } = await members.of(press.guildId, press.user.id);
    if (tried.count >= tries.most || (arrived.count > 0 && dms === 'open')) return 'lately';
    tried.add();
    const sent = await send(press);
    if (sent === 'sent' || sent === 'unknown') arrived.add();
    return sent;
  };

  return (press: Press): Promise<Sent | 'lately'> => {
    const key = `${press.guildId}:${press.user.id}`;
    const before = underway.get(key);
    if (before) return before;
    const sending = sample(press, key).finally(() => underway.delete(key));
    underway.set(key, sending);
    return sending;
  };
}
