import { z } from 'zod';
import { line, loadFile } from '#words';

/** Words for somebody whom an answer missed: data/<language>/missed.yaml. */

const some = z.array(line(200)).min(2).max(12);

const words = z.strictObject({
  /** What they may be feeling. */
  maybe: some,
  notTooMuch: some,
  /** Ways to ask again, and when each fits. */
  ask: z
    .array(z.strictObject({ say: line(200), for: line(80) }))
    .min(3)
    .max(12),
  stop: some,
  /** What else is possible. */
  next: some,
  /** Beside the button that leads to /crisis. */
  danger: line(200),
});

export const loadMissed = (data: string) => loadFile(data, 'missed.yaml', words);
