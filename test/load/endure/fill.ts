/** Fills the database as months of use would: notes are on, and everybody in the plan has said yes. */
import { openPlace, type PlaceOptions } from '#store/place';
import { numbers } from '../world.ts';
import type { Crowd } from './crowd.ts';

/** Parts of the members who want every note, and who also want to hear when a reply lands well. */
const keen = 0.1;
const landed = 0.1;

export async function fill(where: PlaceOptions, crowd: Crowd, seed: number): Promise<void> {
  const random = numbers(seed + 2);
  const { store, close } = await openPlace(where);
  for (const guild of crowd.world.guilds) {
    await store.guilds.save(guild.id, 0, { support: { mode: 'on', channels: crowd.support(guild) } });
    for (const { user } of crowd.optedIn(guild)) {
      await store.members.turnOn(guild.id, user.id);
      if (random() < keen) await store.members.setPace(guild.id, user.id, 'every');
      if (random() < landed) await store.members.tellLanded(guild.id, user.id, true);
    }
  }
  await close();
}
