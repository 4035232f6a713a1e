import { relative, sep } from 'node:path';
import type { RuleLevel } from '@widthwise/analysis';
import { readGlobs, takenBy } from '../globs/globs.ts';
import { levelsByCode } from './rule-selectors.ts';

/** Selectors of rules by glob, as `per-file-ignores` has them. */
export type PerFileIgnores = Readonly<Record<string, readonly string[]>>;

/**
 * The rules that are off in one file.
 *
 * @param file an absolute path
 * @param folder what the globs are relative to
 */
export function ignoredIn(
  file: string,
  folder: string,
  ignores: PerFileIgnores,
): Readonly<Record<string, RuleLevel>> {
  const path = relative(folder, file).split(sep).join('/');
  const selectors = Object.entries(ignores).flatMap(([glob, ignored]) => {
    const globs = readGlobs([glob]);
    // A configuration with a glob that cannot be used is none, and was told to be so.
    return !('problem' in globs) && takenBy(globs, path) ? ignored : [];
  });
  return levelsByCode(Object.fromEntries(selectors.map((selector) => [selector, 'off'] as const)));
}
