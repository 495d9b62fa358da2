import { expect } from 'vitest';
import { openTown, type Setup } from '../town.ts';

/** The bot in the town, watched: what it says to whom, what it logs, and whether a fault of it was left unheard. */

/** What is gone is no fault, as a message may go at any time; nor is a press that comes twice and is answered already. */
const isFine = (status: number, response: unknown) =>
  [200, 201, 204, 404].includes(status) || (response as { code?: number } | undefined)?.code === 40060;

type Body = { data?: Body; content?: unknown; components?: unknown; type?: number; allowed_mentions?: object };

export type Watched = Awaited<ReturnType<typeof openWatched>>;

export async function openWatched(setup: Setup = {}) {
  const log: { level: string; msg: string; [more: string]: unknown }[] = [];
  const unheard: unknown[] = [];
  const sent: { path: string; body: Body; refusal?: unknown }[] = [];
  const note = (error: unknown) => void unheard.push(error);
  process.on('unhandledRejection', note).on('uncaughtException', note);
  const town = await openTown({
    ...setup,
    onLog: (line) => log.push(line),
    onExchange: ({ method, path, request, status, response }) => {
      if (method === 'GET' || path.includes('/commands')) return;
      sent.push({
        path,
        body: (request ?? {}) as Body,
        ...(!isFine(status, response) && { refusal: response ?? status }),
      });
    },
  });
  return {
    ...town,
    log,
    sent,
    /** Nothing that was sent since the last look can ping, or was refused by Discord; and no fault went unheard. */
    expectHarmless(): void {
      expect(unheard).toEqual([]);
      for (const { path, body, refusal } of sent.splice(0)) {
        if (refusal !== undefined) expect.unreachable(`${path}: ${JSON.stringify({ refusal, body })}`);
        const said = body.data ?? body;
        // A deferred answer, an open form, and choices hold no message.
        if (said.content === undefined && (said.components === undefined || body.type === 9)) continue;
        expect(said.allowed_mentions, JSON.stringify(said)).toEqual({ parse: [] });
      }
    },
    /** What was logged since the last look, but that a limit of Discord's was waited for: so many presses reach it. */
    logged: () => log.splice(0).filter(({ msg }) => msg !== 'Discord says "too many": it is asked again later'),
    async [Symbol.asyncDispose]() {
      await town[Symbol.asyncDispose]();
      process.off('unhandledRejection', note).off('uncaughtException', note);
    },
  };
}
