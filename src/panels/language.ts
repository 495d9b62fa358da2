import type { Client } from 'discord.js';
import type { Store } from '#store/open';

/** In which language a server is spoken to: what its moderators chose, else what it has in Discord. */
export const languageOf = (
  client: Client,
  guilds: Pick<Store['guilds'], 'settings'>,
  guild: string,
): string | undefined =>
  guilds.settings(guild).settings.language.locale ?? client.guilds.cache.get(guild)?.preferredLocale;
