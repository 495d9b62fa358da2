/** Attune's client alone, which hears every packet, answers interactions and does nothing else. */
import { createClient } from '#discord/client';

const client = createClient({ api: process.env.DISCORD_API_URL ?? '', messageContent: true });
client.on('raw' as never, () => undefined);
client.on('interactionCreate', (interaction) => interaction.isRepliable() && void interaction.reply('hi'));
await client.login(process.env.DISCORD_TOKEN);
