/** Attune's client alone, which hears every packet and does nothing. */
import { createClient } from '#discord/client';

const client = createClient({ api: process.env.DISCORD_API_URL ?? '', messageContent: true });
client.on('raw', () => undefined);
await client.login(process.env.DISCORD_TOKEN);
