import type { Answer, Channel, Town } from '@attune/town';
import { tellChannel } from '@attune/town/world/places';

/** Looking at panels part by part, and putting things in their way. */

export type Part = Record<string, unknown> & {
  type: number;
  content?: string;
  label?: string;
  custom_id?: string;
  components?: Part[];
};

/** Every component of a message, from the top. */
export function partsOf(message: Answer | { components?: unknown }): Part[] {
  const walk = (parts: readonly Part[]): Part[] => parts.flatMap((part) => [part, ...walk(part.components ?? [])]);
  return walk(('components' in message ? (message.components as Part[]) : undefined) ?? []);
}

const buttonParts = (message: Answer) => partsOf(message).filter(({ type }) => type === 2);

/** What can be pressed, by custom id. */
export const buttonsOf = (message: Answer): string[] => buttonParts(message).map(({ custom_id }) => custom_id ?? '');

/** The same without the state that an id carries: `note:off`. */
export const actionsOf = (message: Answer): string[] => buttonsOf(message).map((id) => id.split(':', 2).join(':'));

/** What is written on the buttons. */
export const labelsOf = (message: Answer): string[] => buttonParts(message).map(({ label }) => label ?? '');

/** What Discord counts: all text of a message, and all of its components. */
export function sizeOf(message: Answer | { components?: unknown }): { text: number; parts: number } {
  const parts = partsOf(message);
  return { text: parts.reduce((sum, { content = '' }) => sum + content.length, 0), parts: parts.length };
}

/** A message of the bot with buttons that carry these custom ids, each labelled by its id. */
export async function plant(town: Town, channel: { id: string }, customIds: readonly string[]): Promise<Answer> {
  const rows = Array.from({ length: Math.ceil(customIds.length / 5) }, (_, at) => ({
    type: 1,
    components: customIds
      .slice(at * 5, at * 5 + 5)
      .map((custom_id) => ({ type: 2, style: 2, label: custom_id.slice(0, 80) || '?', custom_id })),
  }));
  return botSays(town, channel, { content: 'an old panel', components: rows });
}

/** A message of the bot that no code of today would write. */
export async function botSays(town: Town, channel: { id: string }, body: object): Promise<Answer> {
  const response = await fetch(`${town.api}/v10/channels/${channel.id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${town.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the town refused it: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Takes permissions from everybody in a channel, the bot included. */
export function deny(town: Town, channel: Channel, permissions: bigint): void {
  const everyone = { id: town.guild.id, type: 0, allow: '0', deny: permissions.toString() };
  channel.overwrites = [...channel.overwrites.filter(({ id }) => id !== town.guild.id), everyone];
  tellChannel(town.world, 'CHANNEL_UPDATE', channel);
}
