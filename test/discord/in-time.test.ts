import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inTime, OutOfTime } from '#discord/in-time';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('in time', () => {
  it('passes on what the work gives or throws, and leaves no timer', async () => {
    expect(await inTime(100, async () => 7)).toBe(7);
    await expect(inTime(100, () => Promise.reject(new RangeError()))).rejects.toThrow(RangeError);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends what hangs, and tells it so', async () => {
    let told: AbortSignal | undefined;
    const hanging = inTime(100, (signal) => {
      told = signal;
      return new Promise<never>(() => {});
    });
    const ended = expect(hanging).rejects.toThrow(OutOfTime);
    await vi.advanceTimersByTimeAsync(99);
    expect(told?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await ended;
    expect(told?.aborted).toBe(true);
  });

  it('hears what fails after its time, so that it is no fault of the process', async () => {
    const late = inTime(100, (signal) => new Promise((_, reject) => signal.addEventListener('abort', reject)));
    const ended = expect(late).rejects.toThrow(OutOfTime);
    await vi.advanceTimersByTimeAsync(100);
    await ended;
  });
});
