/** Trouble on request: what goes wrong with the next requests to a route. */

export type Trouble = {
  /** How many requests it befalls; 1 unless told. */
  times?: number;
} & (
  | {
      /** Refused with this status, before anything happened. 429 takes `retryAfter` (seconds) and `global`. */
      status: number;
      code?: number;
      message?: string;
      retryAfter?: number;
      global?: boolean;
      /** As a proxy before Discord refuses: a page of HTML, and none of Discord's headers. */
      page?: boolean;
    }
  | { /** Nothing happens, and nothing is ever answered. */ hang: true }
  | { /** Nothing happens, and the connection is cut. */ drop: true }
  | { /** It happens, but the connection is cut before the answer. */ loseAnswer: true }
  | { /** It happens, and the answer stops in the middle of its body. */ stallAnswer: true }
  | { /** It happens, but the answer comes late (milliseconds of real time). */ delayAnswer: number }
);

export type Faults = {
  /**
   * `route` is `METHOD /path` with `:part` where anything may stand: `POST /channels/:id/messages`; a real id there
   * means only that one. `*` as the method means every method. Resolves when it strikes for the first time.
   */
  next(route: string, trouble: Trouble): Promise<void>;
  /** Forgets whatever has not happened yet. */
  clear(): void;
};

/** The parts of a path as they are meant: clients write `@original` as `%40original`. */
export function partsOf(path: string): string[] {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return path.split('/');
  }
}

/** `POST /channels/:id/messages` against a method and a path. */
export function matches(route: string, method: string, path: string): boolean {
  const [wanted = '', template = ''] = route.split(' ');
  if (wanted !== '*' && wanted !== method) return false;
  const parts = template.split('/');
  const real = partsOf(path);
  return parts.length === real.length && parts.every((part, at) => part.startsWith(':') || part === real[at]);
}

export function createFaults(): Faults & { take(method: string, path: string): Trouble | undefined } {
  const waiting: { route: string; trouble: Trouble; left: number; strikes: () => void }[] = [];
  return {
    next(route, trouble) {
      return new Promise((strikes) => {
        waiting.push({ route, trouble, left: trouble.times ?? 1, strikes });
      });
    },
    clear() {
      waiting.length = 0;
    },
    take(method, path) {
      const at = waiting.findIndex((one) => matches(one.route, method, path));
      const found = waiting[at];
      if (!found) return undefined;
      found.strikes();
      found.left -= 1;
      if (found.left <= 0) waiting.splice(at, 1);
      return found.trouble;
    },
  };
}
