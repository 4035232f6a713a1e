import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';

/** What stands at a path, a link for itself; null for what is absent, or not to be looked at. */
export function entryAt(path: string): Promise<Stats | null> {
  return lstat(path).catch(() => null);
}
