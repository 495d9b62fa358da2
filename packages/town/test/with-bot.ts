/** A town for every test of a file, with the real client logged in to it. */
import { Events } from 'discord.js';
import { afterEach, beforeEach } from 'vitest';
import type { Actor } from '#town';
import { type LoggedIn, logIn } from './client.ts';
import { town, useTown } from './each-town.ts';

export { town };
export let bot: LoggedIn;
export let ana: Actor;
export let ben: Actor;
export let mo: Actor;

export function useBot(): void {
  useTown();
  beforeEach(async () => {
    bot = await logIn(town);
    [ana, ben, mo] = [town.person('ana'), town.person('ben'), town.person('mo')];
  });
  afterEach(() => bot.client.destroy());
}

/** The next raw event of a kind, as the gateway sent it. */
export const raw = (t: string, is: (d: Record<string, unknown>) => boolean = () => true) =>
  new Promise<Record<string, never>>((resolve) => {
    const listener = (packet: { t: string; d: Record<string, never> }) => {
      if (packet.t !== t || !is(packet.d)) return;
      bot.client.off(Events.Raw, listener);
      resolve(JSON.parse(JSON.stringify(packet.d)));
    };
    bot.client.on(Events.Raw, listener);
  });
