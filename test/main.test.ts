import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openTown } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { type Child, startAttune, startBy, startByNpm } from './child.ts';
import { benFixes, fix, notes, repeater, setUp } from './scene.ts';

/** The process: how it starts, refuses to start, and ends; and that no way of ending it makes a second note. */

const otherFix = 'everything happens for a reason';

/** A Node that is installed here beside the one that npm brings, if it is too old. */
const oldNode = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => join(folder, 'node'))
  .find((path) => existsSync(path) && Number(/^v(\d+)/.exec(String(execFileSync(path, ['-v'])))?.[1]) < 24);

async function openHome() {
  const folder = mkdtempSync(join(tmpdir(), 'attune-main-'));
  const town = await openTown();
  const children: Child[] = [];
  const database = join(folder, 'attune.db');
  return {
    town,
    folder,
    database,
    start(env: Record<string, string> = {}) {
      const child = startAttune(
        {
          DISCORD_TOKEN: town.token,
          DISCORD_API_URL: town.api,
          DATABASE_PATH: database,
          NUDGE_SETTLE_MS: '50',
          ...env,
        },
        folder,
      );
      children.push(child);
      return child;
    },
    repeats: repeater(town),
    async [Symbol.asyncDispose]() {
      for (const child of children) await child[Symbol.asyncDispose]();
      await town.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
type Home = Awaited<ReturnType<typeof openHome>>;

async function started(home: Home, env: Record<string, string> = {}) {
  const child = home.start(env);
  await child.prints('Attune is ready');
  return child;
}

const textOf = (message: object) => JSON.stringify(message);

describe('the start', () => {
  it('logs in, keeps its key to itself, and says nothing that would have to be explained', async () => {
    await using home = await openHome();
    const child = await started(home);
    expect(statSync(`${home.database}.key`).mode & 0o777).toBe(0o600);
    expect(await child.terminate()).toMatchObject({ code: 0 });
    expect(child.err).toBe('');
    const lines = child.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const line of lines) expect(line).toMatchObject({ level: 'info' });
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'Attune is ready', version }));
  });

  it('says so when its database is gone and the key is not', async () => {
    await using home = await openHome();
    const first = await started(home);
    await first.terminate();
    expect(first.out).not.toContain('"warn"');
    rmSync(home.database);
    expect((await started(home)).out).toContain('a new, empty one was made');
  });

  it('says so while a new key waits to be used', async () => {
    await using home = await openHome();
    const mine = 'my own key, of more than 32 characters';
    writeFileSync(`${home.database}.next.key`, `${mine}.and-more\n`);
    const waiting = await started(home, { MEMBER_KEY: mine });
    expect(waiting.out).toContain('A new key was made');
    await waiting.terminate();
    expect((await started(home, { MEMBER_KEY: `${mine}.and-more` })).out).not.toContain('"warn"');
  });

  it('finds everything again at the next one', async () => {
    await using home = await openHome();
    const first = await started(home);
    await setUp(home.town);
    await first.terminate();
    await started(home);
    await benFixes(home.town);
    expect(textOf(await home.town.person('ben').nextDm())).toContain(fix);
  });

  it('reads a .env file, also one that Notepad wrote', async () => {
    await using home = await openHome();
    writeFileSync(join(home.folder, '.env'), Buffer.from('\uFEFFLOG_LEVEL=shout\r\n', 'utf16le'));
    const child = home.start();
    expect(await child.ended).toMatchObject({ code: 1 });
    expect(child.err).toContain('LOG_LEVEL');
  });

  it('waits when a proxy before Discord says "too many", and says so', async () => {
    await using home = await openHome();
    void home.town.faults.next('GET /gateway/bot', { status: 429, page: true, times: 2 });
    const asked: number[] = [];
    home.town.onExchange(({ path }) => path.endsWith('/gateway/bot') && asked.push(performance.now()));
    const child = await started(home);
    expect(asked).toHaveLength(3);
    expect((asked[2] ?? 0) - (asked[1] ?? 0)).toBeGreaterThan(900);
    expect(child.out.match(/"level":"warn".*"route":"\/gateway\/bot".*too many/g)).toHaveLength(2);
    expect(child.err).toBe('');
  });

  it('says so when it has no token, though a file looks as if it held one', async () => {
    await using home = await openHome();
    const path = join(home.folder, '.env');
    writeFileSync(`${path}.txt`, 'DISCORD_TOKEN=abc.def\n');
    const child = home.start({ DISCORD_TOKEN: '', TOWN_PORT: '0' });
    await child.prints('No token was read');
    expect(child.out).toContain(`there is ${path}.txt. Attune reads ${path}, `);
    expect(child.out).not.toContain('abc.def');
  });

  describe.each(['src/start.js', 'src/main.ts'])('of %s by a Node that is too old', (file) => {
    const path = join(import.meta.dirname, '..', file);
    const old = (version: string) =>
      `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '${version}' })`;

    it.each(['20.20.2', '22.20.0', '23.11.1'])('says which one is needed and how to get it: %s', async (version) => {
      await using child = startBy(process.execPath, path, ['--import', old(version)]);
      expect(await child.ended).toMatchObject({ code: 1 });
      expect(child.err).toMatch(new RegExp(`needs Node 24 or newer, and this is ${version.replaceAll('.', '\\.')}`));
      expect(child.err).toMatch(/npm ci.*npm start/s);
      expect(child.err).not.toMatch(/^\s+at |SyntaxError/m);
      expect(child.out).toBe('');
    });
  });

  it.skipIf(oldNode === undefined)('by the old Node of this machine', async () => {
    await using child = startBy(oldNode ?? '', join(import.meta.dirname, '../src/start.js'));
    expect(await child.ended).toMatchObject({ code: 1 });
    expect(child.err).toMatch(/^Attune needs Node 24 or newer/);
    expect(child.err).not.toMatch(/^\s+at |SyntaxError/m);
  });
});

