import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those above it that are missing: the first that it made; undefined where the folder was there.
 *
 * Node's own `recursive` never ends, and hears no signal, where a folder that is there answers ENOENT to whatever is made
 * in it, as /proc does.
 *
 * @throws what the file system answers, where the folder can not be made
 */
export function makeFolder(path: string, mode = 0o777): string | undefined {
  try {
    mkdirSync(path, { mode });
    return path;
  } catch (error) {
    if (isFolder(path)) return undefined;
    const above = dirname(path);
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isMissing || above === path || isFolder(above)) throw error;
    const first = makeFolder(above, mode);
    const own = makeFolder(path, mode);
    return first ?? own;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
