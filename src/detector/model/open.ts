/** The encoder as a whole: data/model/ with its pieces, its votes and its thread. See docs/detector.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createEncoder } from './encoder.ts';
import type { Compose } from './pieces.ts';
import { votes } from './vote.ts';

/** What the bot needs of data/model/card.json; the rest is for people. */
const card = z.object({ version: z.string(), votes });

export type Model = {
  /** Logits by `tasks` (vote.ts). See Encoder. @throws TooBusy, NoEncoder */
  ask(reply: string, post: string, most: number, goesFirst?: boolean): Promise<readonly number[]>;
  close(): Promise<void>;
};

export const readCard = (folder: string): z.output<typeof card> =>
  card.parse(JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')));

/** Loads nothing before it is first asked: a bot that nobody turned notes on for needs none of it. */
export function openModel(folder: string): Model {
  const encoder = createEncoder(folder);
  let composing: Promise<Compose> | undefined;
  const pieces = async () => {
    const { openPieces } = await import('./pieces.ts');
    const opened = openPieces(join(folder, 'tokenizer.json'));
    // As src/start.js does: twice as much as is kept was needed only to open it.
    globalThis.gc?.({ type: 'major', flavor: 'last-resort' });
    return opened;
  };
  return {
    ask: async (reply, post, most, goesFirst) => {
      composing ??= pieces();
      const compose = await composing;
      return encoder.ask(compose(reply, post), most, goesFirst);
    },
    close: () => encoder.close(),
  };
}
