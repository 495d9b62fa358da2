/** What each person has heard from the bot and not yet taken note of. One listener for all of them. */
import { type APIMessage, ChannelType } from 'discord-api-types/v10';
import { type Seen, seen } from '#actors/uses';
import { createInbox, type Inbox } from '#actors/waiting';
import { canSee } from '#world/permissions';
import { messageOf, type World } from '#world/world';

export type Ears = {
  /** Direct messages. */
  dms: Inbox<Seen>;
  /** Everything, direct messages and ephemeral ones, too. */
  all: Inbox<Seen>;
};

/** Gives the ears of a person; from the first time that they are asked for, they hear everything. */
export function createEars(world: World): (user: string) => Ears {
  const people = new Map<string, Ears>();
  const bot = world.bot.user.id;

  world.listen(({ t, d, only }) => {
    if (t !== 'MESSAGE_CREATE') return;
    const { channel_id, id, author } = d as APIMessage;
    if (author.id !== bot) return;
    const channel = world.channels.get(channel_id);
    const message = messageOf(world, channel_id, id);
    if (!channel || !message) return;
    for (const [user, ears] of people) {
      if (!canSee(world, channel, only?.[0], user)) continue;
      ears.all.put(seen(world, message, user));
      if (channel.type === ChannelType.DM) ears.dms.put(seen(world, message, user));
    }
  });

  return (user) => {
    const known = people.get(user);
    if (known) return known;
    const ears: Ears = { dms: createInbox(), all: createInbox() };
    people.set(user, ears);
    return ears;
  };
}
