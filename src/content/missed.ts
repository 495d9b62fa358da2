import { z } from 'zod';
import { filled, line, loadFile } from '#words';

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
  /** `crisis` is the mention of the command. */
  danger: filled(200, 'crisis'),
});

export const loadMissed = (data: string) => loadFile(data, 'missed.yaml', words);
