import type { ButtonInteraction } from 'discord.js';
import type { App } from '#discord/app';
import { noteView } from '#discord/note';
import type { Sent } from '#nudge/nudge';

/**
 * Sends the presser a sample note, so that they know what a note looks like and closed DMs are found at once. They have
 * just asked for it, so it needs no claim; the press' own id keeps it from being sent twice.
 */
export function sendSample(press: ButtonInteraction<'cached' | 'raw'>, app: App): Promise<Sent> {
  const { guildId: guild, guildLocale } = press;
  const noted = { guild, guildName: press.guild?.name ?? '…', kind: 'silver-lining' as const, at: 0 };
  const letter = noteView(noted, app.note(guildLocale), app.content, guildLocale);
  return app.delivery.send(press.user.id, letter, () => Promise.resolve({ nonce: press.id }));
}
