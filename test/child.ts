import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Attune as its own process, as `npm start` runs it: what it prints, and how it ends. */

const main = fileURLToPath(new URL('../src/start.js', import.meta.url));

export type Child = ReturnType<typeof startAttune>;

/**
 * @param env the whole environment; of this process nothing is passed on.
 * @param cwd where it runs, with its `.env` if there is one.
 */
export const startAttune = (env: Record<string, string>, cwd: string, nodeOptions: readonly string[] = []) =>
  watch(spawn(process.execPath, [...nodeOptions, main, cwd], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));

/** The same by another Node, or another file of it, with nothing read beside. */
export const startBy = (
  node: string,
  file: string,
  nodeOptions: readonly string[] = [],
  env: Record<string, string> = {},
  args: readonly string[] = [],
) => watch(spawn(node, [...nodeOptions, file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] }));

/** Any command, as another user. */
export const startCommand = (
  [program = '', ...args]: readonly string[],
  cwd: string,
  env: Record<string, string>,
  uid: number,
) => watch(spawn(program, args, { cwd, env, uid, gid: uid, stdio: ['ignore', 'pipe', 'pipe'] }));

/** As `npm start`, where the project is: npm and its shell stand in between. */
export function startByNpm(env: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  return watch(spawn('npm', ['start'], { cwd, env: { PATH, HOME, ...env }, stdio: [...stdio], detached: true }), true);
}

/** @param group whether it leads a group of processes, all of which end with it at last. */
function watch(child: ChildProcess, group = false) {
  let out = '';
  let err = '';
  const looking = new Set<() => void>();
  const look = () => {
    for (const one of [...looking]) one();
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    look();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    look();
  });
  const ended = once(child, 'close').then(([code, signal]) => {
    look();
    return { code: code as number | null, signal: signal as string | null };
  });

  return {
    pid: child.pid,
    get out() {
      return out;
    },
    get err() {
      return err;
    },
    ended,
    /** Resolves when this was printed; rejects when the process ends first, or after so many seconds. */
    prints: (text: string, seconds = 15) =>
      new Promise<void>((resolve, reject) => {
        const end = (how: () => void) => {
          clearTimeout(late);
          looking.delete(check);
          how();
        };
        const failed = (why: string) =>
          end(() => reject(new Error(`${why} before it printed "${text}"\n${out}\n${err}`)));
        const late = setTimeout(failed, seconds * 1_000, `${seconds} seconds went by`);
        const check = () => {
          if (out.includes(text) || err.includes(text)) end(resolve);
          else if (child.exitCode !== null || child.signalCode !== null) failed('Attune ended');
        };
        looking.add(check);
        check();
      }),
    signal: (name: NodeJS.Signals) => child.kill(name),
    /** Ends it for good and waits until it is gone. */
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    /** Milliseconds from SIGTERM to its end, and how it ended. */
    async terminate() {
      const from = performance.now();
      child.kill('SIGTERM');
      const how = await ended;
      return { ...how, after: performance.now() - from };
    },
    async [Symbol.asyncDispose]() {
      try {
        if (group && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // Nobody is left in the group.
      }
      await ended;
    },
  };
}
