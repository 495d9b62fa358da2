/** One session of a shard: its sequence, what it was sent, and the socket that it has just now, if any. */
import { randomBytes } from 'node:crypto';
import { GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';

/** How many events a session can be away for and still resume. */
const remembered = 20_000;

export type Session = {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  readonly seq: number;
  readonly connected: boolean;
  /** False once Discord has let go of it: a resume is refused. */
  resumable: boolean;
  attach(socket: WebSocket): void;
  detach(socket: WebSocket): void;
  readonly socket: WebSocket | undefined;
  /** Sends an event, or keeps it for the resume. */
  dispatch(t: string, d: object): void;
  /** Everything after `seq`, in order; false when that cannot be had any more. */
  replay(seq: number): boolean;
};

export const write = (socket: WebSocket | undefined, payload: object): void => {
  if (socket?.readyState === 1) socket.send(JSON.stringify(payload));
};

export function createSession(intents: number, shard: readonly [number, number]): Session {
  let seq = 0;
  let socket: WebSocket | undefined;
  const sent: { seq: number; text: string }[] = [];

  const session: Session = {
    id: randomBytes(16).toString('hex'),
    intents,
    shard,
    resumable: true,
    get seq() {
      return seq;
    },
    get connected() {
      return socket !== undefined;
    },
    get socket() {
      return socket;
    },
    attach(next) {
      socket = next;
    },
    detach(gone) {
      if (socket === gone) socket = undefined;
    },
    dispatch(t, d) {
      seq += 1;
      const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t, s: seq, d });
      sent.push({ seq, text });
      if (sent.length > remembered * 1.5) sent.splice(0, sent.length - remembered);
      if (socket?.readyState === 1) socket.send(text);
    },
    replay(from) {
      const first = sent[0]?.seq ?? seq + 1;
      if (from > seq || from + 1 < first) return false;
      for (const event of sent) if (event.seq > from) socket?.send(event.text);
      return true;
    },
  };
  return session;
}
