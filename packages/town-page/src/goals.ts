/** Sees when the goal of a tour's step is reached, whoever did it and from which page. */

import type { Town, WorldEvent } from '@attune/town';
import { channelNamed, personNamed } from '@attune/town/actors/find';
import { asObject } from '@attune/town/checks/read';
import type { World } from '@attune/town/world/world';
import { type APIMessage, ChannelType, InteractionType } from 'discord-api-types/v10';
import type { TourGoal, TourStep } from './protocol.ts';

/** Tells the id of each step as its goal is reached. @throws when a step names somebody who does not live here. */
export function goalWatch(town: Town, steps: readonly TourStep[], reached: (step: string) => void): () => void {
  for (const { goal } of steps) if (goal) personNamed(town.world, goal.who);
  return town.on((event) => {
    for (const { id, goal } of steps) if (goal && reaches(town.world, goal, event)) reached(id);
  });
}

export function reaches(world: World, goal: TourGoal, { t, d }: WorldEvent): boolean {
  const who = personNamed(world, goal.who).user.id;
  if ('says' in goal) {
    if (t !== 'MESSAGE_CREATE') return false;
    const { author, channel_id } = d as APIMessage;
    const wanted = channelNamed(world, who, goal.says).id;
    const channel = world.channels.get(channel_id);
    return author.id === who && (channel_id === wanted || channel?.parent === wanted);
  }
  if ('hears' in goal) {
    if (t !== 'MESSAGE_CREATE') return false;
    const { author, channel_id } = d as APIMessage;
    const channel = world.channels.get(channel_id);
    return author.id === world.bot.user.id && channel?.type === ChannelType.DM && channel.recipients.includes(who);
  }
  return t === 'INTERACTION_CREATE' && uses(goal.uses, who, d);
}

function uses(wanted: string, who: string, d: object): boolean {
  const { member, user, data, type } = d as { member?: object; user?: { id: string }; data?: object; type: number };
  const actor = user ?? asObject(asObject(member).user);
  if (actor.id !== who) return false;
  const { name, custom_id } = asObject(data);
  if (type === InteractionType.ApplicationCommand) return name === wanted;
  return wanted.includes(':') && typeof custom_id === 'string' && custom_id.startsWith(wanted);
}
