export class OutOfTime extends Error {
  override name = 'OutOfTime';
}

/**
 * Rejects with OutOfTime after `ms`, whatever hangs in `work`: also an answer that stops in the middle of its body.
 * The signal tells the work that nobody waits for it any more.
 */
export async function inTime<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new OutOfTime(`it took longer than ${ms} ms`));
      ending.abort();
    }, ms);
    timer.unref();
  });
  try {
    return await Promise.race([work(ending.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
