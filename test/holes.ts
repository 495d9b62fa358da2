/**
 * npm run holes: asks the registry for known holes in what the bot runs with. Ends with 0 where it knows none, 1 where it
 * names one, 2 where it did not answer. `npm audit` calls some answers that say nothing "0 vulnerabilities"; so one
 * package is asked for beside ours that has a hole for sure, and silence about it is no answer.
 */
import { execSync } from 'node:child_process';
import { lockedPackages } from './locked.ts';

const sure = { name: 'event-stream', version: '3.3.6' };

type Hole = { title: string; severity: string; url: string; vulnerable_versions: string };
const isHole = (one: unknown): one is Hole =>
  typeof one === 'object' &&
  one !== null &&
  ['title', 'severity', 'url', 'vulnerable_versions'].every((name) => typeof Reflect.get(one, name) === 'string');

/** @throws Error that says why there is no answer */
async function ask(registry: string, packages: readonly { name: string; version: string }[]) {
  const asked = Map.groupBy([...packages, sure], ({ name }) => name);
  const response = await fetch(new URL('-/npm/v1/security/advisories/bulk', registry), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries([...asked].map(([name, all]) => [name, all.map((one) => one.version)]))),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const answer: unknown = await response.json();
  const found = Object.entries(answer ?? {}).flatMap(([name, holes]) =>
    [holes].flat().map((hole: unknown) => {
      if (!isHole(hole)) throw new Error('what it says cannot be read');
      return { name, ...hole };
    }),
  );
  const ours = found.filter(({ name }) => name !== sure.name);
  if (ours.length === found.length) throw new Error(`it says nothing about ${sure.name}, which has a hole for sure`);
  return ours;
}

const registry = execSync('npm config get registry', { encoding: 'utf8' }).trim().replace(/\/*$/, '/');
const packages = lockedPackages();
try {
  const holes = await ask(registry, packages);
  for (const { name, severity, title, vulnerable_versions, url } of holes)
    process.stdout.write(`${name} ${vulnerable_versions}  ${severity}: ${title}  ${url}\n`);
  if (holes.length === 0) process.stdout.write(`No hole is known in ${packages.length} packages.\n`);
  else process.exitCode = 1;
} catch (error) {
  const { message, cause } = error as Error;
  const why = cause instanceof Error ? cause.message : message;
  process.stderr.write(
    `Not known: the registry did not answer (${why}). Ask another one: npm run holes --registry=…\n`,
  );
  process.exitCode = 2;
}
