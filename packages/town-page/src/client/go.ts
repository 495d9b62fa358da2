/** How the parts of the page move about in it. */
import type { Host, PanelEntry } from '../protocol.ts';
import type { Change, State } from './state.ts';
import type { Acts, World } from './types.ts';

export type Go = {
  change(change: Change): void;
  to(channel: string): void;
  as(person: string, at?: string): void;
  attempt(post: string, reply: string): Promise<PanelEntry>;
};

/** What there is once the town has answered. */
export type Ready = State & { host: Host; world: World };

export type Part = { state: Ready; acts: Acts; go: Go };
