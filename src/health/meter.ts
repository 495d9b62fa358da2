import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Decision } from '#nudge/nudge';
import type { Answered } from '#panels/router';

/**
 * What Attune counts of itself, in the format of Prometheus. Labels are fixed words of ours: no id, no name and no text
 * can become one.
 */
export type Meter = {
  decided(decision: Pick<Decision, 'outcome' | 'reason'>): void;
  answered(answered: Answered): void;
  /** The status of an answer of Discord's REST API. */
  asked(status: number): void;
  /** All of it as text, and its content type. */
  read(): Promise<{ text: string; type: string }>;
};

/** @param now what is only looked at when somebody asks. */
export function createMeter(now: { servers: () => number; readsBy: () => string; isSilent: () => boolean }): Meter {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const decisions = new Counter({
    name: 'attune_decisions_total',
    help: 'Replies that were decided on, by what became of them and why.',
    labelNames: ['outcome', 'reason'],
    registers,
  });
  const interactions = new Histogram({
    name: 'attune_interaction_seconds',
    help: 'From an interaction to the end of its answer, by command and how it ended.',
    labelNames: ['unit', 'end'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10],
    registers,
  });
  const requests = new Counter({
    name: 'attune_discord_answers_total',
    help: 'Answers of the Discord REST API by status.',
    labelNames: ['status'],
    registers,
  });
  new Gauge({
    name: 'attune_servers',
    help: 'Servers that the bot is in.',
    registers,
    collect() {
      this.set(now.servers());
    },
  });
  new Gauge({
    name: 'attune_encoder',
    help: '1 while replies are read by the encoder as well, 0 while the signs read alone.',
    registers,
    collect() {
      this.set(now.readsBy() === 'signs' ? 0 : 1);
    },
  });
  new Gauge({
    name: 'attune_silent',
    help: '1 while nobody gets a note, as the database is away or the key is another one.',
    registers,
    collect() {
      this.set(now.isSilent() ? 1 : 0);
    },
  });
  return {
    decided: ({ outcome, reason }) => decisions.inc({ outcome, reason }),
    answered: ({ unit, end, ms }) => interactions.observe({ unit, end }, ms / 1_000),
    asked: (status) => requests.inc({ status }),
    read: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  };
}
