/** `npm run --silent read`: JSON lines {"id","post","reply"} in, readings and judgements out, in order. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { judge, scoreOf } from '#detector/judge';
import { openDetector } from '#detector/open';
import { type Detector, kinds } from '#detector/reading';
import { defaultTerms, type Terms } from '#detector/terms';

const usage = `usage: npm run --silent read [-- --kinds all|default]
Reads JSON lines {"id","post","reply"} and says of each what it reads in it. "flag" is what the bot would do with the
settings of a new server; with --kinds all, what it would do if notes were about all ten kinds.
`;
const lineSchema = z.object({ id: z.union([z.string(), z.number()]), post: z.string(), reply: z.string() });

async function answer(detector: Detector, terms: Terms, line: string): Promise<string> {
  const { id, post, reply } = lineSchema.parse(JSON.parse(line));
  const reading = await detector.read(reply, post);
  const { flag, kind, reason } = judge(reading, terms);
  const { fixit, attuned } = reading;
  return JSON.stringify({
    id,
    score: scoreOf(reading),
    fixit,
    kinds: reading.kinds,
    attuned,
    post: reading.post,
    flag,
    kind,
    reason,
  });
}

/** In words, without what somebody wrote: JSON's own messages quote the line. */
function fault(error: unknown): string {
  if (!(error instanceof z.ZodError)) return 'not JSON';
  return error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`).join('; ');
}

/** What was asked for, or undefined when it cannot be understood. */
function termsAsked(): Terms | undefined {
  try {
    const { values } = parseArgs({ options: { kinds: { type: 'string', default: 'default' } } });
    if (values.kinds === 'all') return { ...defaultTerms, kinds };
    return values.kinds === 'default' ? defaultTerms : undefined;
  } catch {
    return undefined;
  }
}

async function main(terms: Terms): Promise<void> {
  const detector = await openDetector();
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    try {
      const read = await answer(detector, terms, number === 1 ? line.replace(/^\uFEFF/, '') : line);
      if (!process.stdout.write(`${read}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`line ${number}: ${fault(error)}\n`);
    }
  }
}

// Whoever reads us may stop early (`| head`): that is not a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const terms = termsAsked();
if (terms) await main(terms);
else {
  process.exitCode = 2;
  process.stderr.write(usage);
}
