/** What Linux says of a process, and of those that it started. */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Milliseconds of CPU, user and system, with that of children that have ended, and for which its first thread could have
 * run and had to wait for a core (`waited`); bytes of memory in use now (`rss`) and at most (`peak`).
 */
export type Use = { cpu: number; waited: number; rss: number; peak: number };

/** USER_HZ: 100 on every Linux that Node runs on. */
const tick = 10;

function stat(pid: number): { parent: number; cpu: number } {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), cpu: ticks * tick };
}

function children(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((other) => {
    try {
      return stat(other).parent === pid;
    } catch {
      return false;
    }
  });
}

/** The process that does the work: below npm and a shell it is their only child's child. */
export function worker(pid: number): number {
  const [child, ...more] = children(pid);
  return child === undefined || more.length > 0 ? pid : worker(child);
}

export function use(pid: number): Use {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) * 1024;
  const [, waited] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
  return { cpu: stat(pid).cpu, waited: Number(waited) / 1e6, rss: bytes('VmRSS'), peak: bytes('VmHWM') };
}
