import type { ButtonInteraction } from 'discord.js';
import type { Content } from '#content/content';
import type { Delivery } from '#discord/deliver';
import type { Log } from '#log';
import type { Sent } from '#nudge/nudge';
import type { NoteWords } from '#panels/note';
import type { CommonWords } from '#panels/router';
import type { Store } from '#store/open';
import type { Spoken } from '#words';

/** Everything that commands and the router stand on: one record, made by the bot and handed down. */
export type App = {
  store: Store;
  content: Content;
  common: Spoken<CommonWords>;
  note: Spoken<NoteWords>;
  delivery: Delivery;
  log: Log;
  now: () => number;
  /** Is the Message Content intent granted? Without it everything works but nudges. */
  readsMessages: () => boolean;
  /** A command as Discord shows it, to be pressed: `</nudges:123>`; `/nudges` until it is registered. */
  mention: (command: string) => string;
  /** Sends the presser a sample note (see sample.ts). */
  sendSample: (press: ButtonInteraction<'cached' | 'raw'>) => Promise<Sent>;
  /** Opts a member out at once, also of a reply that is being written. */
  stopNotes: (guild: string, user: string) => Promise<void>;
};
