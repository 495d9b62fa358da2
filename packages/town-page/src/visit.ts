/** One page that is open: whose eyes it looks through, what it is told, what it does. */

import type { Exchange, Town, WorldEvent } from '@attune/town';
import { asList, asObject } from '@attune/town/checks/read';
import { mayKnow } from '@attune/town/gateway/intents';
import { dmOf } from '@attune/town/world/places';
import type { APIMessage } from 'discord-api-types/v10';
import { createActs } from './acts.ts';
import type { FromTown, PanelEntry } from './protocol.ts';
import { answersTo, messageFor, messagesFor, worldView } from './snapshot.ts';

/** After these the page gets everything anew: who sees what may have changed. */
const upheavals = /^(GUILD_|CHANNEL_)/;
/** How long changes are gathered before the page is told of the new shape of things, in ms. */
const gather = 15;

export type Visit = { hear(text: string): void; close(): void };

export function createVisit(
  town: Town,
  send: (message: FromTown) => void,
  read?: (post: string, reply: string) => Promise<PanelEntry>,
): Visit {
  const { world } = town;
  const acts = createActs(town);
  let viewer: string | undefined;
  let pending: { whole: boolean; timer: NodeJS.Timeout } | undefined;

  function soon(whole: boolean): void {
    if (pending) {
      pending.whole ||= whole;
      return;
    }
    const timer = setTimeout(() => {
      const everything = pending?.whole === true;
      pending = undefined;
      if (everything) show();
      else if (viewer !== undefined) send({ t: 'shape', world: worldView(world, viewer) });
    }, gather);
    pending = { whole, timer };
  }

  function show(): void {
    if (viewer === undefined) return;
    send({ t: 'world', world: worldView(world, viewer), messages: messagesFor(world, viewer) });
  }

  function showMessage(pointed: { id: string; channel_id: string }, isNew: boolean): void {
    const message = viewer === undefined ? undefined : messageFor(world, pointed, viewer);
    if (message) send({ t: 'message', message, isNew });
  }

  function again(channel: string, ids: readonly string[]): void {
    for (const id of ids) for (const answer of answersTo(world, channel, id)) showMessage(answer, false);
  }

  function onEvent(event: WorldEvent): void {
    const { t, d } = event;
    if (viewer === undefined || !mayKnow(world, event, viewer)) return;
    if (t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE') {
      const message = d as APIMessage;
      showMessage(message, t === 'MESSAGE_CREATE');
      if (t === 'MESSAGE_UPDATE') again(message.channel_id, [message.id]);
      if (t === 'MESSAGE_CREATE' && world.channels.get(message.channel_id)?.thread) soon(false);
    } else if (t === 'MESSAGE_DELETE' || t === 'MESSAGE_DELETE_BULK') {
      const { id, ids, channel_id } = asObject(d);
      const gone = ids === undefined ? [String(id)] : asList(ids).map(String);
      send({ t: 'gone', channel: String(channel_id), ids: gone });
      again(String(channel_id), gone);
    } else if (t.startsWith('MESSAGE_REACTION')) {
      const { message_id, channel_id } = asObject(d);
      showMessage({ id: String(message_id), channel_id: String(channel_id) }, false);
    } else if (t === 'TYPING_START') {
      const { channel_id, user_id } = asObject(d);
      if (user_id !== viewer) send({ t: 'typing', channel: String(channel_id), person: String(user_id) });
    } else if (t.startsWith('THREAD_')) {
      soon(false);
      const thread = asObject(d);
      // The message that a thread begins with shows it.
      if (typeof thread.parent_id === 'string')
        showMessage({ id: String(thread.id), channel_id: thread.parent_id }, false);
    } else if (upheavals.test(t)) soon(true);
  }

  /** The bot has registered its commands anew, or an administrator has decided about one. */
  function onExchange({ method, path }: Exchange): void {
    if (method !== 'GET' && path.includes('/commands')) soon(false);
  }

  async function act(n: number, as: string, verb: string, args: unknown[]): Promise<void> {
    try {
      const result = await acts.act(as, verb, args);
      if (verb.endsWith('Dms')) soon(false);
      // Where the page is sent to, it must know of before it goes there.
      if (result.channel !== undefined && viewer !== undefined) send({ t: 'shape', world: worldView(world, viewer) });
      send({ t: 'done', n, result });
    } catch (error) {
      send({ t: 'refused', n, why: error instanceof Error ? error.message : 'Something went wrong. Try again.' });
    }
  }

  async function attempt(n: number, post: string, reply: string): Promise<void> {
    try {
      if (!read) throw new Error('Nothing can be tried here.');
      send({ t: 'tried', n, entry: await read(post, reply) });
    } catch (error) {
      send({ t: 'refused', n, why: error instanceof Error ? error.message : 'Something went wrong. Try again.' });
    }
  }

  const stops = [town.on(onEvent), town.onExchange(onExchange)];

  return {
    hear(text) {
      const message = asObject(parsed(text));
      const n = typeof message.n === 'number' ? message.n : 0;
      if (message.t === 'view' && world.people.has(textIn(message.as))) {
        viewer = textIn(message.as);
        // Their conversation with the bot is there to be opened, before anything was said in it.
        dmOf(world, viewer, world.bot.user.id);
        show();
      } else if (message.t === 'act') void act(n, textIn(message.as), textIn(message.act), asList(message.args));
      else if (message.t === 'try') void attempt(n, textIn(message.post), textIn(message.reply));
    },
    close() {
      clearTimeout(pending?.timer);
      for (const stop of stops) stop();
    },
  };
}

/** What is sent may be anything; an object can even refuse to become a text. */
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
