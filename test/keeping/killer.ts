/** Imported before a command: it is killed at the KILL_AT-th step that changes something, before that is done. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

let left = Number(process.env.KILL_AT);
const step = () => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};
type Any = (...args: unknown[]) => unknown;
function counted(home: object, name: string, counts: (args: unknown[]) => boolean = () => true): void {
  const real = Reflect.get(home, name) as Any;
  Reflect.set(home, name, function (this: unknown, ...args: unknown[]) {
    if (counts(args)) step();
    return real.apply(this, args);
  });
}

for (const name of ['writeSync', 'fsyncSync', 'renameSync', 'linkSync', 'copyFileSync']) counted(fs, name);
counted(fs, 'openSync', ([, mode]) => mode === 'wx');
syncBuiltinESMExports();
counted(Database.prototype, 'prepare', ([text]) => /^\s*(insert|update|delete|begin|commit)/i.test(String(text)));
