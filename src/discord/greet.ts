import {
  type Client,
  DiscordAPIError,
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
  MessageFlags,
  MessageType,
  RateLimitError,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { Delivery } from '#discord/deliver';
import type { Log } from '#log';
import { crisisButton, crisisWords } from '#panels/crisis';
import { languageOf } from '#panels/language';
import { colour, frame, message, plainly, row } from '#panels/ui';
import type { Store } from '#store/open';
import { MINUTE } from '#store/times';
import { filled, line, type Spoken } from '#words';

/**
 * Who writes to the bot, or mentions it, gets one kind answer: that nobody reads here, and where to find a person. The
 * text is not looked at. A mention is answered in private, as others need not see who asked; where direct messages are
 * closed, in a line that pings nobody.
 */

export const greetingWords = z.strictObject({
  thanks: line(300),
  thanksMention: filled(400, 'guild'),
  can: filled(300, 'help'),
  person: line(300),
  ...crisisWords,
  inChannel: filled(400, 'help', 'crisis'),
});

/** Between two answers to one person, in ms. */
const pauseMs = 60 * MINUTE;

type Written = GatewayMessageCreateDispatchData;
type Packet = { t: GatewayDispatchEvents; d: Written };

export function createGreeting(options: {
  delivery: Delivery;
  guilds: Store['guilds'];
  words: Spoken<z.output<typeof greetingWords>>;
  /** A command as Discord shows it, to be pressed. */
  mention: (command: string) => string;
  /** Are there few enough refused requests that more may be asked than must be? */
  mayAsk: () => boolean;
  now: () => number;
  log: Log;
}): { listen(client: Client): void } {
  const { delivery, guilds, words, mention, mayAsk, now, log } = options;

  /** Who was answered when, the longest ago first. */
  const answered = new Map<string, number>();
  const isTheirTurn = (user: string): boolean => {
    const at = now();
    for (const [one, when] of answered) {
      if (when <= at && at - when < pauseMs) break;
      answered.delete(one);
    }
    if (answered.has(user)) return false;
    answered.set(user, at);
    return true;
  };

  const letter = (client: Client, guild: string | undefined) => {
    const server = guild === undefined ? undefined : client.guilds.cache.get(guild);
    const said = words(guild && languageOf(client, guilds, guild));
    const thanks = guild === undefined ? said.thanks : said.thanksMention({ guild: plainly(server?.name ?? '…') });
    const { components, flags } = message(
      frame(colour.panel, thanks, said.can({ help: mention('help') }), said.person, row(crisisButton(said))),
    );
    return { components, flags };
  };

  const inChannel = async (client: Client, { id, channel_id, guild_id }: Written) => {
    const said = words(guild_id && languageOf(client, guilds, guild_id));
    const text = said.inChannel({ help: mention('help'), crisis: mention('crisis') });
    const { components, flags } = message(frame(colour.panel, text));
    const body = {
      ...{ components, flags: flags | MessageFlags.SuppressNotifications, allowed_mentions: { parse: [] } },
      message_reference: { message_id: id, fail_if_not_exists: false },
    };
    await client.rest.post(Routes.channelMessages(channel_id), { body });
  };

  const answer = async (client: Client, written: Written): Promise<void> => {
    const { id: nonce, author, guild_id: guild } = written;
    const parcel = { user: author.id, letter: letter(client, guild), nonce, isWanted: () => true };
    const sent = await delivery.inTurn(guild ?? 'direct', (send) => send(parcel), 'answer');
    if (sent === 'closed' && guild !== undefined && mayAsk()) await inChannel(client, written);
  };

  return {
    listen(client) {
      client.on('raw' as never, ({ t, d }: Packet) => {
        if (t !== GatewayDispatchEvents.MessageCreate || !isToBot(client, d) || !isTheirTurn(d.author.id)) return;
        answer(client, d).catch((err: unknown) => {
          // Where the bot may not write, it says nothing.
          if (err instanceof RateLimitError || (err instanceof DiscordAPIError && err.status === 403)) return;
          log.warn({ err }, 'somebody who wrote to the bot got no answer');
        });
      });
    },
  };
}

/** Did a person write to the bot? An answer to what was shown for somebody is meant for them. */
function isToBot(
  { user: self }: Client,
  { author, type, webhook_id, guild_id, mentions, ...written }: Written,
): boolean {
  if (!self || author.bot || author.system || webhook_id !== undefined) return false;
  if (type !== MessageType.Default && type !== MessageType.Reply) return false;
  if (guild_id === undefined) return true;
  const isNamed = mentions.some(({ id }) => id === self.id);
  return isNamed && written.referenced_message?.author.id !== self.id;
}
