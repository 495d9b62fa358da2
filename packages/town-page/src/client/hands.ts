/** The acts of the person who is looked through, as the parts of the page call them. */
import type { ActResult, Upload } from '../protocol.ts';
import type { Connection } from './connection.ts';
import type { Acts, Form, Pointed } from './types.ts';

export type Effects = {
  /** A form opened; `channel`: where it was asked for. */
  opened(form: Form, channel: string): void;
  /** Somewhere to go to. */
  goTo(channel: string): void;
  /** A command is on its way; the returned function is told how it ended. */
  sending(channel: string, what: string): (failure?: string) => void;
  dismiss(message: Pointed): void;
};

export function createHands({ act }: Connection, me: string, { opened, goTo, sending, dismiss }: Effects): Acts {
  const does = async (verb: string, ...args: unknown[]): Promise<ActResult> => act(me, verb, args);
  const only = async (verb: string, ...args: unknown[]): Promise<void> => void (await does(verb, ...args));
  const thenGo = async (verb: string, ...args: unknown[]): Promise<void> => {
    const { channel } = await does(verb, ...args);
    if (channel !== undefined) goTo(channel);
  };
  const point = ({ id, channel_id }: Pointed): Pointed => ({ id, channel_id });

  /** A component or a form: says aloud when the application did not answer. */
  const uses = async (channel: string, verb: string, ...args: unknown[]): Promise<void> => {
    const { form, failed } = await does(verb, ...args);
    if (failed !== undefined) throw new Error(failed);
    if (form) opened(form, channel);
  };
  /** A command: once it was sent, what becomes of it is shown in the channel. */
  const sends = async (channel: string, what: string, verb: string, ...args: unknown[]): Promise<void> => {
    const end = sending(channel, what);
    try {
      const { form, failed } = await does(verb, ...args);
      end(failed);
      if (form) opened(form, channel);
    } catch (error) {
      end();
      throw error;
    }
  };

  return {
    async says(channel, text, { replyTo, ping, files = [] } = {}) {
      const uploads = await Promise.all(files.map(upload));
      const how = { files: uploads, ping, ...(replyTo && { replyTo: point(replyTo) }) };
      await only('says', channel, text, how);
    },
    edits: (message, text) => only('edits', point(message), text),
    deletes: (message) => only('deletes', point(message)),
    reacts: (message, emoji) => only('reacts', point(message), emoji),
    unreacts: (message, emoji) => only('unreacts', point(message), emoji),
    pins: (message) => only('pins', point(message)),
    forwards: (message, to) => thenGo('forwards', point(message), to),
    async posts(forum, title, text, { tags = [], files = [] } = {}) {
      await thenGo('posts', forum, title, text, { tags, files: await Promise.all(files.map(upload)) });
    },
    startsThread: (from, name) => thenGo('startsThread', typeof from === 'string' ? from : point(from), name),
    startsPrivateThread: (channel, name, invites) => thenGo('startsPrivateThread', channel, name, invites),
    archives: (thread) => only('archives', thread),
    types: (channel) => only('types', channel),
    opensDmWith: (person) => thenGo('opensDmWith', person),
    closesDms: () => only('closesDms'),
    opensDms: () => only('opensDms'),
    async runs(channel, command, path, options) {
      const what = `/${[command.name, ...path].join(' ')}`;
      await sends(channel, what, 'runs', channel, command.name, path, await withFiles(options));
    },
    async completes(channel, command, path, options, focused) {
      const given = await withFiles(options);
      const { choices } = await does('completes', channel, command.name, path, given, focused);
      return choices ?? [];
    },
    usesMenu: (message, { name }) => sends(message.channel_id, name, 'usesMenu', point(message), name),
    usesMenuOn: (channel, person, { name }) => sends(channel, name, 'usesMenuOn', channel, person, name),
    presses: (message, customId) => uses(message.channel_id, 'presses', point(message), customId),
    selects: (message, customId, values) => uses(message.channel_id, 'selects', point(message), customId, values),
    async submits(form, fields) {
      const given: Record<string, unknown> = {};
      for (const [name, value] of Object.entries(fields)) given[name] = await sendable(value);
      await uses('', 'submits', form.id, given);
    },
    dismisses: dismiss,
  };
}

async function withFiles(values: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) made[name] = await sendable(value);
  return made;
}

async function sendable(value: unknown): Promise<unknown> {
  if (value instanceof File) return upload(value);
  return Array.isArray(value) ? Promise.all(value.map(sendable)) : value;
}

async function upload(file: File): Promise<Upload> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error(`${file.name} could not be read.`));
    reader.readAsDataURL(file);
  });
  return { name: file.name, type: file.type, base64: url.slice(url.indexOf(',') + 1) };
}
