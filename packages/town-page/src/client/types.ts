/** What the page knows and can do: plain values from the snapshot, promise functions, and what its parts hand each other. */
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIGuildForumTag,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  ChannelType,
} from 'discord-api-types/v10';
import type { ComponentChildren } from 'preact';

export type Person = {
  id: string;
  /** What is shown: "Ana". */
  name: string;
  username: string;
  bot: boolean;
  /** Ids of roles in the guild, without @everyone. */
  roles: readonly string[];
};

/** The person through whose eyes one looks. */
export type Me = Person & { dmsOpen: boolean; locale: string };

export type Role = { id: string; name: string; color: number; position: number };

export type Guild = { id: string; name: string; members: readonly string[] };

/** What the person who looks may do in a channel: what Discord's client asks before it offers something. */
export type May = {
  write: boolean;
  attach: boolean;
  react: boolean;
  startThreads: boolean;
  /** Delete and pin what others wrote. */
  manageMessages: boolean;
  manageThreads: boolean;
  useCommands: boolean;
  mentionEveryone: boolean;
};

export type ThreadState = {
  owner: string;
  archived: boolean;
  locked: boolean;
  /** Ids of the forum's tags. */
  tags: readonly string[];
  messages: number;
  joined: boolean;
};

export type Channel = {
  id: string;
  type: ChannelType;
  /** '' for direct messages: show the name of the other person (`with`). */
  name: string;
  /** Absent: direct messages. */
  guild?: string;
  parent: string | null;
  position: number;
  topic: string | null;
  /** Of a forum. */
  tags: readonly APIGuildForumTag[];
  thread?: ThreadState;
  /** Of direct messages: the other person. */
  with?: string;
  may: May;
  lastMessage: string | null;
  /** Ids of the commands that the picker and the menus show here. */
  commands: readonly string[];
};

export type Command = APIApplicationCommand;

/**
 * A message as the viewer sees it, from `GET /messages`' shape. Files are at `new URL(attachment.url).pathname` of this
 * page's own address. `flags & MessageFlags.Loading`: a deferred answer that is still "thinking".
 */
export type Message = APIMessage & { ephemeral: boolean };

export type World = {
  me: Me;
  /** The application's user. */
  bot: string;
  guilds: readonly Guild[];
  people: ReadonlyMap<string, Person>;
  roles: ReadonlyMap<string, Role>;
  /** Only those that the viewer may see; direct messages and threads, too. */
  channels: ReadonlyMap<string, Channel>;
  commands: ReadonlyMap<string, Command>;
};

export type Pointed = { id: string; channel_id: string };

/** A form (modal) that the application opened. `id` is the page's own handle on it. */
export type Form = { id: string; modal: APIModalInteractionResponseCallbackData };

/** By custom id. Text: string; checkbox: boolean; selects, radio and checkbox groups: values or ids; uploads: files. */
export type Fields = Record<string, string | boolean | readonly string[] | readonly File[]>;

/** By option name. User, channel, role, mentionable: an id. */
export type OptionValue = string | number | boolean | File;

export type Says = { replyTo?: Pointed; ping?: boolean; files?: readonly File[] };

/**
 * What the viewer does. Each resolves when the town has done it and rejects with a readable Error when the town (or the
 * application) refuses. A form that comes as the answer is opened by the app; nobody else needs to look for it.
 */
export type Acts = {
  says(channel: string, text: string, how?: Says): Promise<void>;
  edits(message: Pointed, text: string): Promise<void>;
  deletes(message: Pointed): Promise<void>;
  reacts(message: Pointed, emoji: string): Promise<void>;
  unreacts(message: Pointed, emoji: string): Promise<void>;
  pins(message: Pointed): Promise<void>;
  forwards(message: Pointed, toChannel: string): Promise<void>;
  /** Resolves with the post's channel, which the app opens. */
  posts(
    forum: string,
    title: string,
    text: string,
    how?: { tags?: readonly string[]; files?: readonly File[] },
  ): Promise<void>;
  /** From a message, or in a channel. The app opens it. */
  startsThread(from: Pointed | string, name: string): Promise<void>;
  startsPrivateThread(channel: string, name: string, invites: readonly string[]): Promise<void>;
  archives(thread: string): Promise<void>;
  types(channel: string): Promise<void>;
  opensDmWith(person: string): Promise<void>;
  closesDms(): Promise<void>;
  opensDms(): Promise<void>;
  /** `path`: the subcommand (group) names below the command, if any. Resolves when it was answered or deferred. */
  runs(
    channel: string,
    command: Command,
    path: readonly string[],
    options: Readonly<Record<string, OptionValue>>,
  ): Promise<void>;
  /** Choices for the option that is being typed into. Rejects with "Loading options failed". */
  completes(
    channel: string,
    command: Command,
    path: readonly string[],
    options: Readonly<Record<string, OptionValue>>,
    focused: string,
  ): Promise<readonly APIApplicationCommandOptionChoice[]>;
  /** A command of the message's Apps menu. */
  usesMenu(message: Pointed, command: Command): Promise<void>;
  /** A command of a person's Apps menu. */
  usesMenuOn(channel: string, person: string, command: Command): Promise<void>;
  /** Rejects with "This interaction failed" when the application does not answer. */
  presses(message: Pointed, customId: string): Promise<void>;
  /** Values of a string select; ids for the others. */
  selects(message: Pointed, customId: string, values: readonly string[]): Promise<void>;
  /** Rejects with "Something went wrong. Try again.": keep what was typed. */
  submits(form: Form, fields: Fields): Promise<void>;
  /** Hides an ephemeral message from this page, as Discord's "Dismiss message" does. */
  dismisses(message: Pointed): void;
};

