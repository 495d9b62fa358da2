import type { ButtonInteraction } from 'discord.js';
import type { Content } from '#content/content';
import type { Detector } from '#detector/reading';
import type { ReadReply } from '#feedback/read';
import type { Act } from '#nudge/heard';
import type { Choices } from '#nudge/in-use';
import type { Sent } from '#nudge/nudge';
import type { TryOut } from '#nudge/trial';
import type { Told } from '#panels/body';
import type { HearDanger } from '#panels/danger';
import type { Sharing } from '#panels/share';
import type { Thank } from '#panels/thanked';
import type { ReflectOn } from '#reflection/reflect';
import type { Store } from '#store/open';

/** What units may ask for in `uses`, made by the bot and handed down; a unit is given what it names and no more. */
export type Services = {
  content: Content;
  guilds: Store['guilds'];
  members: Store['members'];
  needs: Store['needs'];
  counts: Store['counts'];
  days: Store['days'];
  /** The community's own prompts. */
  ownPrompts: Store['ownPrompts'];
  now: () => number;
  /** Reads a reply for the one who writes it. Nothing of it is kept. */
  read: ReadReply;
  /** What would be decided on a reply. Nobody is contacted, and nothing of it is kept. */
  tryOut: TryOut;
  /** What a good listener might say to a post. */
  reflectOn: ReflectOn;
  /** Is danger voiced in what somebody wrote? Words alone are often wrong, both ways. */
  hearDanger: HearDanger;
  /** What was shared lately: what `shareHere` needs. */
  sharing: Sharing;
  /** Is the Message Content intent granted? Without it everything works but nudges. */
  readsMessages: () => boolean;
  /** What replies are read by: `signs` where the encoder cannot run on the bot's machine. */
  readsBy: Detector['by'];
  /** Why Discord did not take the commands at the last try; they are uploaded again. */
  untaken: () => 'entry point' | 'not taken' | undefined;
  /** How far the clock of the bot's machine is ahead of Discord's, in minutes, where it keeps notes from being sent. */
  minutesAhead: () => number | undefined;
  /** A command as Discord shows it, to be pressed: `</nudges:123>`; `/nudges` until it is registered. */
  mention: (command: string) => string;
  /** A server that the bot is in, also one that another process hears; undefined: it is in none of this id. */
  server: (guild: string) => Promise<{ name: string; preferredLocale: string } | undefined>;
  /**
   * Sends the presser a sample note, so that they know what a note looks like and closed DMs are found at once.
   * `lately`: nothing was sent, as they have had one, or it could not reach them, a moment ago.
   */
  sendSample: (press: ButtonInteraction<'cached' | 'raw'>) => Promise<Sent | 'lately'>;
  /** Somebody has answered those who reply to them, in another way than by a message: notes to these are off. */
  spoke: (act: Act) => void;
  /** Thanks for listening, from whoever was answered: counted once, and told to the replier if they want it. */
  thank: Thank;
  /** What a member may choose among there. */
  choices: (guild: string) => Choices;
  /** Opts a member out at once, also of a reply that is being written. */
  stopNotes: (guild: string, user: string) => Promise<void>;
  /** Deletes all that is kept of a server and its members, at once, also for a reply that is being written. */
  deleteServer: (guild: string) => Promise<void>;
  /** What is kept of one person; `forget` is at once and everywhere, also for a reply that is being written. */
  person: Store['person'];
  /** What Discord was told of every unit, and what each is for. */
  commands: readonly Told[];
  /** Which Attune this is. */
  version: string;
};
export type Service = keyof Services;
