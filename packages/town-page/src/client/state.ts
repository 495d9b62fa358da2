/** All that the page knows, and how each thing that is heard or done changes it. Pure. */
import type { FromTown, Host, Mail, PanelEntry, WorldData } from '../protocol.ts';
import { closeDialogs, type Dialogs, noDialogs } from './dialogs.ts';
import type { Kept } from './memory.ts';
import { isLater, newestOf, putIn, without } from './order.ts';
import type { Message, World } from './types.ts';

export type Pane = 'channels' | 'talk' | 'members' | 'panel';

/** A command on its way, or one that failed: shown at the end of its channel. */
export type Sending = { n: number; person: string; channel: string; what: string; failure?: string };

export type State = {
  open: boolean;
  host?: Host;
  entries: readonly PanelEntry[];
  mail: readonly Mail[];
  /** Whose eyes; the world may lag a moment behind. */
  me?: string;
  world?: World;
  messages: ReadonlyMap<string, readonly Message[]>;
  /** Which channel each person has open. */
  places: Readonly<Record<string, string>>;
  /** By person and channel: the newest message that they have read. */
  read: Readonly<Record<string, Readonly<Record<string, string>>>>;
  typing: Readonly<Record<string, Readonly<Record<string, number>>>>;
  dismissed: ReadonlySet<string>;
  sending: readonly Sending[];
  /** Text for the message box of the open channel. */
  insert?: { n: number; text: string } | undefined;
  inserts: number;
  /** The message that is marked after a jump. */
  marked?: string;
  pane: Pane;
  newDecisions: number;
  /** The step of the tour one is in; -1: its door; absent: not in it. */
  step?: number;
  reached?: string;
  /** The step is one that was under way before the page was loaded anew: it leads nowhere by itself. */
  resumed: boolean;
} & Dialogs;

export type Change =
  | { t: 'heard'; message: FromTown; now: number }
  | { t: 'open'; open: boolean }
  | { t: 'resume'; kept: Kept }
  | { t: 'act as'; person: string; at?: string }
  | { t: 'go to'; channel: string }
  | { t: 'pane'; pane: Pane }
  | { t: 'sending'; sending: Sending }
  | { t: 'sent'; n: number; failure?: string | undefined }
  | { t: 'dismiss'; message: string }
  | { t: 'insert'; text: string }
  | { t: 'mark'; message?: string }
  | { t: 'step'; step?: number }
  | { t: 'dialogs'; change: Partial<Dialogs> }
  | { t: 'typing ended'; channel: string; person: string };

export const beginning: State = {
  open: false,
  entries: [],
  mail: [],
  messages: new Map(),
  places: {},
  read: {},
  typing: {},
  dismissed: new Set(),
  sending: [],
  inserts: 0,
  pane: 'talk',
  newDecisions: 0,
  resumed: false,
  ...noDialogs,
};

export function changed(state: State, change: Change): State {
  switch (change.t) {
    case 'heard':
      return heard(state, change.message, change.now);
    case 'open':
      return { ...state, open: change.open };
    case 'resume':
      return { ...state, ...change.kept, resumed: change.kept.step !== undefined };
    case 'act as': {
      const { person, at } = change;
      if (person === state.me && at === undefined) return state;
      const places = at === undefined ? state.places : { ...state.places, [person]: at };
      const base = person === state.me ? state : closeDialogs(state);
      return seenPlace({ ...base, me: person, places, insert: undefined });
    }
    case 'go to': {
      if (state.me === undefined) return state;
      const places = { ...state.places, [state.me]: change.channel };
      const { marked: _, ...rest } = closeDialogs(state);
      return seenPlace({ ...rest, places, pane: 'talk', insert: undefined });
    }
    case 'pane':
      return { ...state, pane: change.pane, newDecisions: change.pane === 'panel' ? 0 : state.newDecisions };
    case 'sending':
      return { ...state, sending: [...state.sending, change.sending] };
    case 'sent': {
      const { n, failure } = change;
      const sending = state.sending.flatMap((one) => {
        if (one.n !== n) return [one];
        return failure === undefined ? [] : [{ ...one, failure }];
      });
      return { ...state, sending };
    }
    case 'dismiss':
      return { ...state, dismissed: new Set([...state.dismissed, change.message]) };
    case 'insert':
      return {
        ...state,
        insert: { n: state.inserts + 1, text: change.text },
        inserts: state.inserts + 1,
        pane: 'talk',
      };
    case 'mark': {
      const { marked: _, ...rest } = state;
      return change.message === undefined ? rest : { ...rest, marked: change.message };
    }
    case 'step': {
      const { step: _, reached: __, ...rest } = state;
      return change.step === undefined ? rest : { ...rest, step: change.step, resumed: false };
    }
    case 'dialogs':
      return { ...state, ...change.change };
    case 'typing ended':
      return { ...state, typing: withTyping(state, change.channel, change.person, undefined) };
  }
}