/** Where on the screen something was asked for, in CSS pixels of the viewport; the element gets focus back. */
export type Anchor = { x: number; y: number; from: Element };

// ── B: client/message/message-view.tsx exports MessageView ──────────────────────────────────────────────────────

export type MessageViewProps = {
  message: Message;
  world: World;
  acts: Acts;
  /** Directly below one of the same author: without avatar and name. */
  compact: boolean;
  /** The page marks it for a moment after somebody jumped to it. */
  marked?: boolean;
  /** The message is being edited: drawn in place of its content (C's EditBox). */
  editor?: ComponentChildren;
  onReply(message: Message): void;
  onEdit(message: Message): void;
  onDelete(message: Message): void;
  /** "Add reaction": the app opens C's emoji picker there. */
  onReact(message: Message, at: Anchor): void;
  /** "More": the app opens C's message menu there (also by right click and by the keyboard). */
  onMenu(message: Message, at: Anchor): void;
  /** A channel mention, or a thread's card below its message. */
  onOpenChannel(channel: string): void;
  /** A slash command that was mentioned: goes into the message box. `text`: "/name sub". */
  onCommand(command: string, text: string): void;
  /** The reply line: shows the message that was answered. */
  onJump(message: Pointed): void;
};

// ── C: client/compose/{composer,edit-box,message-menu,emoji-picker,form-dialog,post-dialog,thread-dialog}.tsx ────────

export type ComposerProps = {
  world: World;
  channel: Channel;
  acts: Acts;
  /** Newest last: ArrowUp in the empty box edits the viewer's newest one. */
  messages: readonly Message[];
  replyTo?: Message;
  onCancelReply(): void;
  onEdit(message: Message): void;
  /** Text that something else (the tour, a command mention) puts into the box: each new `n` replaces what is there. */
  insert?: { n: number; text: string };
};

/** Enter saves, Escape ends; empty text asks to delete. */
export type EditBoxProps = {
  message: Message;
  world: World;
  acts: Acts;
  onDone(): void;
  onDelete(message: Message): void;
};

/** A menu with Reply, Edit, Delete, Add reaction, Pin, Create thread, Forward, Copy text, Apps ▸ as far as allowed. */
export type MessageMenuProps = {
  message: Message;
  /** Its Apps are open from the beginning, and this one has the focus. */
  app?: string;
  world: World;
  channel: Channel;
  acts: Acts;
  at: Anchor;
  onClose(): void;
  onReply(message: Message): void;
  onEdit(message: Message): void;
  onDelete(message: Message): void;
  onReact(message: Message, at: Anchor): void;
  onStartThread(message: Message): void;
  onForward(message: Message): void;
};

export type EmojiPickerProps = { at: Anchor; onPick(emoji: string): void; onClose(): void };

/** The application's form (modal). Closes itself by `onClose` once `acts.submits` resolved. */
export type FormDialogProps = { form: Form; world: World; channel: Channel; acts: Acts; onClose(): void };

export type PostDialogProps = { forum: Channel; world: World; acts: Acts; onClose(): void };

/** `from`: the message that the thread begins with; absent: in the channel. */
export type ThreadDialogProps = { channel: Channel; from?: Message; world: World; acts: Acts; onClose(): void };

/** Chooses where to forward to. */
export type ForwardDialogProps = { message: Message; world: World; acts: Acts; onClose(): void };
