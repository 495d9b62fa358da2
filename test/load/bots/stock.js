// What the load is compared with: discord.js as it comes, which answers interactions and does nothing with what it hears.
// Plain JavaScript, so that it does not pay for type stripping.
import { Client, GatewayIntentBits } from 'discord.js';

const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent];
const client = new Client({ intents, rest: { api: process.env.DISCORD_API_URL } });
client.on('messageCreate', () => {});
client.on('interactionCreate', (interaction) => void interaction.reply('hi'));
await client.login(process.env.DISCORD_TOKEN);
