import type { Client } from 'discord.js';
import type { Services } from '#panels/services';
import type { Store } from '#store/open';

/** In which language a server is spoken to: what its moderators chose, else what it has in Discord. */
export const languageOf = (
  client: Client,
  guilds: Pick<Store['guilds'], 'settings'>,
  guild: string,
): string | undefined =>
  guilds.settings(guild).settings.language.locale ?? client.guilds.cache.get(guild)?.preferredLocale;

/** The same where it may be a server that another process hears. */
export const languageOfAny = async (
  guild: string,
  { guilds, server }: Pick<Services, 'guilds' | 'server'>,
): Promise<string | undefined> =>
  guilds.settings(guild).settings.language.locale ?? (await server(guild))?.preferredLocale;
