import { readFileSync } from 'node:fs';

type Locked = { version?: string; license?: string; dev?: boolean; link?: boolean; optional?: boolean };

/** Every package that the bot runs with, from the lock file. */
export function lockedPackages() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
  return Object.entries(packages)
    .filter(([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link)
    .map(([path, { version = '?', license = 'none named', optional = false }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version,
      license,
      /** Only on some machines. */
      optional,
    }));
}