describe('a start that cannot be', () => {
  const refused = async (env: Record<string, string>) => {
    await using home = await openHome();
    const child = home.start(env);
    expect(await child.ended).toMatchObject({ code: 1 });
    expect(child.out).toBe('');
    expect(child.err).not.toMatch(/^\s+at /m);
    return { err: child.err, files: readdirSync(home.folder) };
  };

  it('names every wrong setting at once', async () => {
    const { err, files } = await refused({
      DISCORD_API_URL: 'discord',
      MEMBER_KEY: 'short',
      NUDGE_SETTLE_MS: '1e9',
      LOG_LEVEL: 'shout',
      TOWN_PORT: '99999',
      NODE_ENV: 'production',
      DISCORD_TOKEN: '',
    });
    for (const name of ['DISCORD_TOKEN', 'DISCORD_API_URL', 'MEMBER_KEY', 'NUDGE_SETTLE_MS', 'LOG_LEVEL', 'TOWN_PORT'])
      expect(err).toContain(name);
    expect(err).not.toContain('short');
    expect(files).toEqual([]);
  });

  it('in production without a token says what to set', async () => {
    const { err } = await refused({ NODE_ENV: 'production', DISCORD_TOKEN: '' });
    expect(err).toMatch(/DISCORD_TOKEN must be set/);
  });

  it('with a token that Discord does not know', async () => {
    const { err } = await refused({ DISCORD_TOKEN: 'not-the-token' });
    expect(err).toMatch(/does not accept DISCORD_TOKEN/);
    expect(err).not.toContain('not-the-token');
  });

  it('without a Discord to reach', async () => {
    const { err } = await refused({ DISCORD_API_URL: 'http://127.0.0.1:9/api' });
    expect(err).toMatch(/cannot be reached at http:\/\/127\.0\.0\.1:9\/api/);
  });

  it('with a database that another Attune is using, which goes on', async () => {
    await using home = await openHome();
    const first = await started(home);
    const second = home.start();
    expect(await second.ended).toMatchObject({ code: 1 });
    expect(second.err).toMatch(/attune\.db is in use by another Attune\. Stop that one first/);
    expect(home.town.gateway.greeted.identifies).toBe(1);
    await home.town.person('ana').runs('/privacy');
    expect(await first.terminate()).toMatchObject({ code: 0 });
  }, 60_000);

  it('with a database that cannot be opened', async () => {
    const { err } = await refused({ DATABASE_PATH: '/nowhere/at/all/attune.db' });
    expect(err).toMatch(/\/nowhere\/at\/all/);
  });
});

