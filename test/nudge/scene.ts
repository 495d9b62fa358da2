import { vi } from 'vitest';
import type { Heard } from '#nudge/heard';
import { createListening, type Listening, type ListeningOptions } from '#nudge/listening';
import type { Left, Reply } from '#nudge/reply';

export const seconds = (n: number): number => n * 1000;
export const minutes = (n: number): number => n * 60_000;

const discordEpoch = Date.UTC(2015, 0, 1);
let counter = 0;

/** An id as Discord makes them: the time, and a number that tells messages of one millisecond apart. */
export function snowflake(at: number): string {
  counter = (counter + 1) % 2 ** 22;
  return String((BigInt(at - discordEpoch) << 22n) | BigInt(counter));
}

export type Passed = Omit<Reply, 'takeText'> & { text: string; passedAt: number };

export type Scene = Listening & {
  replies: Passed[];
  left: Left[];
  /** Writes a message now, or `ago` ms ago; returns it. */
  says(author: string, text: string, more?: Partial<Heard> & { ago?: number }): Heard;
  edits(message: Heard, text: string, at?: number): void;
  deletes(...messages: Heard[]): void;
  /** Resolves the replies that are being decided. */
  decided(): Promise<void>;
};

/** Support channels on fake timers, in which Ben and Cleo are listened to. */
export function openScene(options: Partial<ListeningOptions> & { hold?: boolean } = {}): Scene {
  const replies: Passed[] = [];
  const left: Left[] = [];
  const waiting: (() => void)[] = [];
  const listening = createListening({
    settleMs: seconds(15),
    now: Date.now,
    listensTo: ({ author }) => author === 'ben' || author === 'cleo',
    onLeft: (one) => left.push(one),
    onReply: async (reply) => {
      replies.push({ ...reply, text: reply.takeText(), passedAt: Date.now() });
      if (options.hold) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    ...options,
  });
  // Object.assign would read the getters once: the scene keeps them live.
  return Object.create(listening, {
    replies: { value: replies },
    left: { value: left },
    says: {
      value(author: string, text: string, { ago = 0, ...more }: Partial<Heard> & { ago?: number } = {}): Heard {
        const at = Date.now() - ago;
        const heard = { id: snowflake(at), guild: 'harbour', channel: 'support', author, at, text, ...more };
        listening.heard(heard);
        return heard;
      },
    },
    edits: {
      value({ id, channel }: Heard, text: string, at = Date.now()): void {
        listening.edited({ id, channel, text, at });
      },
    },
    deletes: {
      value(...messages: Heard[]): void {
        listening.deleted(
          messages[0]?.guild ?? '',
          messages[0]?.channel ?? '',
          messages.map(({ id }) => id),
        );
      },
    },
    decided: {
      async value(): Promise<void> {
        for (const resolve of waiting.splice(0)) resolve();
        await vi.advanceTimersByTimeAsync(0);
      },
    },
  }) as Scene;
}

export const refTo = ({ channel, id, author }: Heard): { channel: string; id: string; author: string } => ({
  channel,
  id,
  author,
});
