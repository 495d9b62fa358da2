/** Holds what the page knows, the socket, and the acts of the person who is looked through. */
import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { type Connection, connect } from './connection.ts';
import { DialogLayer } from './dialog-layer.tsx';
import type { Go } from './go.ts';
import { createHands } from './hands.ts';
import { keep, recall } from './memory.ts';
import { placeNamed } from './names.ts';
import { Shell } from './shell.tsx';
import { beginning, type Change, changed, type State } from './state.ts';
import type { Acts } from './types.ts';

let sendings = 0;

export function App() {
  const [state, change] = useReducer<State, Change>(changed, beginning);
  const connection = useRef<Connection | undefined>(undefined);
  useEffect(() => {
    connection.current = connect(
      (message) => change({ t: 'heard', message, now: Date.now() }),
      (open) => change({ t: 'open', open }),
    );
  }, []);

  const { me, host, world, places, step, reached } = state;
  useEffect(() => {
    if (me !== undefined || !host) return;
    const kept = recall(host.town);
    const [first] = host.cast;
    if (kept && host.cast.some(({ id }) => id === kept.me)) change({ t: 'resume', kept });
    else if (first) change({ t: 'act as', person: first.id });
  }, [me, host]);
  // Once more for each new socket, after which the host is told anew.
  useEffect(() => {
    if (host && me !== undefined) connection.current?.view(me);
  }, [me, host]);
  const town = host?.town;
  useEffect(() => {
    if (town !== undefined && me !== undefined)
      keep(town, { me, places, ...(step !== undefined && { step }), ...(reached !== undefined && { reached }) });
  }, [town, me, places, step, reached]);

  const here = me === undefined ? undefined : places[me];
  useEffect(() => {
    // Where somebody begins, and where they go when the channel that they had open is gone.
    if (me === undefined || world?.me.id !== me || (here !== undefined && world.channels.has(here))) return;
    const start = placeNamed(world, '#support') ?? [...world.channels.values()].find(({ type }) => type === 0);
    if (start) change({ t: 'act as', person: me, at: start.id });
  }, [me, world, here]);

  const acts = useMemo<Acts | undefined>(() => {
    if (me === undefined || !connection.current) return undefined;
    return createHands(connection.current, me, {
      opened: (form, channel) => change({ t: 'dialogs', change: { form: { form, channel } } }),
      goTo: (channel) => change({ t: 'go to', channel }),
      dismiss: ({ id }) => change({ t: 'dismiss', message: id }),
      sending(channel, what) {
        sendings += 1;
        const n = sendings;
        change({ t: 'sending', sending: { n, person: me, channel, what } });
        return (failure) => change({ t: 'sent', n, failure });
      },
    });
  }, [me]);

  const go: Go = useMemo(
    () => ({
      change,
      to: (channel) => change({ t: 'go to', channel }),
      as: (person, at) => change({ t: 'act as', person, ...(at !== undefined && { at }) }),
      attempt: async (post, reply) => {
        if (!connection.current) throw new Error('The town does not answer.');
        return connection.current.attempt(post, reply);
      },
    }),
    [],
  );

  if (!host || !world || !acts)
    return (
      <main class="opening">
        <h1>{host?.title ?? 'Opening the town'}</h1>
        <p role="status">{state.open ? 'Opening …' : 'Waiting for the town …'}</p>
      </main>
    );
  const ready = { ...state, host, world };
  return (
    <>
      <Shell state={ready} acts={acts} go={go} />
      <DialogLayer state={ready} acts={acts} go={go} />
    </>
  );
}
