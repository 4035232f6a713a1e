import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { entryAt } from './entry-at.ts';

/**
 * Whether a path lies in a folder, or is it, by whatever links both are reached. What does not exist lies where it would
 * be made.
 *
 * @param folder absolute
 * @param path absolute
 */
export async function isWithin(folder: string, path: string): Promise<boolean> {
  const [root, real] = await Promise.all([realPathOf(folder), realPathOf(path)]);
  return root !== null && real !== null && liesWithin(root, real);
}

/** The same of paths that are free of links. */
export function liesWithin(folder: string, path: string): boolean {
  const between = relative(folder, path);
  return !(between === '..' || between.startsWith(`..${sep}`) || isAbsolute(between));
}

/** Null for what a link leads to that does not exist. */
export async function realPathOf(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch {
    // Missing, or not to be looked at: a link to it is followed by nobody.
    if ((await entryAt(path)) !== null) return null;
    const folder = dirname(path);
    if (folder === path) return path;
    const real = await realPathOf(folder);
    return real === null ? null : join(real, basename(path));
  }
}
