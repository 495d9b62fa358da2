import { type Client, Routes } from 'discord.js';
import { colour, frame, message } from '#panels/ui';

/** The log of the community: where its moderators read who changed what. It says nothing about members and pings nobody. */

/** In ms: who pressed is waiting. */
const patience = 2_000;

/** Tells it in these channels; gives those in which it could not be told. */
export async function tellLog(client: Client, channels: Iterable<string>, ...lines: string[]): Promise<string[]> {
  const { allowedMentions, ...rest } = message(frame(colour.panel, lines.join('\n')));
  const body = { ...rest, allowed_mentions: allowedMentions };
  const told = [...channels].map(async (channel) => {
    try {
      await client.rest.post(Routes.channelMessages(channel), { body, signal: AbortSignal.timeout(patience) });
      return [];
    } catch {
      return [channel];
    }
  });
  return (await Promise.all(told)).flat();
}
