import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBooks, most, spread } from './endure/books.ts';
import { createLimits } from './endure/limits.ts';
import { timeSettings } from './endure/settings.ts';
import { growth } from './endure/watch.ts';

/** `npm run endure`, for some seconds, so that it does not rot; and that its bounds can be missed. */

async function endure(...flags: string[]) {
  const child = spawn(process.execPath, ['test/load/endure/run.ts', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  /** What was measured, and whether its bound was kept, by the name of the figure. */
  const figure = (name: string) => {
    const line = out.split('\n').find((one) => one.startsWith(`${name}  `)) ?? '';
    return { value: Number(/ {2,}(-?[\d.]+)/.exec(line)?.[1]), missed: line.includes('MISSED') };
  };
  return { out, code, figure };
}

const few = [
  '--minutes',
  '0.2',
  '--rate',
  '15',
  '--members',
  '120',
  '--guilds',
  '6',
  '--settle',
  '0.5',
  '--presses',
  '2',
];

describe('the endurance run', { timeout: 120_000 }, () => {
  it('plays people and Discord to the real bot, and keeps its books', async () => {
    const { out, figure } = await endure(...few, '--drop', '5', '--settings', '');
    expect(figure('messages').value, out).toBe(180);
    expect(figure('interactions answered').value, out).toBeGreaterThan(10);
    expect(figure('notes').value, out).toBeGreaterThan(0);
    expect(figure('connections dropped').value, out).toBe(2);
    for (const name of ['noted twice', 'noted after a no', 'closed or gone, tried again', 'opened too fast'])
      expect(figure(name), out).toEqual({ value: 0, missed: false });
    expect(figure('invalid requests in ten minutes').missed, out).toBe(false);
    expect(out).toMatch(/^ {2}\d+ {2}nudged: fix$/m);
    // How soon people are answered is told by a machine that does nothing else.
  });
});

describe('the settings of many servers', () => {
  it('are read by a process of its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attune-settings-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const where = { path: join(folder, 'attune.db'), memberKey: 'a key that is only used in tests' };
    const { wall, cpu } = await timeSettings(where, 100);
    expect(wall).toBeGreaterThan(0);
    expect(cpu).toBeGreaterThan(0);
  });
});

describe('the books', () => {
  const open = () => {
    const clock = { now: 0 };
    const books = createBooks(() => clock.now);
    books.said('11', '1');
    const note = 'https://discord.com/channels/1/2/11';
    return { clock, books, note, wrong: () => books.figures().wrong };
  };

  it('see a second note for a reply, and no fault in the first', () => {
    const { books, note, wrong } = open();
    books.wrote('7', note);
    expect(wrong()['noted twice']).toBe(0);
    books.wrote('7', note);
    expect(wrong()['noted twice']).toBe(1);
  });

  it('see a note after a no was answered; none before it, and none after a new yes', () => {
    const { clock, books, note, wrong } = open();
    books.wrote('7', note);
    books.isOff('7');
    clock.now += 1_000;
    expect(wrong()['noted after a no']).toBe(0);
    books.wrote('7', note);
    expect(wrong()['noted after a no']).toBe(1);
    books.pressed('99', { user: '7', kind: 'nudges:on', wants: 'on' });
    books.wrote('7', note);
    expect(wrong()['noted after a no']).toBe(1);
  });

  it('see a closed door that is tried again, but after a press', () => {
    const { books, wrong } = open();
    books.turnedAway('7', 'closed');
    books.pressed('99', { user: '7', kind: 'nudges:on', wants: 'on' });
    books.turnedAway('7', 'closed');
    expect(wrong()['closed or gone, tried again']).toBe(0);
    books.turnedAway('7', 'closed');
    expect(wrong()['closed or gone, tried again']).toBe(1);
  });

  it('count refused requests but not limits of others, and people who were not answered', () => {
    const { clock, books } = open();
    for (const status of [401, 403, 429, 404, 200]) books.refused(status);
    books.refused(429, 'shared');
    books.pressed('99', { user: '7', kind: '/help', wants: undefined });
    clock.now += 3_001;
    books.giveUp();
    expect(books.figures()).toMatchObject({ invalid: 3, unanswered: 1 });
  });

  it('find the fullest second and the hundredth that took longest', () => {
    expect(most([0, 500, 999, 1_000, 1_400], 1_000)).toBe(4);
    expect(spread(Array.from({ length: 100 }, (_, at) => at + 1))).toEqual({ median: 51, p99: 100, max: 100 });
  });
});

describe('the limits', () => {
  it('are told in headers, and refuse what is over them until the time is up', () => {
    let now = 0;
    const { take } = createLimits(() => now);
    const look = (channel: string) => take(`GET /channels/${channel}/messages`);
    const all = Array.from({ length: 6 }, () => look('1'));
    expect(all.map(({ refused }) => refused?.scope)).toEqual([...Array(5).fill(undefined), 'user']);
    expect(all[4]?.headers).toMatchObject({ 'x-ratelimit-remaining': '0', 'x-ratelimit-bucket': 'look' });
    expect(look('2').refused).toBeUndefined();
    now = 5_000;
    expect(look('1').refused).toBeUndefined();
  });

  it('are fifty a second in all, but not for what answers an interaction', () => {
    const { take } = createLimits(() => 0);
    const asked = (route: string) => Array.from({ length: 60 }, () => take(route).refused?.scope);
    expect(asked('POST /interactions/1/token/callback')).toEqual(Array(60).fill(undefined));
    expect(asked('GET /users/@me').filter((scope) => scope === 'global')).toHaveLength(10);
  });
});

describe('growth', () => {
  const looks = (rss: (minute: number) => number) =>
    Array.from({ length: 121 }, (_, at) => ({ at: at * 5_000, rss: rss(at / 12), cpu: 0, waited: 0, peak: 0 }));

  it('is what comes after the first minutes', () => {
    expect(growth(looks((minute) => Math.min(minute, 3) * 50))).toMatchObject({ slope: 0, gain: 0 });
    const { slope, gain } = growth(looks((minute) => minute * 2));
    expect(slope).toBeCloseTo(2);
    expect(gain).toBeGreaterThan(10);
  });
});
