import type { ButtonInteraction } from 'discord.js';
import type { Content } from '#content/content';
import type { Delivery } from '#discord/deliver';
import type { Sent } from '#nudge/nudge';
import { type NoteWords, noteView } from '#panels/note';
import type { Store } from '#store/open';
import type { Spoken } from '#words';

type Press = ButtonInteraction<'cached' | 'raw'>;

/**
 * Makes what sends the presser a sample note. It needs no claim, as they have just asked for it; it is not sent when
 * they turn notes off again before it goes, and a second press while it is on its way waits for the first one's.
 */
export function createSampler({
  delivery,
  members,
  words,
  content,
}: {
  delivery: Delivery;
  members: Store['members'];
  words: Spoken<NoteWords>;
  content: Content;
}) {
  const underway = new Map<string, Promise<Sent>>();

  return (press: Press): Promise<Sent> => {
    const { guildId: guild, guildLocale, user } = press;
    const key = `${guild}:${user.id}`;
    const before = underway.get(key);
    if (before) return before;

    const noted = { guild, guildName: press.guild?.name ?? '…', kind: 'silver-lining' as const, at: 0 };
    const letter = noteView(noted, words(guildLocale), content, guildLocale);
    const isWanted = () => members.hasNotes(guild, user.id);
    const sent = delivery
      .inTurn(guild, (send) => send({ user: user.id, letter, nonce: press.id, isWanted }))
      .finally(() => underway.delete(key));
    underway.set(key, sent);
    return sent;
  };
}
