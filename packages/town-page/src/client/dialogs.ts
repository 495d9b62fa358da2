/** What is open above the conversation: at most one of each. */
import type { Anchor, Form, Message } from './types.ts';

export type Dialogs = {
  replyTo: Message | undefined;
  editing: string | undefined;
  /** `app`: the command of its Apps menu that is shown at once. */
  menu: { message: Message; at: Anchor; app?: string } | undefined;
  emoji: { message: Message; at: Anchor } | undefined;
  deleting: Message | undefined;
  forwarding: Message | undefined;
  form: { form: Form; channel: string } | undefined;
  /** A new post in this forum. */
  posting: string | undefined;
  threading: { channel: string; from?: Message } | undefined;
};

export const noDialogs: Dialogs = {
  replyTo: undefined,
  editing: undefined,
  menu: undefined,
  emoji: undefined,
  deleting: undefined,
  forwarding: undefined,
  form: undefined,
  posting: undefined,
  threading: undefined,
};

export const closeDialogs = <T extends Dialogs>(state: T): T => ({ ...state, ...noDialogs });
