/** `npm run eval`: how right the detector is on labelled replies; on folds of the corpus where no file is named. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readYaml } from '#data';
import { kinds } from '#detector/reading';
import { defaultTerms, type Sensitivity } from '#detector/terms';
import { Mendable } from '#mendable';
import { openReflection, tailoredShare } from '#reflection/reflect';
import { BadLines, corpus, readLabelled } from './labelled.ts';
import { printed, printedBeside, printedErrors } from './print.ts';
import { type Row, readByDetector, readOnFolds } from './readings.ts';
import { errorsOf, reportOn, sensitivities } from './report.ts';

const usage = `usage: npm run eval [-- FILE] [--kinds all|default] [--sensitivity careful|balanced|keen] [--errors N] [--json]
       [--prior P] [--hands e,s1,…] [--beside]
FILE has one labelled reply a line, in the shape of data/corpus/: {"post","reply","nudge","kinds","attuned","postFlags"}.
Without FILE: the corpus, each line read by a network that was trained without anything by its hand; its fixes are
weighed as a fifth of all, which is their share in real life (--prior 0.2). --hands: those who wrote it, by letter or
name (e,p,s: all but w, who wrote too cleverly to measure on).
--kinds: notes about which kinds (all). --sensitivity: whose errors are shown (balanced), --errors: at most so many of
each sort (20). --beside: what one would reach for instead, on the same replies. --json: the figures for plots, without
errors.
`;

/** What was asked for, or undefined when it cannot be understood. */
function asked() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        kinds: { type: 'string', default: 'all' },
        sensitivity: { type: 'string', default: 'balanced' },
        errors: { type: 'string', default: '20' },
        prior: { type: 'string' },
        json: { type: 'boolean', default: false },
        beside: { type: 'boolean', default: false },
        hands: { type: 'string', default: 'e,p,s' },
      },
    });
    return z
      .object({
        kinds: z.enum(['all', 'default']),
        sensitivity: z.enum(sensitivities as [Sensitivity]),
        errors: z.coerce.number().int().min(0),
        prior: z.coerce.number().gt(0).lt(1).optional(),
        json: z.boolean(),
        beside: z.boolean(),
        hands: z.string().transform((names) => names.split(',')),
        files: z.array(z.string()).max(1),
      })
      .parse({ ...values, files: positionals });
  } catch {
    return undefined;
  }
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function readRows(file: string | undefined, hands: readonly string[]): Promise<{ rows: Row[]; read: string }> {
  if (file === undefined) {
    const lines = corpus().filter(({ hand = '' }) => hands.includes(hand) || hands.includes(hand.replace(/\d+$/, '')));
    if (lines.length === 0) throw new BadLines(`the corpus has no hands ${hands}: its README lists them`);
    const read = `The corpus (hands ${hands.join(', ')}), each line read by a network that knew nothing by its hand, and by the signs.`;
    return { rows: await readOnFolds(lines), read };
  }
  const { rows, by } = await readByDetector(readLabelled(readText(file)));
  return { rows, read: `${file}, read by ${by === 'signs' ? 'the signs alone: the encoder cannot run here' : by}.` };
}

class NoFile extends Mendable {
  override name = 'NoFile';
}
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new NoFile(`${file} cannot be read: name a file of labelled lines`);
  }
}

/** The shares of posts that get a reflection of their own. */
function tailored(rows: readonly Row[]): Record<string, number> {
  const reflectOn = openReflection(at('../../data'));
  const written = z.array(z.object({ post: z.string() })).parse(readYaml(at('../reflection/posts.yaml')));
  const posts = new Set(
    rows.filter(({ postFlags = [] }) => !postFlags.includes('not-distress')).map(({ post }) => post),
  );
  return {
    'the posts that reflections are tested on': tailoredShare(
      written.map(({ post }) => post),
      reflectOn,
    ),
    'the posts here that are about a difficulty': tailoredShare([...posts], reflectOn),
  };
}

async function main(asking: NonNullable<ReturnType<typeof asked>>): Promise<void> {
  const { files, hands, sensitivity, prior = files.length ? undefined : 0.2 } = asking;
  const { rows, read } = await readRows(files[0], hands);
  const terms = { sensitivity, kinds: asking.kinds === 'all' ? kinds : defaultTerms.kinds };
  const report = reportOn(rows, { ...terms, prior });
  const shares = tailored(rows);
  const others = asking.beside ? (await import('./beside.ts')).beside(rows, terms, prior) : [];
  const parts = [
    printed(report, read, shares),
    printedBeside(others),
    printedErrors(errorsOf(rows, terms), asking.errors),
  ];
  const json = () => JSON.stringify({ ...report, tailored: shares, beside: others }, rounded);
  process.stdout.write(`${asking.json ? json() : parts.filter(Boolean).join('\n')}\n`);
}
const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(4)) : value);

// Whoever reads us may stop early (`| head`): that is not a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const options = asked();
try {
  if (options) await main(options);
} catch (error) {
  if (!(error instanceof Mendable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
if (!options) {
  process.stderr.write(usage);
  process.exitCode = 2;
}
