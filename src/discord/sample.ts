import type { ButtonInteraction } from 'discord.js';
import type { Sent } from '#nudge/nudge';
import { noteView } from '#panels/note';
import type { App } from '#panels/services';

type Press = ButtonInteraction<'cached' | 'raw'>;

/**
 * Makes what sends the presser a sample note, so that they know what a note looks like and closed DMs are found at
 * once. It needs no claim, as they have just asked for it; it is not sent when they turn notes off again before it
 * goes, and a second press while it is on its way waits for the first one's.
 */
export function createSampler(app: Pick<App, 'delivery' | 'store' | 'note' | 'content'>) {
  const underway = new Map<string, Promise<Sent>>();

  return (press: Press): Promise<Sent> => {
    const { guildId: guild, guildLocale, user } = press;
    const key = `${guild}:${user.id}`;
    const before = underway.get(key);
    if (before) return before;

    const noted = { guild, guildName: press.guild?.name ?? '…', kind: 'silver-lining' as const, at: 0 };
    const letter = noteView(noted, app.note(guildLocale), app.content, guildLocale);
    const isWanted = () => app.store.members.hasNotes(guild, user.id);
    const sent = app.delivery
      .send(user.id, letter, () => Promise.resolve(isWanted() ? { nonce: press.id, isWanted } : undefined))
      .finally(() => underway.delete(key));
    underway.set(key, sent);
    return sent;
  };
}