describe('another key than yesterday’s', () => {
  it('lets nobody be noted until it is said that the old one is lost, and all else goes on', async () => {
    await using home = await openHome();
    const { town } = home;
    const first = await started(home);
    await setUp(town);
    const own = await town.person('ana').runs('/nudges');
    await town.person('ana').presses(own, 'nudges:posts:out');
    await first.terminate();
    rmSync(`${home.database}.key`);

    const second = await started(home);
    expect(second.out).toMatch(/"warning":"another key","rows":2.*npm run new-key/);
    const again = await town.person('ben').presses(await town.person('ben').runs('/nudges'), 'nudges:on');
    await town.person('ben').selects(again, 'nudges:pace', ['every']);
    // Ana's wish cannot be read any more.
    await benFixes(town);
    await town.person('cleo').runs('/crisis');
    await second.terminate();
    expect(notes(town).filter((note) => textOf(note).includes(fix))).toEqual([]);

    await using said = startBy(process.execPath, join(import.meta.dirname, '../src/keeping/new-key.ts'), [], {
      DATABASE_PATH: home.database,
    });
    expect(await said.ended).toMatchObject({ code: 0 });
    expect(said.out).toMatch(/^Forgotten: what 2 entries.*tell them/);
    expect(said.err).toBe('');
    const third = await started(home);
    expect(third.out).not.toContain('new-key');
    await benFixes(town, otherFix);
    for (;;) if (textOf(await town.person('ben').nextDm()).includes(otherFix)) break;
  }, 90_000);
});

describe('a restart', () => {
  it('waits for the one before to end', async () => {
    await using home = await openHome();
    const first = await started(home);
    const second = home.start();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await first.terminate();
    await second.prints('Attune is ready');
  }, 60_000);
});

describe('SIGTERM', () => {
  it('ends it within five seconds while Discord does not answer, and nothing is sent afterwards', async () => {
    await using home = await openHome();
    const child = await started(home);
    await setUp(home.town);
    const struck = home.town.faults.next('POST /channels/:id/messages', { hang: true });
    const reply = await benFixes(home.town);
    await struck;
    const { code, after } = await child.terminate();
    expect(code).toBe(0);
    expect(after).toBeLessThan(5_000);
    expect(child.err).toBe('');
    await started(home);
    home.repeats(reply);
    await benFixes(home.town, otherFix);
    expect(textOf(await home.town.person('ben').nextDm())).toContain(otherFix);
    expect(notes(home.town)).toHaveLength(1);
  });

  it('drops a reply that still waits', async () => {
    await using home = await openHome();
    const child = await started(home, { NUDGE_SETTLE_MS: '60000' });
    await setUp(home.town);
    await benFixes(home.town);
    const { code, after } = await child.terminate();
    expect(code).toBe(0);
    expect(after).toBeLessThan(2_000);
    expect(notes(home.town)).toEqual([]);
  });

  it('ends it at whatever moment of the start it comes', async () => {
    await using home = await openHome();
    for (const moment of [0, 50, 100, 200, 300, 500, 700, 800, 900, 1000, 1100, 1200]) {
      const child = home.start();
      // Not to wait for something: the moments themselves are what is tried.
      await new Promise((resolve) => setTimeout(resolve, moment));
      const { after } = await child.terminate();
      expect(after, `${moment} ms after the start`).toBeLessThan(5_000);
      expect(child.err, `${moment} ms after the start`).toBe('');
    }
  }, 60_000);

  it('ends it while it is still starting', async () => {
    await using home = await openHome();
    const struck = home.town.faults.next('GET /gateway/bot', { hang: true });
    const child = home.start();
    await struck;
    const { code, after } = await child.terminate();
    expect(code).toBe(0);
    expect(after).toBeLessThan(5_000);
    expect(child.err).toBe('');
  });
});

