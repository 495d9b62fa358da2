/** What `npm start` runs without a token: the real bot in the town, with its page, in a process of its own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sentences } from '../sentences.ts';

export type Demo = {
  url: string;
  /** All that it has printed. */
  said: string;
  [Symbol.asyncDispose](): Promise<void>;
};

const here = fileURLToPath(new URL('../..', import.meta.url));
const within = 20_000;

/** Resolves once the scene at its beginning was played. `root`: where the project lies, with its words. */
export async function openDemo({ settleMs = 300, root = here } = {}): Promise<Demo> {
  const atLast = sentences('demo.yaml', join(root, 'data'))('goesOn');
  const { DISCORD_TOKEN: _, DATABASE_PATH: __, ...rest } = process.env;
  const env = {
    ...rest,
    NODE_ENV: 'development',
    TOWN_PORT: '0',
    NUDGE_SETTLE_MS: String(settleMs),
    LOG_LEVEL: 'warn',
    DISCORD_TOKEN: '',
  };
  const child = spawn(process.execPath, [join(root, 'src/main.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the town did not open within ${within} ms:\n${said}`)), within);
    const hear = (data: Buffer) => {
      said += data;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address === undefined || !said.includes(atLast)) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the town ended with ${code}:\n${said}`)));
  }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    url,
    get said() {
      return said;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
