/** The door of the town: one HTTP server on this machine only, for the API, the gateway, files and what is mounted. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Upload } from '#checks/message';

/** Something else that lives at this address. Answers true when the request was its own. */
export type Mount = {
  request?(request: IncomingMessage, response: ServerResponse, path: string): boolean | Promise<boolean>;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer, path: string): boolean;
  /** The door closes: lets go of the sockets that it took over, which nobody else can reach. */
  close?(): void;
};

export type Door = {
  port: number;
  origin: string;
  mount(mount: Mount): void;
  close(): Promise<void>;
};

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);
const largest = 30 * 1024 * 1024;
/** Of all bodies on their way together; who sends little is not held up by those who send much. */
const mostHeld = 2 * largest;
const little = 64 * 1024;
/** Milliseconds until a request must have ended. */
const patience = 60_000;

/** Opens the door. Refuses every address but this machine's own. */
export async function openDoor(host: string, port: number): Promise<Door> {
  if (!loopback.has(host)) throw new Error(`The town listens on this machine only (127.0.0.1), not on ${host}.`);
  const mounts: Mount[] = [];
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end('{"message":"500: Internal Server Error","code":0}');
    });
  });
  server.requestTimeout = patience;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const names = new Set(['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${bound}`));
  const isOurs = ({ headers: { host: named, origin } }: IncomingMessage) =>
    names.has(named ?? '') && (origin === undefined || names.has(origin.replace(/^http:\/\//, '')));

  async function serve(request: IncomingMessage, response: ServerResponse) {
    if (!isOurs(request)) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('This is a town on this machine only.');
      return;
    }
    const path = pathOf(request);
    if (path === undefined) return void response.writeHead(400).end();
    if (Number(request.headers['content-length']) > largest)
      return void response.writeHead(413, { connection: 'close' }).end();
    for (const mount of mounts) if (await mount.request?.(request, response, path)) return;
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"404: Not Found","code":0}');
  }

  server.on('upgrade', (request, socket, head) => {
    // Nobody else hears of what goes wrong here, and an error that nobody hears ends the process.
    socket.on('error', () => socket.destroy());
    try {
      const path = isOurs(request) ? pathOf(request) : undefined;
      if (path !== undefined && mounts.some((mount) => mount.upgrade?.(request, socket, head, path))) return;
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    } catch {
      socket.destroy();
    }
  });

  return {
    port: bound,
    origin: `http://127.0.0.1:${bound}`,
    mount: (mount) => void mounts.push(mount),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const mount of mounts) mount.close?.();
        server.closeAllConnections();
      }),
  };
}

/** Undefined for what is no path. Two slashes at its beginning name no other host. */
function pathOf({ url = '/' }: IncomingMessage): string | undefined {
  return url.startsWith('/') ? URL.parse(`http://town${url}`)?.pathname : undefined;
}

let held = 0;

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.byteLength;
      held += part.byteLength;
      if (size > largest || (size > little && held > mostHeld))
        throw new Error('That is more than a request may hold.');
      parts.push(part);
    }
    return Buffer.concat(parts);
  } finally {
    held -= size;
  }
}

export type Body = { json: unknown; uploads: Upload[]; broken: boolean };

/** JSON, or a multipart form with `payload_json` and `files[n]`. */
export async function formOf(request: IncomingMessage): Promise<Body> {
  const bytes = await bodyOf(request);
  const type = request.headers['content-type'] ?? '';
  if (bytes.byteLength === 0) return { json: undefined, uploads: [], broken: false };
  if (!type.startsWith('multipart/form-data')) return { ...parsed(bytes.toString('utf8')), uploads: [] };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const uploads: Upload[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') continue;
    const key = /^files\[(\d+)\]$/.exec(field)?.[1] ?? field;
    const content = new Uint8Array(await value.arrayBuffer());
    uploads.push({ key, name: value.name, type: value.type || 'application/octet-stream', bytes: content });
  }
  const json = form.get('payload_json');
  return { ...(typeof json === 'string' ? parsed(json) : { json: undefined, broken: false }), uploads };
}

function parsed(text: string): { json: unknown; broken: boolean } {
  try {
    return { json: JSON.parse(text), broken: false };
  } catch {
    return { json: undefined, broken: true };
  }
}
