import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTown } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { startAttune } from '../child.ts';
import { freePort } from '../free-port.ts';

/** The port for who watches over the bot, asked of a real process. */

async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'attune-health-'));
  const [town, port] = [await openTown(), await freePort()];
  const env = {
    DISCORD_TOKEN: town.token,
    DISCORD_API_URL: town.api,
    DATABASE_PATH: join(folder, 'attune.db'),
    NUDGE_SETTLE_MS: '50',
    HEALTH_PORT: String(port),
  };
  const child = startAttune(env, folder);
  await child.prints('Attune is ready');
  return {
    town,
    child,
    env,
    folder,
    async get(path: string, init?: RequestInit) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
      return { status: response.status, text: await response.text() };
    },
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]();
      await town.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const sorrow = 'my mother died and the house is so quiet zzmarkpost';
const fix = 'you should see a therapist zzmarkreply';

describe('the port for who watches over the bot', () => {
  it('says that it is alive and ready, and knows no other path', async () => {
    await using bot = await start();
    expect(await bot.get('/healthz')).toEqual({ status: 200, text: 'alive\n' });
    expect(await bot.get('/readyz?full=1')).toEqual({ status: 200, text: 'ready\n' });
    for (const path of ['/', '/metrics/..', '/__proto__', '/constructor'])
      expect(await bot.get(path)).toMatchObject({ status: 404 });
    expect(await bot.get('/metrics', { method: 'POST', body: 'x'.repeat(100_000) })).toMatchObject({ status: 404 });
    expect(await bot.child.terminate()).toMatchObject({ code: 0 });
  });

  it('counts decisions and commands, and nothing of who or what', async () => {
    await using bot = await start();
    const [ana, ben, mo] = ['ana', 'ben', 'mo'].map((name) => bot.town.person(name));
    if (!ana || !ben || !mo) throw new Error('The town has no such people.');
    const panel = await mo.selects(await mo.runs('/setup'), 'setup:channels', ['#support']);
    await mo.presses(panel, 'setup:mode:on');
    await ben.presses(await ben.runs('/nudges'), 'nudges:on');
    await ben.nextDm();
    await ben.repliesTo(await ana.says('#support', sorrow), fix);
    await ben.nextDm();
    const { status, text } = await bot.get('/metrics');
    expect(status).toBe(200);
    expect(text).toMatch(/^attune_servers 1$/m);
    expect(text).toMatch(/^attune_encoder 1$/m);
    expect(text).toMatch(/^attune_silent 0$/m);
    expect(text).toMatch(/^attune_interaction_seconds_count\{unit="setup",end="answered"\} 3$/m);
    expect(text).toMatch(/^attune_discord_answers_total\{status="200"\} \d+$/m);
    expect(text).toContain('process_resident_memory_bytes');
    // A note of today's pace was sent already for turning on; what was decided is counted either way.
    expect(text).toMatch(/^attune_decisions_total\{outcome="nudged",reason="[a-z ]+"\} 1$/m);
    const secrets = ['zzmark', bot.town.token, ana.user.id, ben.user.id, bot.town.guild.id];
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/(?<![.\d])\d{17,}/);
  });

  it('a port that is taken stops the start, in words', async () => {
    await using bot = await start();
    const second = startAttune({ ...bot.env, DATABASE_PATH: join(bot.folder, 'other.db') }, bot.folder);
    expect(await second.ended).toMatchObject({ code: 1 });
    expect(second.err).toContain(`HEALTH_PORT ${bot.env.HEALTH_PORT} cannot be used`);
    expect(second.err).not.toMatch(/at .*:\d+/);
  });
});
