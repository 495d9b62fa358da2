import { chownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A file that root makes belongs to whoever owns its folder. A host's command often runs as root (sudo), and the bot as
 * somebody else, who could not open what it left.
 */
export function asTheFolder(path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dirname(path));
  try {
    if (uid !== 0) chownSync(path, uid, gid);
  } catch {
    // A root that may not give files away, or a file system without owners.
  }
}

/** Unlike existsSync, it does not call a file missing that this user may not see. @throws the system's error */
export const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