describe('a token that Discord no longer accepts', () => {
  it.each(['GET /channels/:id/messages', 'POST /users/@me/channels', 'POST /channels/:id/messages'])(
    'ends it with a word about what to do, so that it is started again: %s',
    async (route) => {
      await using home = await openHome();
      const child = await started(home);
      await setUp(home.town);
      void home.town.faults.next(route, { status: 401 });
      await benFixes(home.town);
      expect(await child.ended).toMatchObject({ code: 1 });
      expect(child.out).toMatch(/"level":"fatal".*DISCORD_TOKEN/);
      expect(child.err).toBe('');
      expect(notes(home.town)).toEqual([]);
    },
  );
});

describe('a gateway that lets nobody in for a while', () => {
  // Nothing else keeps the process then: it ended without a word.
  it('is waited for', async () => {
    await using home = await openHome();
    const child = await started(home);
    const { gateway } = home.town;
    const closing = setInterval(() => gateway.drop({ code: 4000, resumable: false }), 10);
    const from = Date.now();
    // Long enough for tries in vain, after which it waits seconds for the next.
    while (Date.now() - from < 6_000) await Promise.race([child.ended, pause(100)]);
    clearInterval(closing);
    await home.town.online(30_000);
    expect(child.out).not.toContain('Attune stopped');
    await child.kill();
  }, 60_000);
});

describe('npm start', () => {
  it('passes SIGTERM on to Attune', async () => {
    await using home = await openHome();
    await using npm = startByNpm({
      DISCORD_TOKEN: home.town.token,
      DISCORD_API_URL: home.town.api,
      DATABASE_PATH: home.database,
    });
    await npm.prints('Attune is ready');
    const gone = new Promise<void>((resolve) => {
      const stop = home.town.gateway.watch((what) => {
        if (what !== 'gone') return;
        stop();
        resolve();
      });
    });
    const ended = npm.terminate();
    await Promise.race([gone, ended.then(() => gone), late(5_000)]);
    expect((await ended).after).toBeLessThan(5_000);
    expect(npm.err).toBe('');
  });
});

/** Rejects after so many milliseconds. */
const late = (ms: number) =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`nothing happened within ${ms} ms`)), ms).unref();
  });

describe('SIGKILL', () => {
  it.each([
    ['while the conversation is being fetched', 'GET /channels/:id/messages', { hang: true } as const],
    ['after the claim, before the note', 'POST /users/@me/channels', { hang: true } as const],
    ['when the note was sent and is not there', 'POST /channels/:id/messages', { hang: true } as const],
    ['when the note is there and was not confirmed', 'POST /channels/:id/messages', { delayAnswer: 60_000 } as const],
  ])('%s: never a second note', async (_, route, trouble) => {
    await using home = await openHome();
    const child = await started(home);
    await setUp(home.town);
    const struck = home.town.faults.next(route, trouble);
    const reply = await benFixes(home.town);
    await struck;
    if ('delayAnswer' in trouble) await home.town.person('ben').nextDm();
    await child.kill();
    const before = notes(home.town).length;
    expect(before).toBe('delayAnswer' in trouble ? 1 : 0);
    await started(home);
    home.repeats(reply);
    await benFixes(home.town, otherFix);
    // Notes go in order: when this one is there, one about the repeated reply would be there, too.
    for (;;) if (textOf(await home.town.person('ben').nextDm()).includes(otherFix)) break;
    const about = notes(home.town).filter((note) => textOf(note).includes(fix));
    expect(about.length).toBeLessThanOrEqual(1);
    if (route.startsWith('POST')) expect(about).toHaveLength(before);
  });
});
