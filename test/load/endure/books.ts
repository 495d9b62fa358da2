/** Keeps the books of a run: what came when, and what must never have come. */

export type Books = ReturnType<typeof createBooks>;
type Wait = { kind: string; ms: number; at: number };
type Press = { user: string; wants: 'on' | 'off' | undefined; kind: string; at: number };

const window = 10 * 60_000;
/** A note that had left the bot when its member's "no" was answered may still be on its way, in ms. */
const underway = 250;

/** @param now milliseconds that never go back */
export function createBooks(now: () => number) {
  const said = new Map<string, { guild: string; at: number }>();
  const noted = new Map<string, number>();
  const notes: { guild: string; at: number; after: number }[] = [];
  const opened: number[] = [];
  /** Whose "no" was answered, and when. */
  const off = new Map<string, number>();
  /** How often a closed door may be tried: once, and once more after each press. */
  const tries = new Map<string, number>();
  const invalid: number[] = [];
  const presses = new Map<string, Press>();
  const waits: Wait[] = [];
  let begun: number | undefined;
  const wrong = { 'noted twice': 0, 'noted after a no': 0, 'closed or gone, tried again': 0, 'opened too fast': 0 };
  const counts = { samples: 0, closed: 0, gone: 0, shared: 0 };
  let unanswered = 0;

  return {
    said: (id: string, guild: string) => void said.set(id, { guild, at: now() }),
    wrote(user: string, body: string): void {
      const [, id = ''] = /channels\/\d+\/\d+\/(\d+)/.exec(body) ?? [];
      const reply = said.get(id);
      if (!reply) {
        counts.samples += 1;
        return;
      }
      notes.push({ guild: reply.guild, at: now(), after: now() - reply.at });
      noted.set(id, (noted.get(id) ?? 0) + 1);
      if ((noted.get(id) ?? 0) > 1) wrong['noted twice'] += 1;
      const since = off.get(user);
      if (since !== undefined && now() - since > underway) wrong['noted after a no'] += 1;
    },
    opened(isTooFast: boolean): void {
      opened.push(now());
      if (isTooFast) wrong['opened too fast'] += 1;
    },
    /** A door that was closed, or nobody behind it. */
    turnedAway(user: string, how: 'closed' | 'gone'): void {
      counts[how] += 1;
      const left = tries.get(user) ?? 1;
      if (left === 0) wrong['closed or gone, tried again'] += 1;
      tries.set(user, Math.max(0, left - 1));
    },
    refused(status: number, scope?: string): void {
      if (scope === 'shared') counts.shared += 1;
      else if ([401, 403, 429].includes(status)) invalid.push(now());
    },
    pressed(id: string, press: Omit<Press, 'at'>): void {
      begun ??= now();
      presses.set(id, { ...press, at: now() });
      if (press.wants !== 'on') return;
      off.delete(press.user);
      tries.set(press.user, 1);
    },
    answered(id: string): Press | undefined {
      const press = presses.get(id);
      if (!press) return undefined;
      presses.delete(id);
      waits.push({ kind: press.kind, ms: now() - press.at, at: press.at - (begun ?? 0) });
      return press;
    },
    /** Their "no" is through, and they know. */
    isOff: (user: string) => void off.set(user, now()),
    /** Forgets who was not answered within Discord's three seconds. */
    giveUp(): void {
      for (const [id, { at }] of presses)
        if (now() - at > 3_000) {
          presses.delete(id);
          unanswered += 1;
        }
    },
    figures: () => ({
      ...{ wrong, counts, unanswered, noes: off.size },
      answers: { count: waits.length, ...spread(waits.map(({ ms }) => ms)), slowest: slowest(waits) },
      notes: {
        count: notes.length,
        guilds: new Set(notes.map(({ guild }) => guild)).size,
        inASecond: most(
          notes.map(({ at }) => at),
          1_000,
        ),
        ofAGuildInAMinute: Math.max(
          0,
          ...Map.groupBy(notes, ({ guild }) => guild)
            .values()
            .map((own) =>
              most(
                own.map(({ at }) => at),
                60_000,
              ),
            ),
        ),
        after: spread(notes.map(({ after }) => after)),
      },
      openedInASecond: most(opened, 1_000),
      invalid: most(invalid, window),
    }),
  };
}

export type Spread = { median: number; p99: number; max: number };
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { median: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}

/** Those that took longest, and when. */
const slowest = (waits: readonly Wait[]) => waits.toSorted((a, b) => b.ms - a.ms).slice(0, 12);

/** The most of these times that lie within `ms`. */
export function most(times: readonly number[], ms: number): number {
  let first = 0;
  let found = 0;
  for (const [at, time] of times.entries()) {
    while (time - (times[first] ?? time) >= ms) first += 1;
    found = Math.max(found, at - first + 1);
  }
  return found;
}
