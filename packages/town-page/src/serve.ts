/** The page of a town: serves it, keeps one socket with each visitor, and tells them what their person may know. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Town } from '@attune/town';
import { type WebSocket, WebSocketServer } from 'ws';
import { bundlePage } from './bundle.ts';
import { document, icon } from './document.ts';
import { goalWatch } from './goals.ts';
import type { FromTown, Host, PanelEntry, PanelWords, TourWords } from './protocol.ts';
import { allMail, mailIn } from './snapshot.ts';
import { createVisit } from './visit.ts';

export type { PanelEntry, PanelWords, TourGoal, TourStep, TourWords } from './protocol.ts';

export type PageOptions = {
  title: string;
  about: string;
  /** Whom visitors can act as, with the part that each plays. */
  cast: readonly { name: string; part: string }[];
  /** What the host tells beside the conversation. `read` answers what a visitor tries. */
  panel?: PanelWords & { read?(post: string, reply: string): Promise<PanelEntry> };
  tour?: TourWords;
};

export type Page = {
  /** Shows an entry to everybody, and to those who come later. */
  tell(entry: PanelEntry): void;
};

/** How many entries are kept for those who come later. */
const mostEntries = 100;
const largestFrame = 40 * 1024 * 1024;

/** Puts the page at the town's address. It is never served anywhere else. */
export async function servePage(town: Town, options: PageOptions): Promise<Page> {
  const { panel, tour } = options;
  const { script, style } = await bundlePage();
  const files: Record<string, { type: string; body: string }> = {
    '/': { type: 'text/html', body: document(options.title) },
    '/page.js': { type: 'text/javascript', body: script },
    '/page.css': { type: 'text/css', body: style },
    '/icon.svg': { type: 'image/svg+xml', body: icon },
  };
  const entries: PanelEntry[] = [];
  const open = new Set<(message: FromTown) => void>();
  const tellAll = (message: FromTown) => {
    for (const send of open) send(message);
  };

  const id = randomUUID();
  const host = (): Host => ({
    town: id,
    title: options.title,
    about: options.about,
    cast: options.cast.map(({ name, part }) => ({ ...idAndName(town, name), part })),
    ...(panel && { panel: withoutRead(panel) }),
    ...(tour && { tour }),
  });

  town.on((event) => {
    if (event.t !== 'MESSAGE_CREATE') return;
    const mail = mailIn(town.world, event.d as Parameters<typeof mailIn>[1]);
    if (mail) tellAll({ t: 'mail', mail });
  });
  if (tour) goalWatch(town, tour.steps, (step) => tellAll({ t: 'reached', step }));

  let closed = false;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame });
  const welcome = (socket: WebSocket) => {
    const send = (message: FromTown) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    };
    const visit = createVisit(town, send, panel?.read);
    open.add(send);
    send({ t: 'host', host: host(), entries, mail: allMail(town.world) });
    socket.on('message', (data) => {
      try {
        if (!closed) visit.hear(String(data));
      } catch {
        // Whatever a page sends, it ends no more than itself.
        socket.terminate();
      }
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      open.delete(send);
      visit.close();
    });
  };

  town.mount({
    request(request: IncomingMessage, response: ServerResponse, path: string) {
      const file = request.method === 'GET' || request.method === 'HEAD' ? files[path] : undefined;
      if (!file) return false;
      response.writeHead(200, { ...headers(town.origin), 'content-type': `${file.type}; charset=utf-8` });
      response.end(request.method === 'HEAD' ? undefined : file.body);
      return true;
    },
    upgrade(request, socket, head, path) {
      // A browser always names where a page came from; the door has checked that it is this address.
      if (closed || path !== '/town' || request.headers.origin === undefined) return false;
      sockets.handleUpgrade(request, socket, head, welcome);
      return true;
    },
    close() {
      closed = true;
      for (const socket of sockets.clients) socket.terminate();
    },
  });

  return {
    tell(entry) {
      entries.push(entry);
      if (entries.length > mostEntries) entries.shift();
      tellAll({ t: 'told', entry });
    },
  };
}

function idAndName(town: Town, name: string): { id: string; name: string } {
  return { id: town.person(name).id, name };
}

function withoutRead({ read: _, ...words }: NonNullable<PageOptions['panel']>): PanelWords {
  return words;
}

/** Nothing from elsewhere, nothing inline, nothing kept. */
const headers = (origin: string) => ({
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' ${origin} data: blob:`,
    `media-src 'self' ${origin}`,
    `connect-src 'self' ${origin} ${origin.replace('http', 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});
