/** The packets of an ordinary day: messages, and among them some edits, deletes and typing. */
import { type Guild, numbers, type Packet, type Person, sentence, snowflakes, type World } from './world.ts';

export type Traffic = { packets: Packet[]; messages: number };

export const pick = <T>(list: readonly T[], random: () => number): T => {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

export type Written = {
  id: string;
  channel_id: string;
  guild_id: string;
  author: object;
  content: string;
  member: object;
};

export function message(
  id: string,
  guild: Guild,
  who: Person,
  content: string,
  at: number,
  random: () => number,
): Written {
  return {
    id,
    channel_id: pick(guild.text, random),
    guild_id: guild.id,
    author: who.user,
    member: who.member,
    content,
    ...{ type: 0, tts: false, pinned: false, flags: 0, mention_everyone: false, nonce: id },
    ...{ timestamp: new Date(at).toISOString(), edited_timestamp: null, channel_type: 0 },
    ...{ mentions: [], mention_roles: [], attachments: [], embeds: [], components: [] },
  };
}

/** A fifth of the messages are Discord replies, which carry what they answer. */
export function answering(written: Written, to: Written): object {
  const { member: _, ...referenced_message } = to;
  const message_reference = { type: 0, channel_id: to.channel_id, guild_id: to.guild_id, message_id: to.id };
  return { ...written, channel_id: to.channel_id, type: 19, message_reference, referenced_message };
}

/**
 * `messages` messages from `from` (milliseconds since 1970) on, a millisecond apart.
 * @param text what the next message says; without it a made-up sentence
 */
export function makeTraffic(world: World, messages: number, from: number, seed = 2, text?: () => string): Traffic {
  const random = numbers(seed);
  const id = snowflakes(from);
  const packets: Packet[] = [];
  for (let index = 0; index < messages; index++) {
    const guild = pick(world.guilds, random);
    const at = from + index;
    const written = message(id(), guild, pick(guild.people, random), text?.() ?? sentence(random), at, random);
    const chance = random();
    const { channel_id, guild_id } = written;
    if (chance < 0.3) {
      const { user, member } = pick(guild.people, random);
      const typing = { channel_id, guild_id, user_id: user.id, timestamp: Math.floor(at / 1000) };
      packets.push({ t: 'TYPING_START', d: { ...typing, member: { user, ...member } } });
    }
    if (chance < 0.2) {
      const earlier = message(id(), guild, pick(guild.people, random), sentence(random), at, random);
      packets.push({ t: 'MESSAGE_CREATE', d: answering(written, earlier) });
    } else packets.push({ t: 'MESSAGE_CREATE', d: written });
    if (chance > 0.97) {
      const edited_timestamp = new Date(at + 1).toISOString();
      packets.push({ t: 'MESSAGE_UPDATE', d: { ...written, content: sentence(random), edited_timestamp } });
    } else if (chance > 0.95) packets.push({ t: 'MESSAGE_DELETE', d: { id: written.id, channel_id, guild_id } });
  }
  return { packets, messages };
}
