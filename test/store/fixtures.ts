import { defaultSettings, type Settings } from '#settings/settings';
import type { Claim } from '#store/claims';

export const key = 'a secret that is only used in tests';
export const guild = '900000000000000001';
export const elsewhere = '900000000000000002';
export const ana = '100000000000000001';
export const ben = '100000000000000002';
export const cleo = '100000000000000003';
/** A Wednesday at noon, UTC. */
export const noon = Date.UTC(2025, 4, 14, 12);
/** The beginning of that day. */
export const midnight = Date.UTC(2025, 4, 14);
export const on: Settings = { ...defaultSettings, support: { mode: 'on', channels: ['500000000000000001'] } };

let lastMessage = 700000000000000000n;
/** Ben's reply to Ana, with a message that nobody has seen before. */
export function reply(change: Partial<Claim> = {}): Claim {
  lastMessage += 1n;
  return {
    guild,
    revision: 1,
    replier: ben,
    poster: ana,
    messages: [`${lastMessage}`],
    about: 'advice',
    now: noon,
    ...change,
  };
}
