import { type APIApplicationCommand, ApplicationCommandType, Routes } from 'discord.js';
import type { Asked } from './section.ts';

/** Commands that an older bot of this application left in a server. Attune has none of its own there: its commands are everywhere. */

/** In ms: who pressed is waiting, and the panel is drawn after it. */
const patience = 1_200;

const routeOf = ({ client, guildId }: Asked) => Routes.applicationGuildCommands(client.application.id, guildId);

/** As members see them; `undefined` when Discord does not say. */
export async function leftOver(asked: Asked, signal = AbortSignal.timeout(patience)): Promise<string[] | undefined> {
  try {
    const found = (await asked.client.rest.get(routeOf(asked), { signal })) as APIApplicationCommand[];
    return found.map(({ type, name }) => (type === ApplicationCommandType.ChatInput ? `/${name}` : name));
  } catch {
    return undefined;
  }
}

/** @returns what was removed; `undefined` when Discord did not do it. */
export async function removeLeftOver(asked: Asked): Promise<string[] | undefined> {
  const signal = AbortSignal.timeout(patience);
  const commands = await leftOver(asked, signal);
  try {
    if (commands) await asked.client.rest.put(routeOf(asked), { body: [], signal });
    return commands;
  } catch {
    return undefined;
  }
}
