/** Mentions as people type them (`@Ana`, `#support`) and as messages carry them (`<@1>`, `<#2>`). Pure. */
import { nameOf as channelName } from '../names.ts';
import type { Channel, World } from '../types.ts';
import { withSigns } from './emoji.ts';

type Named = { typed: string; token: string };

const inGuild = (world: World, channel: Channel) => world.guilds.find(({ id }) => id === channel.guild);

/** Everybody and everything that can be mentioned here, the longest names first so that "@Ana Li" wins over "@Ana". */
function namesIn(world: World, channel: Channel): Named[] {
  const guild = inGuild(world, channel);
  const ids = guild ? guild.members : [world.me.id, channel.with ?? ''];
  const people = ids.flatMap((id) => world.people.get(id) ?? []);
  const roles = guild ? [...world.roles.values()].filter(({ id }) => id !== guild.id) : [];
  const channels = [...world.channels.values()].filter((one) => one.guild !== undefined && one.guild === channel.guild);
  return [
    ...people.flatMap(({ id, name, username }) => [
      { typed: `@${name}`, token: `<@${id}>` },
      { typed: `@${username}`, token: `<@${id}>` },
    ]),
    ...roles.map(({ id, name }) => ({ typed: `@${name}`, token: `<@&${id}>` })),
    ...channels.map((one) => ({ typed: `#${channelName(world, one)}`, token: `<#${one.id}>` })),
  ].sort((a, b) => b.typed.length - a.typed.length);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Code is left as it is. */
const code = /(```[\s\S]*?```|`[^`\n]+`)/;

/** The text that is sent: mentions as tokens, `:heart:` as the emoji. */
export function withTokens(text: string, world: World, channel: Channel): string {
  const names = namesIn(world, channel);
  if (!/[@#:]/.test(text)) return text;
  const tokens = new Map(names.map(({ typed, token }) => [typed, token]));
  const pattern = new RegExp(
    `(?<![\\w<&])(${names.map(({ typed }) => escaped(typed)).join('|')})(?![\\p{L}\\p{N}_-])`,
    'gu',
  );
  return text
    .split(code)
    .map((part, at) => (at % 2 === 1 ? part : withSigns(part.replace(pattern, (found) => tokens.get(found) ?? found))))
    .join('');
}

/** The text as it is edited. */
export function withNames(content: string, world: World): string {
  return content
    .replace(/<@!?(\d+)>/g, (all, id) => (world.people.has(id) ? `@${world.people.get(id)?.name}` : all))
    .replace(/<@&(\d+)>/g, (all, id) => (world.roles.has(id) ? `@${world.roles.get(id)?.name}` : all))
    .replace(/<#(\d+)>/g, (all, id) => {
      const channel = world.channels.get(id);
      return channel ? `#${channelName(world, channel)}` : all;
    });
}
