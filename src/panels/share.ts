import { type BaseInteraction, type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';
import { z } from 'zod';
import { by, customIds, snowflake } from '#panels/custom-ids';
import { Refusal } from '#panels/refusal';
import { edited, unlessGone } from '#panels/sent';
import { button, colour, frame, fromNow, message, type Part, small } from '#panels/ui';
import { MINUTE } from '#store/times';
import { filled, line, type Spoken } from '#words';

/**
 * "Share here": what one person saw is shown to the place, says who shared it, and pings nobody. Whoever shared it can
 * take it back: whose it is stands in the message, and nothing of it is kept.
 */

/** The words of a unit from which something can be shared. */
export const shareWords = { share: line(80), sharedBy: filled(200, 'who'), cannotShare: line(200) };
type ShareWords = { cannotShare: string; sharedBy: (values: { who: string }) => string };

/** data/<language>/share.yaml: what is said wherever something is shared. */
export const sharingWords = z.strictObject({
  takeBack: line(80),
  already: line(200),
  tooMuch: filled(200, 'when'),
});
type SharingWords = z.output<typeof sharingWords>;

/** The button that takes back what was shared; commands/take-back.ts answers it. */
export const takeBackIds = customIds('take-back', { shared: by('button', { message: snowflake }) });

/** How much a member may share in one channel. */
const limit = { things: 3, within: 10 * MINUTE };
/** Members in channels that are remembered; when there are more, those are forgotten who shared long ago. */
const mostKept = 1_000;

type Place = { channelId: string | null; user: { id: string } };
type Shared = { at: number; press: string | undefined; message?: string };

export type Sharing = {
  words: Spoken<SharingWords>;
  /** Lets `share` show one thing, and gives the id of its message. @throws Refusal when it was shared, or too much was. */
  once(press: MessageComponentInteraction, share: () => Promise<string>): Promise<string>;
  /** This message is no longer there: the press that shared it may share again. */
  takenBack(place: Place, message: string): void;
};

/** Remembers, in memory and for ten minutes, what was shared by whom and where. */
export function createSharing(words: Spoken<SharingWords>, now: () => number): Sharing {
  const lately = new Map<string, Shared[]>();
  const keyOf = ({ channelId, user }: Place) => `${channelId}:${user.id}`;
  const isRecent = ({ at }: Shared) => at <= now() && now() - at < limit.within;
  const recent = (key: string) => (lately.get(key) ?? []).filter(isRecent);

  return {
    words,
    async once(press, share) {
      const key = keyOf(press);
      const before = recent(key);
      const say = words(press.locale);
      const one: Shared = { at: now(), press: `${press.message.id} ${press.customId}` };
      if (before.some((other) => other.press === one.press)) throw new Refusal(say.already);
      const oldest = before.at(-limit.things);
      if (oldest) throw new Refusal(say.tooMuch({ when: fromNow(oldest.at + limit.within) }));
      if (lately.size >= mostKept)
        for (const [other, shared] of lately) if (!shared.some(isRecent)) lately.delete(other);
      lately.set(key, [...before, one]);
      try {
        one.message = await share();
        return one.message;
      } catch (error) {
        lately.set(
          key,
          recent(key).filter((other) => other !== one),
        );
        throw error;
      }
    },
    takenBack(place, message) {
      const shared = lately.get(keyOf(place))?.find((one) => one.message === message);
      if (shared) shared.press = undefined;
    },
  };
}

/** May this person write in this place? The bot's answer would otherwise speak where they cannot. */
export function mayWriteHere(asked: BaseInteraction): boolean {
  if (!asked.inGuild()) return true;
  // Every channel is known but private threads that the bot is not in.
  const isThread = asked.channel === null || asked.channel.isThread();
  const needed = isThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return asked.memberPermissions.has(needed);
}

/**
 * Shows `parts` to the place, in the language of the server, with the sharer's name; nobody is notified. The button that
 * was pressed becomes one that takes it back.
 * @throws Refusal where they may not write, or have shared enough for now.
 */
export async function shareHere(
  press: MessageComponentInteraction,
  { words, guildWords, sharing }: { words: ShareWords; guildWords: ShareWords; sharing: Sharing },
  ...parts: Part[]
): Promise<void> {
  if (!mayWriteHere(press)) throw new Refusal(words.cannotShare);
  const by = small(guildWords.sharedBy({ who: `<@${press.user.id}>` }));
  const id = await sharing.once(press, async () => {
    await press.deferUpdate();
    return (await press.followUp(message(frame(colour.panel, ...parts, by)))).id;
  });
  const back = button(takeBackIds.to.shared({ message: id }), sharing.words(press.locale).takeBack);
  const panel = edited(press.message, (part) => (part.custom_id === press.customId ? { ...back } : part));
  await unlessGone(press.editReply(message(panel)));
}
