import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { UsageError } from '../cli/command.ts';

/** A file to lint. */
export interface FoundFile {
  /** As it is printed: below the path that was asked for. */
  readonly path: string;
  readonly absolute: string;
  /** Whether it was asked for by name, and so is linted whatever the configuration leaves alone. */
  readonly named: boolean;
  /** The folder that was asked for, or the file's own. */
  readonly root: string;
}

const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  'node_modules',
  'site-packages',
  'venv',
  'env',
  '__pycache__',
  'build',
  'dist',
]);

/**
 * The Python files of paths: a file is itself, a folder all below it that is not hidden or installed.
 *
 * @throws UsageError for a path that does not exist
 */
export async function findFiles(paths: readonly string[], cwd: string): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const status = await stat(absolute).catch(() => null);
    if (status === null) throw new UsageError(`no such file or folder: ${path}`);
    if (status.isDirectory()) await walk(path, absolute, absolute, found);
    else found.push({ path, absolute, named: true, root: dirname(absolute) });
  }
  return found;
}

async function walk(path: string, folder: string, root: string, found: FoundFile[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const [shown, absolute] = [join(path, entry.name), join(folder, entry.name)];
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && !SKIPPED_FOLDERS.has(entry.name))
        await walk(shown, absolute, root, found);
    } else if (entry.isFile() && extname(entry.name) === '.py') {
      found.push({ path: shown, absolute, named: false, root });
    }
  }
}
