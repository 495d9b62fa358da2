import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { startBy } from './child.ts';
import { lockedPackages } from './locked.ts';

/** What SECURITY.md says of the packages that the bot runs with. */

const hole = { title: 'Bad', severity: 'high', url: 'https://example.org/1', vulnerable_versions: '<9' };
const sure = { 'event-stream': [hole] };

/** `npm run holes` against a registry that answers so. */
async function ask(status: number, body: string) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`, await text(request));
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { PATH = '', HOME = '' } = process.env;
  const child = startBy(process.execPath, 'test/holes.ts', [], {
    PATH,
    HOME,
    npm_config_registry: `http://127.0.0.1:${port}/below`,
  });
  return { ...(await child.ended), out: child.out, err: child.err, asked };
}

it('npm run holes asks about every package, and tells which have one', async () => {
  const none = await ask(200, JSON.stringify(sure));
  expect(none).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^No hole is known in \d+ packages/) });
  const [line, body = ''] = none.asked;
  expect(line).toBe('POST /below/-/npm/v1/security/advisories/bulk');
  const versions = JSON.parse(body) as Record<string, string[]>;
  for (const { name, version } of lockedPackages()) expect(versions[name]).toContain(version);

  const one = await ask(200, JSON.stringify({ ...sure, kysely: [hole] }));
  expect(one).toMatchObject({ code: 1, err: '', out: 'kysely <9  high: Bad  https://example.org/1\n' });
}, 30_000);

it.each([
  [405, ''],
  [500, JSON.stringify(sure)],
  [200, ''],
  [200, '<html>a proxy</html>'],
  [200, '{}'],
  [200, 'null'],
  [200, '[]'],
  [200, JSON.stringify({ 'event-stream': [] })],
  [200, JSON.stringify({ ...sure, kysely: ['?'] })],
])(
  'and does not take %s with %j for good news',
  async (status, body) => {
    const { code, out, err } = await ask(status, body);
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringMatching(/^Not known: .+\n$/) });
  },
  30_000,
);

it('npm sbom names every package that the bot runs with, and says of the others that they are for building', () => {
  // With --omit=dev it would leave out discord.js and all else that the tests use as well.
  const options = ['sbom', '--sbom-format', 'cyclonedx'];
  const bill = JSON.parse(execFileSync('npm', options, { encoding: 'utf8', maxBuffer: 2 ** 26 }));
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX' });
  type Component = { name: string; version: string; properties: { name: string }[]; hashes?: object[] };
  const running = (bill.components as Component[]).filter(
    ({ properties }) => !properties.some(({ name }) => name === 'cdx:npm:package:development'),
  );
  const named = running.map(({ name, version }) => `${name} ${version}`);
  const locked = lockedPackages().map(({ name, version }) => `${name} ${version}`);
  expect(locked).toContainEqual(expect.stringMatching(/^discord\.js /));
  const everywhere = lockedPackages().filter(({ optional }) => !optional);
  for (const { name, version } of everywhere) expect(named).toContain(`${name} ${version}`);
  // Beside them only the parts of this project.
  expect(named.filter((one) => !locked.includes(one) && !/^@attune\/|^town/.test(one))).toEqual([]);
});
