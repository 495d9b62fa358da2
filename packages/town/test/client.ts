/** The real discord.js client, logged in to a town. */
import { Client, type ClientOptions, Events, GatewayIntentBits, Partials } from 'discord.js';
import type { Town } from '#town';

export const everything = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];

export type LoggedIn = { client: Client<true>; warnings: string[]; [Symbol.asyncDispose](): Promise<void> };

export function createClient(town: Town, options: Partial<ClientOptions> = {}): Client {
  return new Client({
    intents: everything,
    partials: [Partials.Channel, Partials.Message, Partials.Reaction],
    rest: { api: town.api },
    ...options,
  });
}

/** Logs in and waits until the client calls itself ready. */
export async function logIn(town: Town, options: Partial<ClientOptions> = {}): Promise<LoggedIn> {
  const client = createClient(town, options);
  const warnings: string[] = [];
  client.on(Events.Warn, (warning) => warnings.push(warning));
  client.on(Events.Error, (error) => warnings.push(error.message));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(town.token);
  return { client: await ready, warnings, [Symbol.asyncDispose]: () => client.destroy() };
}

/** The next time that the client emits this event. */
export const next = async <T>(client: Client, event: string, is: (thing: T) => boolean = () => true): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The client never emitted ${event}.`)), 5_000);
    const listener = (thing: T) => {
      if (!is(thing)) return;
      clearTimeout(timer);
      client.off(event, listener);
      resolve(thing);
    };
    client.on(event, listener);
  });

/** A request to the API as anybody can make it. */
export async function ask(
  town: Town,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${town.api}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${town.token}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}
