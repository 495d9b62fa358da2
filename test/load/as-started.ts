import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** The command that `npm start` runs, without the shell around it. */
export function asStarted(): string {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.replace(/^exec /, '').replace(/ \|\|.*$/, '');
}

/** A bot, as the leader of a process group of its own, whose Discord is at this port of this machine. */
export function startBot(
  command: string,
  port: number,
  env: Readonly<Record<string, string>>,
  stdio: 'inherit' | 'ignore' | ['ignore', number, number],
): ChildProcess {
  const [program = '', ...rest] = command.trim().split(/\s+/);
  const discord = {
    DISCORD_TOKEN: `${btoa('100000000000000001')}.load.test`,
    DISCORD_API_URL: `http://127.0.0.1:${port}/api`,
  };
  const options = { env: { ...process.env, ...discord, ...env }, stdio, detached: true };
  return spawn(program === 'node' ? process.execPath : program, rest, options);
}

/** Ends the bot and all that it started. */
export async function stopBot(bot: ChildProcess): Promise<void> {
  if (bot.exitCode !== null || bot.signalCode !== null || bot.pid === undefined) return;
  const ended = once(bot, 'exit');
  process.kill(-bot.pid, 'SIGKILL');
  await ended;
}

/** Ends it as a host does: the exit code, and the ms that it took. After ten seconds it is gone all the same. */
export async function endBot(bot: ChildProcess): Promise<{ code: number | null; ms: number }> {
  const begun = performance.now();
  const ended = once(bot, 'exit');
  bot.kill('SIGTERM');
  const late = setTimeout(() => void stopBot(bot), 10_000);
  const [code] = (await ended) as [number | null];
  clearTimeout(late);
  return { code, ms: performance.now() - begun };
}
