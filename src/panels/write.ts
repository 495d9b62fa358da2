import { setTimeout as pause } from 'node:timers/promises';
import { type Client, RateLimitError, Routes } from 'discord.js';
import { colour, frame, message, type Part } from '#panels/ui';

/** Messages that the bot writes into a channel because a moderator chose it: never twice, and they ping nobody. */

/** For one message, in ms. Who pressed has their answer by then. */
const patience = 6_000;
/** The longest limit that is waited for, in ms. */
const soon = 3_000;

/** Writes a framed message; gives its id, or `undefined` where that is not to be. */
export async function writeIn(client: Client, channel: string, ...parts: Part[]): Promise<string | undefined> {
  const { allowedMentions, ...rest } = message(frame(colour.panel, ...parts));
  const body = { ...rest, allowed_mentions: allowedMentions };
  const signal = AbortSignal.timeout(patience);
  const post = () => client.rest.post(Routes.channelMessages(channel), { body, signal }) as Promise<{ id: string }>;
  for (;;) {
    try {
      return (await post()).id;
    } catch (error) {
      // A limit that discord.js keeps by itself: nothing went out yet.
      if (!(error instanceof RateLimitError) || error.retryAfter > soon || signal.aborted) return undefined;
      await pause(error.retryAfter + 100, undefined, { ref: false });
    }
  }
}

/** Tells the log of the community in these channels; gives those in which it could not be told. */
export async function tellLog(client: Client, channels: Iterable<string>, ...lines: string[]): Promise<string[]> {
  const told = [...channels].map(async (channel) =>
    (await writeIn(client, channel, lines.join('\n'))) === undefined ? [channel] : [],
  );
  return (await Promise.all(told)).flat();
}
