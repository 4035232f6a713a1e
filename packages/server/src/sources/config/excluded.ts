import { basename, relative, sep } from 'node:path';
import { type Globs, readGlobs, takenBy } from '../globs/globs.ts';

/** Test files are not models that anybody scales. */
const TEST_FILE = /^(?:test_.*|.*_test|conftest)\.py$/s;
const TEST_FOLDER = /(?:^|\/)tests?\//;

/** Whether a file is left alone when nobody names it: a test, or one that the configuration excludes. */
export function isExcluded(file: string, root: string, exclude: readonly string[]): boolean {
  const path = relative(root, file).split(sep).join('/');
  return TEST_FILE.test(basename(file)) || TEST_FOLDER.test(path) || takenBy(globsOf(exclude), path);
}

/** A configuration is read once and asked about many files. */
const read = new WeakMap<readonly string[], Globs>();

function globsOf(exclude: readonly string[]): Globs {
  const known = read.get(exclude);
  if (known !== undefined) return known;
  const globs = readGlobs(exclude);
  // A configuration with a glob that cannot be used is none, and was told to be so.
  const usable = 'problem' in globs ? [] : globs;
  read.set(exclude, usable);
  return usable;
}
