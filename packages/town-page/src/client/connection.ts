/** The one socket to the town: says what the visitor does, hears what their person may know, comes back when it was cut. */
import type { ActResult, FromPage, FromTown, PanelEntry } from '../protocol.ts';

export type Connection = {
  view(person: string): void;
  act(as: string, verb: string, args: readonly unknown[]): Promise<ActResult>;
  attempt(post: string, reply: string): Promise<PanelEntry>;
};

type Waiting = { done(answer: FromTown): void; failed(error: Error): void };

const retryMs = 1_000;
const lost = 'The town does not answer. Is it still running?';

/** `hear` gets everything but answers to acts; `isOpen` is told when the socket opens and when it is lost. */
export function connect(hear: (message: FromTown) => void, isOpen: (open: boolean) => void): Connection {
  const waiting = new Map<number, Waiting>();
  let socket: WebSocket | undefined;
  let last = 0;

  function open(): void {
    const next = new WebSocket(`${location.origin.replace('http', 'ws')}/town`);
    next.onopen = () => {
      socket = next;
      isOpen(true);
    };
    next.onmessage = ({ data }) => take(JSON.parse(String(data)) as FromTown);
    next.onclose = () => {
      socket = undefined;
      isOpen(false);
      for (const { failed } of waiting.values()) failed(new Error(lost));
      waiting.clear();
      setTimeout(open, retryMs);
    };
  }

  function take(message: FromTown): void {
    if (message.t !== 'done' && message.t !== 'tried' && message.t !== 'refused') {
      hear(message);
      return;
    }
    const asked = waiting.get(message.n);
    waiting.delete(message.n);
    if (message.t === 'refused') asked?.failed(new Error(message.why));
    else asked?.done(message);
  }

  const send = (message: FromPage) => socket?.send(JSON.stringify(message));

  function ask(make: (n: number) => FromPage): Promise<FromTown> {
    if (!socket) return Promise.reject(new Error(lost));
    return new Promise((done, failed) => {
      last += 1;
      waiting.set(last, { done, failed });
      send(make(last));
    });
  }

  open();
  return {
    view(person) {
      send({ t: 'view', as: person });
    },
    async act(as, act, args) {
      const answer = await ask((n) => ({ t: 'act', n, as, act, args: [...args] }));
      return answer.t === 'done' ? answer.result : {};
    },
    async attempt(post, reply) {
      const answer = await ask((n) => ({ t: 'try', n, post, reply }));
      if (answer.t !== 'tried') throw new Error(lost);
      return answer.entry;
    },
  };
}
