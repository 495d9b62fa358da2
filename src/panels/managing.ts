import { type BaseInteraction, type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';
import { z } from 'zod';
import { Refusal } from '#panels/refusal';
import { MINUTE } from '#store/times';
import { line } from '#words';

/** Panels for moderators. Discord opens them only to those who may; each press asks again, as far as a press can tell. */

type Managing = Pick<BaseInteraction<'cached' | 'raw'>, 'memberPermissions'>;
export const manages = ({ memberPermissions }: Managing) => memberPermissions.has(PermissionFlagsBits.ManageGuild);

/** Goes along in the custom ids: by Manage Server, or because an admin allowed the command, which a press does not tell. */
export const openedBy = z.enum(['manage', 'admin']);
export type OpenedBy = z.output<typeof openedBy>;

export const managingWords = { notAllowed: line(200), openAgain: line(200) };
type Words = z.output<z.ZodObject<typeof managingWords>>;

export const howOpened = (asked: Managing): OpenedBy => (manages(asked) ? 'manage' : 'admin');

/** How long an admin's permission is taken for granted. */
export const goodFor = 15 * MINUTE;

/** @throws Refusal for somebody who may no longer use the panel that they press. */
export function requireManaging(
  press: Managing &
    Pick<MessageComponentInteraction, 'createdTimestamp'> & { message: { createdTimestamp: number } | null },
  by: OpenedBy,
  words: Words,
): void {
  if (manages(press)) return;
  if (by === 'manage') throw new Refusal(words.notAllowed);
  // Both times are Discord's own. Where there is no message, nothing tells when or to whom it was opened.
  if (!press.message || press.createdTimestamp - press.message.createdTimestamp > goodFor)
    throw new Refusal(words.openAgain);
}
