/** A gateway that drops its bot now and then, and tells what was missed when it comes back. */
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

/** How a connection ends: closed so that it may be resumed, asked to come anew, cut, or with its session gone. */
export const drops = ['closed', 'reconnect', 'cut', 'forgotten'] as const;
export type Drop = (typeof drops)[number];

type Kept = { s: number; text: string };
type Session = { id: string; s: number; kept: Kept[]; socket: WebSocket | undefined };

/** Events that are kept for a bot that comes back; who missed more begins anew. */
const mostKept = 20_000;

export type Gateway = ReturnType<typeof openGateway>;

/** @param begin sends what a new session is told, READY first. */
export function openGateway(server: Server, begin: (session: string, send: (t: string, d: object) => void) => void) {
  let session: Session | undefined;
  let sessions = 0;
  let isForgotten = false;
  let mostUnread = 0;
  const counts = { begun: 0, resumed: 0, dropped: 0 };

  const dispatch = (t: string, d: object): void => {
    if (!session) return;
    session.s += 1;
    const text = JSON.stringify({ op: 0, s: session.s, t, d });
    session.kept.push({ s: session.s, text });
    if (session.kept.length > mostKept) session.kept.splice(0, mostKept / 10);
    const { socket } = session;
    socket?.send(text);
    mostUnread = Math.max(mostUnread, socket?.bufferedAmount ?? 0);
  };

  const resume = (socket: WebSocket, id: string, seq: number): void => {
    const known = session?.id === id && !isForgotten && seq >= (session.kept[0]?.s ?? 1) - 1;
    if (!known || !session) {
      socket.send(JSON.stringify({ op: 9, d: false }));
      return;
    }
    counts.resumed += 1;
    for (const { s, text } of session.kept) if (s > seq) socket.send(text);
    session.socket = socket;
    dispatch('RESUMED', {});
  };

  const identify = (socket: WebSocket): void => {
    sessions += 1;
    isForgotten = false;
    counts.begun += 1;
    session = { id: `session-${sessions}`, s: 0, kept: [], socket };
    begin(session.id, dispatch);
  };

  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = undefined;
    });
    socket.on('message', (data: Buffer) => {
      const { op, d } = JSON.parse(data.toString()) as { op: number; d: { session_id: string; seq: number } };
      if (op === 1) socket.send(JSON.stringify({ op: 11 }));
      if (op === 2) identify(socket);
      if (op === 6) resume(socket, d.session_id, d.seq);
    });
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
  });

  return {
    /** What happens; a bot that is away is told when it resumes. */
    dispatch,
    get isThere() {
      return session?.socket?.readyState === 1;
    },
    drop(how: Drop): void {
      const socket = session?.socket;
      if (!session || !socket) return;
      counts.dropped += 1;
      session.socket = undefined;
      if (how === 'forgotten') isForgotten = true;
      if (how === 'cut') socket.terminate();
      else if (how === 'reconnect') socket.send(JSON.stringify({ op: 7, d: null }));
      else socket.close(4000, 'unknown error');
    },
    /** `mostUnread`: bytes that lay before a bot that had not read them. */
    figures: () => ({ ...counts, mostUnread }),
  };
}
