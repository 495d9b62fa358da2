import { type Actor, openTown, type TownOptions } from '@attune/town';
import { type Client, Events } from 'discord.js';
import { createFetching } from '#discord/around';
import { createClient } from '#discord/client';
import type { TagMeaning } from '#settings/tags';

/** The real client in the town, without a bot around it: what it fetches around a reply, and what that asks for. */

export const page = 'GET /channels/:id/messages';
export const oneMessage = 'GET /channels/:id/messages/:message';

type Pointed = { id: string; channel_id: string };

export type Scene = Awaited<ReturnType<typeof openScene>>;

export async function openScene(options: TownOptions = {}) {
  const town = await openTown(options);
  const client = createClient({ api: town.api, messageContent: true });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  const heard = new Set<string>();
  const waiting = new Set<() => void>();
  client.on('raw' as never, ({ d }: { d: { id?: string } | null }) => {
    if (d?.id) heard.add(d.id);
    for (const look of waiting) look();
  });
  /** A packet about this has been heard. */
  const hears = (id: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!heard.has(id)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  await client.login(town.token);
  await ready;

  /** Every request, with `support` for that channel's id. */
  const asked: string[] = [];
  town.onExchange(({ method, path, query }) => {
    const [, what] = path.replace(town.channel('#support').id, 'support').split('/v10');
    asked.push(`${method} ${what}${query ? `?${new URLSearchParams(query)}` : ''}`);
  });
  /** What tags say there, by their ids. */
  const says = new Map<string, TagMeaning>();
  let now = Date.now();
  let mayAsk = true;
  const fetching = createFetching({ now: () => now, mayAsk: () => mayAsk });
  const [ana, ben, cleo, mo] = ['ana', 'ben', 'cleo', 'mo'].map(town.person) as [Actor, Actor, Actor, Actor];

  return {
    ...{ town, client, asked, hears, says, ana, ben, cleo, mo },
    async around({ id, channel_id }: Pointed, answers?: Pointed) {
      await hears(id);
      const reply = {
        channel: channel_id,
        messages: [id],
        ...(answers && { answers: { channel: answers.channel_id, id: answers.id } }),
      };
      return fetching.around(client, reply, (tag) => says.get(tag));
    },
    later(ms: number) {
      now += ms;
    },
    mayAsk(may: boolean) {
      mayAsk = may;
    },
    async [Symbol.asyncDispose]() {
      await client.destroy();
      await town.close();
    },
  };
}