function heard(state: State, message: FromTown, now: number): State {
  switch (message.t) {
    case 'host': {
      const { host, entries, mail } = message;
      const isSame = state.host === undefined || state.host.town === host.town;
      // In another town nobody is who they were.
      return { ...(isSame ? state : { ...beginning, open: state.open }), host, entries, mail };
    }
    case 'world': {
      if (message.world.me.id !== state.me) return state;
      const messages = new Map<string, Message[]>();
      for (const one of message.messages) messages.set(one.channel_id, [...(messages.get(one.channel_id) ?? []), one]);
      return seenPlace(firstRead({ ...state, world: worldOf(message.world), messages }));
    }
    case 'shape':
      return message.world.me.id === state.me ? { ...state, world: worldOf(message.world) } : state;
    case 'message': {
      const { message: one } = message;
      const messages = new Map(state.messages);
      messages.set(one.channel_id, putIn(messages.get(one.channel_id) ?? [], one));
      const typing = withTyping(state, one.channel_id, one.author.id, undefined);
      return seenPlace({ ...state, messages, typing });
    }
    case 'gone': {
      const messages = new Map(state.messages);
      messages.set(message.channel, without(messages.get(message.channel) ?? [], message.ids));
      return { ...state, messages };
    }
    case 'typing':
      return { ...state, typing: withTyping(state, message.channel, message.person, now) };
    case 'mail':
      return { ...state, mail: [...state.mail, message.mail] };
    case 'told': {
      const entries = [...state.entries.slice(-99), message.entry];
      return { ...state, entries, newDecisions: state.pane === 'panel' ? 0 : state.newDecisions + 1 };
    }
    case 'reached': {
      const current = state.step === undefined ? undefined : state.host?.tour?.steps[state.step];
      return current?.id === message.step ? { ...state, reached: message.step } : state;
    }
    default:
      return state;
  }
}

const byId = <T extends { id: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((one) => [one.id, one]));

export const worldOf = (data: WorldData): World => ({
  me: data.me,
  bot: data.bot,
  guilds: data.guilds,
  people: byId(data.people),
  roles: byId(data.roles),
  channels: byId(data.channels),
  commands: byId(data.commands),
});

function withTyping(state: State, channel: string, person: string, since: number | undefined): State['typing'] {
  const { [person]: _, ...others } = state.typing[channel] ?? {};
  return { ...state.typing, [channel]: since === undefined ? others : { ...others, [person]: since } };
}

/** The first time that one looks through somebody's eyes, only mail is new to them. */
function firstRead(state: State): State {
  const { me, read } = state;
  if (me === undefined || read[me]) return state;
  const mailboxes = new Set(state.mail.filter(({ to }) => to === me).map(({ channel }) => channel));
  const own: Record<string, string> = {};
  for (const [channel, messages] of state.messages) {
    const last = newestOf(messages);
    if (last && !mailboxes.has(channel)) own[channel] = last.id;
  }
  return { ...state, read: { ...read, [me]: own } };
}

/** What is open is read. */
function seenPlace(state: State): State {
  const { me, world } = state;
  if (me === undefined || world?.me.id !== me) return state;
  const place = state.places[me];
  const last = place === undefined ? undefined : newestOf(state.messages.get(place) ?? []);
  if (place === undefined || !last || !isLater(last.id, state.read[me]?.[place])) return state;
  return { ...state, read: { ...state.read, [me]: { ...state.read[me], [place]: last.id } } };
}

/** How many messages of a channel its viewer has not read. */
export function unreadIn(state: State, channel: string): number {
  const { me } = state;
  if (me === undefined) return 0;
  const until = state.read[me]?.[channel];
  const messages = state.messages.get(channel) ?? [];
  return messages.filter(({ id, author }) => author.id !== me && isLater(id, until)).length;
}

/** How many messages from the application wait for somebody. */
export const mailFor = (state: State, person: string): number =>
  state.mail.filter(({ to, channel, message }) => to === person && isLater(message, state.read[person]?.[channel]))
    .length;
