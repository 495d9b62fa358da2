/** What the page and the town say to each other over the one socket at `/town`: JSON, one message each. */
import type { APIApplicationCommandOptionChoice, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { Channel, Command, Guild, Me, Message, Person, Role } from './client/types.ts';

/** A file on its way to the town. */
export type Upload = { name: string; type: string; base64: string };

export type WorldData = {
  me: Me;
  bot: string;
  guilds: Guild[];
  people: Person[];
  roles: Role[];
  channels: Channel[];
  commands: Command[];
};

/** What somebody has not read yet: direct messages that came while somebody else looked. */
export type Mail = { to: string; channel: string; message: string };

/** A mark in the text of an entry; offsets in UTF-16 units. `strength` from 0 to 1. */
export type Mark = { start: number; end: number; label: string; strength: number };

/** Something that whoever opened the town tells its visitors, such as what a bot decided. */
export type PanelEntry = {
  id: string;
  /** ms since 1970 */
  at: number;
  channel?: string;
  message?: string;
  who?: string;
  /** The message that it is about an answer to: a lead, and the words that lead there by a press. */
  answers?: { lead: string; words: string; channel: string; message: string };
  headline: string;
  reason: string;
  tone: 'quiet' | 'acted' | 'failed';
  text?: string;
  marks?: Mark[];
  bars?: { label: string; value: number }[];
};

export type PanelWords = {
  title: string;
  empty: string;
  note?: string;
  /** Absent: nothing can be tried. */
  trying?: {
    title: string;
    hint: string;
    post: string;
    reply: string;
    press: string;
    examplePost: string;
    exampleReply: string;
  };
};

/** What ends a step of the tour. */
export type TourGoal =
  | { who: string; says: string }
  | { who: string; hears: 'dm' }
  /** `setup`: the command of this name; `setup:`: a button or select whose custom id begins so. */
  | { who: string; uses: string };

export type TourStep = {
  id: string;
  title: string;
  /** Discord's markdown is not drawn here: plain paragraphs. */
  text: string;
  /** Whom to act as, by name. */
  as?: string;
  /** Where to look: `#name` or `dm`. */
  at?: string;
  /** Goes into the message box by a press. */
  suggest?: string;
  /** What is said while the goal was not reached. */
  waiting?: string;
  goal?: TourGoal;
  /** What is said once it is reached. */
  reached?: string;
  /** Offers every command of the application, each by a press: those named here first, and as they say. */
  uses?: TourUse[];
};

/** How a command is tried: as whom, and on whose newest message. Absent: as whoever one is, on the newest message. */
export type TourUse = {
  /** Its name, without a slash. */
  name: string;
  as?: string;
  of?: string;
  /** What is said where there is no such message yet. */
  missing?: string;
};

/** The tour's own words. `step`: "{n} of {all}". */
export type TourWords = {
  title: string;
  start: string;
  skip: string;
  again: string;
  /** Leads to the step that offers the commands. */
  all: string;
  /** Above the commands that stand in the menu of a message. */
  inMenu: string;
  next: string;
  back: string;
  /** Puts the suggestion into the message box. */
  insert: string;
  finish: string;
  actingAs: string;
  steps: TourStep[];
};

/** What the host gave, once, right after the socket opened. */
export type Host = {
  /** Another one after each start: what was kept of one town means nothing in the next. */
  town: string;
  title: string;
  about: string;
  /** Whom one can act as, in the order of the switch. */
  cast: { id: string; name: string; part: string }[];
  panel?: PanelWords;
  tour?: TourWords;
};

export type FromPage =
  | { t: 'view'; as: string }
  | { t: 'act'; n: number; as: string; act: string; args: unknown[] }
  | { t: 'try'; n: number; post: string; reply: string };

/** What came of an act: a form that opened, a channel to go to, choices. */
export type ActResult = {
  form?: { id: string; modal: APIModalInteractionResponseCallbackData };
  channel?: string;
  choices?: APIApplicationCommandOptionChoice[];
  /** The application did not answer, in the client's words. */
  failed?: string;
};

export type FromTown =
  | { t: 'host'; host: Host; entries: PanelEntry[]; mail: Mail[] }
  | { t: 'world'; world: WorldData; messages: Message[] }
  | { t: 'shape'; world: WorldData }
  | { t: 'message'; message: Message; isNew: boolean }
  | { t: 'gone'; channel: string; ids: string[] }
  | { t: 'typing'; channel: string; person: string }
  | { t: 'mail'; mail: Mail }
  | { t: 'told'; entry: PanelEntry }
  /** A step's goal was reached. */
  | { t: 'reached'; step: string }
  | { t: 'done'; n: number; result: ActResult }
  | { t: 'tried'; n: number; entry: PanelEntry }
  | { t: 'refused'; n: number; why: string };
