import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Mendable } from '#mendable';
import type { Meter } from './meter.ts';

/** The port for the host alone, on 127.0.0.1: is Attune alive, is it ready, and what has it counted? */

export class HealthError extends Mendable {
  override name = 'HealthError';
}

export type HealthDoor = { port: number; close(): Promise<void> };

/**
 * Answers GET /healthz (200 while this process answers at all), /readyz (200 when messages and commands are heard, else
 * 503) and /metrics. Nothing is read of a request but its path. @throws HealthError when the port is taken
 */
export async function openHealth(
  port: number,
  { isReady, meter }: { isReady: () => boolean; meter: Pick<Meter, 'read'> },
): Promise<HealthDoor> {
  const answers: Record<string, () => Promise<readonly [status: number, text: string, type?: string]>> = {
    '/healthz': async () => [200, 'alive\n'],
    '/readyz': async () => (isReady() ? [200, 'ready\n'] : [503, 'not ready\n']),
    '/metrics': async () => {
      const { text, type } = await meter.read();
      return [200, text, type];
    },
  };
  const server = createServer({ maxHeaderSize: 4_096, requestTimeout: 5_000 }, (request, response) => {
    // Whatever is sent along is not waited for.
    response.shouldKeepAlive = false;
    const answer = request.method === 'GET' ? answers[request.url?.split('?')[0] ?? ''] : undefined;
    const told = answer?.() ?? Promise.resolve([404, 'There are /healthz, /readyz and /metrics.\n'] as const);
    told.then(
      ([status, text, type = 'text/plain']) => response.writeHead(status, { 'content-type': type }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.maxConnections = 20;
  await new Promise<void>((listening, failed) => {
    server.once('error', (cause) =>
      failed(
        new HealthError(`HEALTH_PORT ${port} cannot be used on 127.0.0.1. Take another one, or leave it empty.`, {
          cause,
        }),
      ),
    );
    server.listen(port, '127.0.0.1', () => listening());
  });
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
