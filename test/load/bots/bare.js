// The least that a bot can be: a gateway connection that keeps nothing, and answers each interaction.
import { REST } from '@discordjs/rest';
import { WebSocketManager } from '@discordjs/ws';

const token = process.env.DISCORD_TOKEN;
const rest = new REST({ api: process.env.DISCORD_API_URL }).setToken(token);
const intents = 1 | 512 | 32768;
const gateway = new WebSocketManager({ token, intents, rest });
gateway.on('dispatch', ({ data: { t, d } }) => {
  if (t !== 'INTERACTION_CREATE') return;
  void rest.post(`/interactions/${d.id}/${d.token}/callback`, {
    auth: false,
    body: { type: 4, data: { content: 'hi' } },
  });
});
await gateway.connect();
