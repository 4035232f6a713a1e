import { basename, relative, sep } from 'node:path';
import picomatch from 'picomatch';

/** Test files are not models that anybody scales. */
const TEST_FILE = /^(?:test_.*|.*_test|conftest)\.py$/;
const TEST_FOLDER = /(?:^|\/)tests?\//;

/** Whether a file is left alone when nobody names it: a test, or one that the configuration excludes. */
export function isExcluded(file: string, root: string, globs: readonly string[]): boolean {
  const path = relative(root, file).split(sep).join('/');
  if (TEST_FILE.test(basename(file)) || TEST_FOLDER.test(path)) return true;
  return globs.length > 0 && picomatch([...globs], { dot: true })(path);
}
