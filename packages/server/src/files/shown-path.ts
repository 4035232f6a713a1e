import { relative, resolve } from 'node:path';
import { liesWithin } from './real-path.ts';

/** A path as people are shown it: from where they are if it lies below, else as it was given. */
export function shownPath(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  return (liesWithin(cwd, absolute) && relative(cwd, absolute)) || path;
}
