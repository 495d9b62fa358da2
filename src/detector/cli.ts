/** `npm run --silent read`: JSON lines {"id","post","reply"} in, readings and judgements out, in order. */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { judge } from '#detector/judge';
import { loadSigns } from '#detector/open';
import { type Detector, kinds, type Terms } from '#detector/reading';
import { createDetector } from '#detector/rules/read';

const lineSchema = z.object({ id: z.union([z.string(), z.number()]), post: z.string(), reply: z.string() });
const terms: Terms = { sensitivity: 'balanced', kinds };

function answer(detector: Detector, line: string): string {
  const { id, post, reply } = lineSchema.parse(JSON.parse(line));
  const reading = detector.read(reply, post);
  const { flag, reason } = judge(reading, terms);
  const { fixit, attuned } = reading;
  return JSON.stringify({ id, fixit, kinds: reading.kinds, attuned, post: reading.post, flag, reason });
}

/** In words, without what somebody wrote: JSON's own messages quote the line. */
function fault(error: unknown): string {
  if (!(error instanceof z.ZodError)) return 'not JSON';
  return error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`).join('; ');
}

async function main(): Promise<void> {
  const detector = createDetector(loadSigns());
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    try {
      const read = answer(detector, number === 1 ? line.replace(/^\uFEFF/, '') : line);
      if (!process.stdout.write(`${read}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`line ${number}: ${fault(error)}\n`);
    }
  }
}

// Whoever reads us may stop early (`| head`): that is not a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
await main();
