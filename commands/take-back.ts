import {
  type APIMessage,
  type Client,
  DiscordAPIError,
  InteractionType,
  type Message,
  type MessageComponentInteraction,
  MessageFlags,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import { Refusal } from '#panels/refusal';
import { edited, unlessGone } from '#panels/sent';
import { takeBackIds } from '#panels/share';
import { colour, frame, message } from '#panels/ui';
import { menuNamed, messageMenu } from '#panels/unit';
import { filled, line } from '#words';

/** "Take back": what somebody shared here goes again, by a button on their own panel or by the message's menu. */

const wordsSchema = z.strictObject({
  ...menuNamed,
  gone: line(80),
  done: line(200),
  notShared: line(200),
  notYours: line(200),
  line: filled(200, 'need'),
  cannot: line(200),
});
type Words = z.output<typeof wordsSchema>;

/** Who made the bot show this, and how: by a press, which shared it, or by a command, which is a line of /need. */
function shownBy({ author, client, interactionMetadata: how }: Message<boolean>) {
  if (author.id !== client.user.id) return undefined;
  if (how?.type === InteractionType.MessageComponent) return { user: how.user.id, what: 'shared' };
  return how?.type === InteractionType.ApplicationCommand ? { user: how.user.id, what: 'line' } : undefined;
}

type Press = Pick<MessageComponentInteraction, 'client' | 'channelId' | 'user'>;

/** A custom id proves nothing; who shared a thing, Discord keeps with it. What is gone is nobody's any more. */
async function isSharer({ client, channelId, user }: Press, id: string, words: Words): Promise<boolean> {
  const { rest } = client;
  const found = await reached(unlessGone(rest.get(Routes.channelMessage(channelId, id))), words);
  if (!found) return true;
  const { author, interaction_metadata: how } = found as APIMessage;
  const isShared = author.id === client.user.id && how?.type === InteractionType.MessageComponent;
  return isShared && how.user.id === user.id;
}

/** Deletes a message of the bot. @throws Refusal where the bot does not reach it. */
async function remove({ rest }: Client, channel: string, id: string, words: Words): Promise<void> {
  await reached(unlessGone(rest.delete(Routes.channelMessage(channel, id))), words);
}

const reached = <T>(work: Promise<T>, words: Words): Promise<T> =>
  work.catch((error: unknown) => {
    if (error instanceof DiscordAPIError && error.status === 403) throw new Refusal(words.cannot);
    throw error;
  });

export default messageMenu({
  words: wordsSchema,
  ids: takeBackIds,
  contexts: ['server', 'bot-dm'],
  uses: ['sharing', 'needs', 'now', 'mention'],
  async run(menu, { words, sharing, needs, now, mention }) {
    const { id, guildId, channelId } = menu.targetMessage;
    const shown = shownBy(menu.targetMessage);
    if (!shown) throw new Refusal(words.notShared);
    if (shown.user !== menu.user.id) throw new Refusal(words.notYours);
    if (shown.what === 'line' && guildId !== null) {
      // What counts ends first; a line that no longer does can go, also when its writer was forgotten.
      const need = await needs.of(guildId, channelId, menu.user.id, now());
      if (need?.message === id && need.want !== 'nothing') throw new Refusal(words.line({ need: mention('need') }));
    }
    await menu.deferReply({ flags: MessageFlags.Ephemeral });
    await remove(menu.client, channelId, id, words);
    sharing.takenBack(menu, id);
    await menu.editReply(message(frame(colour.panel, words.done)));
  },
  on: {
    async shared(press, { message: id }, { words, sharing }) {
      await press.deferUpdate();
      if (!(await isSharer(press, id, words))) throw new Refusal(words.notYours);
      await remove(press.client, press.channelId, id, words);
      sharing.takenBack(press, id);
      const panel = edited(press.message, (part) =>
        part.custom_id === press.customId ? { ...part, label: words.gone, disabled: true } : part,
      );
      await unlessGone(press.editReply(message(panel)));
    },
  },
});
