/**
 * `npm run contract -- <openapi.json> [tests...]`: runs the tests while the town records what is said between it and
 * the bot, then checks all of it against Discord's own description of its API.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChecker, type Document, type Exchange, type Result } from './check.ts';
import { withoutGaps } from './gaps.ts';

const [file, ...tests] = process.argv.slice(2);

function readDocument(): Document | string {
  if (file === undefined) return 'Name the OpenAPI document: npm run contract -- path/to/openapi.json';
  try {
    const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
    return typeof document.paths === 'object' ? document : `${file} is not an OpenAPI document: it has no paths`;
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`;
  }
}

/** Runs the tests and returns what was recorded, and whether they passed. */
function record(): { exchanges: Exchange[]; passed: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'attune-contract-'));
  try {
    const vitest = fileURLToPath(new URL('./vitest.mjs', import.meta.resolve('vitest/package.json')));
    const env = { ...process.env, TOWN_RECORD: folder };
    const { status } = spawnSync(process.execPath, [vitest, 'run', ...tests], {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
    const exchanges = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Exchange);
    return { exchanges, passed: status === 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `12  GET /gateway/bot`, and each kind of fault once, with how often it came. */
function describe(results: readonly Result[]): string[] {
  const routes = [...Map.groupBy(results, ({ route }) => route)].toSorted(([a], [b]) => a.localeCompare(b));
  const counts = routes.map(([route, all]) => `${String(all.length).padStart(6)}  ${route}`);
  const lines = results.flatMap(({ route, faults }) =>
    faults.map(({ side, at, problem, shape }) => `${route}: ${side}${at && ` ${at}`} ${problem} [${shape}]`),
  );
  const faults = [...Map.groupBy(lines, (line) => line)].map(
    ([line, all]) => `${String(all.length).padStart(6)}x ${line}`,
  );
  return ['', 'exchanges by route', ...counts, ...(faults.length > 0 ? ['', 'faults', ...faults] : []), ''];
}

const say = (...lines: string[]) => process.stdout.write(`${lines.join('\n')}\n`);

const document = readDocument();
if (typeof document === 'string') {
  process.stderr.write(`${document}\n`);
  process.exitCode = 1;
} else {
  const { exchanges, passed } = record();
  const { check } = createChecker(withoutGaps(document));
  const results = exchanges.map(check);
  const failed = results.filter(({ faults }) => faults.length > 0).length;
  say(...describe(results));
  if (!passed) say('the tests themselves failed');
  if (results.length === 0) say('nothing was recorded: do the tests open the town with TOWN_RECORD in mind?');
  if (!passed || failed > 0 || results.length === 0) process.exitCode = 1;
  say(`${results.length - failed} passed, ${failed} failed`);
}
