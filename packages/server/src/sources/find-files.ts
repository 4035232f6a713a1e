import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { InputError } from '../input/input-error.ts';
import { type IgnoreRules, ignoreRulesOf } from './git-ignore.ts';

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

/** A file or folder that is not read, `why` one clause behind its name. */
export interface Unread {
  readonly file: string;
  readonly why: string;
  /** For whoever looks for a bug of ours. */
  readonly detail?: string;
}

/** What paths stand for. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly unread: readonly Unread[];
}

/**
 * The Python files of paths: a file is itself, a folder all below it that is not hidden, installed or ignored by git.
 *
 * @throws InputError for a path that does not exist
 */
export async function findFiles(paths: readonly string[], cwd: string): Promise<FoundFiles> {
  const [files, unread]: [FoundFile[], Unread[]] = [[], []];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const status = await stat(absolute).catch(() => null);
    if (status === null) throw new InputError(null, `no such file or folder: ${path}`);
    if (status.isDirectory()) {
      const rules = await ignoreRulesOf(absolute);
      await walk({ path, absolute, rules }, absolute, { files, unread });
    } else files.push({ path, absolute, named: true, root: dirname(absolute) });
  }
  return { files, unread };
}

interface Folder {
  readonly path: string;
  readonly absolute: string;
  readonly rules: IgnoreRules;
}

async function walk(
  folder: Folder,
  root: string,
  found: { readonly files: FoundFile[]; readonly unread: Unread[] },
): Promise<void> {
  for (const entry of await entriesOf(folder, found.unread)) {
    const isFolder = entry.isDirectory();
    const [path, absolute] = [join(folder.path, entry.name), join(folder.absolute, entry.name)];
    if (!(isFolder ? isWalked(entry.name) : entry.isFile() && extname(entry.name) === '.py')) continue;
    if (folder.rules.ignores({ path: absolute, isFolder })) continue;
    if (isFolder) await walk({ path, absolute, rules: await folder.rules.below(absolute) }, root, found);
    else found.files.push({ path, absolute, named: false, root });
  }
}

/** In the order of their names. */
async function entriesOf({ path, absolute }: Folder, unread: Unread[]): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(absolute, { withFileTypes: true });
    return entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    unread.push({ file: path, why: `cannot be read (${(error as NodeJS.ErrnoException).code})` });
    return [];
  }
}

function isWalked(name: string): boolean {
  return !name.startsWith('.') && !SKIPPED_FOLDERS.has(name);
}
