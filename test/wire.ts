import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire to a port on this machine that can be cut, or go silent as a network does that drops packets. */
export type Wire = {
  port: number;
  /** Ends all connections and takes no new ones. */
  cut(): void;
  /** Nothing gets through any more, and nobody is told. */
  silence(): void;
  /** New connections get through again; those that went silent stay so. */
  mend(): void;
  close(): Promise<void>;
};

/** @param through what becomes of what is sent, either way; undefined: it is lost, and all that comes after it on that connection. */
export async function openWire(
  to: number,
  through: (bytes: Buffer) => Buffer | undefined = (bytes) => bytes,
): Promise<Wire> {
  let how: 'open' | 'cut' | 'silent' = 'open';
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (how === 'cut') return void near.destroy();
    const far = connect(to, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('data', (bytes) => {
        if (how !== 'open' || silenced.has(near)) return;
        const passed = through(bytes);
        if (passed === undefined) silenced.add(near);
        else other.write(passed);
      });
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        if (!silenced.has(near)) other.destroy();
      });
    }
    if (how === 'silent') silenced.add(near);
    nears.add(near);
  });
  const nears = new Set<Socket>();
  const silenced = new WeakSet<Socket>();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      how = 'cut';
      for (const socket of sockets) socket.destroy();
    },
    silence() {
      how = 'silent';
      for (const near of nears) silenced.add(near);
    },
    mend() {
      how = 'open';
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
