import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Child, startAttune } from '../child.ts';
import { sentences } from '../sentences.ts';

/** `npm start` without a token: the town, a banner, one scene, and nothing left behind. */

const [say, note] = [sentences('demo.yaml'), sentences('note.yaml')];

function openHome() {
  const folder = mkdtempSync(join(tmpdir(), 'attune-demo-'));
  const children: Child[] = [];
  return {
    folder,
    start(env: Record<string, string> = {}) {
      const child = startAttune({ TMPDIR: folder, TOWN_PORT: '0', NUDGE_SETTLE_MS: '100', ...env }, folder);
      children.push(child);
      return child;
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) await child[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe('without a token', () => {
  it('the scene shows what Attune is for, within seconds', async () => {
    await using home = openHome();
    const child = home.start({ NUDGE_SETTLE_MS: '' });
    const from = performance.now();
    await child.prints(say('goesOn'));
    expect(performance.now() - from).toBeLessThan(10_000);
    const lines = child.out.split('\n');
    const at = (text: string | RegExp) =>
      lines.findIndex((line) => (typeof text === 'string' ? line.includes(text) : text.test(line)));
    const order = [
      at(say('banner.0')),
      at(say('throwaway')),
      at(/^ {2}Ana /),
      at(/^ {2}Ben /),
      at(say('noteFor', { replier: 'Ben' })),
      at(['another', 'why', 'wrong', 'settings'].map((name) => `[ ${note(name)} ]`).join('  ')),
      at(/^ {2}Cleo /),
    ];
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(child.out).not.toMatch(/"level":"(warn|error|fatal)"/);
    expect(child.err).toBe('');
  });

  it('the throwaway database is removed at the end', async () => {
    await using home = openHome();
    const child = home.start();
    await child.prints(say('goesOn'));
    expect(readdirSync(home.folder)).toHaveLength(1);
    const { code, after } = await child.terminate();
    expect(code).toBe(0);
    expect(after).toBeLessThan(5_000);
    expect(readdirSync(home.folder)).toEqual([]);
    expect(child.err).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s in the middle of the scene ends it, and the scene with it',
    async (signal) => {
      await using home = openHome();
      const child = home.start({ NUDGE_SETTLE_MS: '30000' });
      await child.prints(say('waiting', { replier: 'Ben', seconds: '30' }));
      child.signal(signal);
      expect(await child.ended).toMatchObject({ code: 0 });
      expect(child.out).not.toMatch(/"level":"(warn|error|fatal)"|^ {2}Cleo /m);
      expect(child.out).not.toContain(say('staying', { other: 'Cleo' }));
      expect(child.err).toBe('');
      expect(readdirSync(home.folder)).toEqual([]);
    },
  );

  it('a database that was named is kept', async () => {
    await using home = openHome();
    const path = join(home.folder, 'kept.db');
    const child = home.start({ DATABASE_PATH: path });
    await child.prints(say('goesOn'));
    expect(child.out).toContain(path);
    await child.terminate();
    expect(existsSync(path)).toBe(true);
  });

  it('a port that is taken is named, and nothing is left behind', async () => {
    await using home = openHome();
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const child = home.start({ TOWN_PORT: String(port) });
    expect(await child.ended).toMatchObject({ code: 1 });
    other.close();
    expect(child.err).toContain('TOWN_PORT');
    expect(child.err).toContain(String(port));
    expect(readdirSync(home.folder)).toEqual([]);
  });
});
