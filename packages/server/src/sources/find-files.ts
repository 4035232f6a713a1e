import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { entryAt } from '../files/entry-at.ts';
import { liesWithin, realPathOf } from '../files/real-path.ts';
import { shownPath } from '../files/shown-path.ts';
import { InputError } from '../input/input-error.ts';
import { type IgnoreRules, ignoreRulesOf } from './git-ignore.ts';
import { isInstalledOrBuilt } from './installed-or-built.ts';

export const NOTEBOOK = '.ipynb';

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
  /** The notebooks of folders, which are not read. */
  readonly notebooks: readonly FoundFile[];
  readonly unread: readonly Unread[];
  /** Links that are not followed: nobody has to mend them. */
  readonly leftOut: readonly Unread[];
}

/**
 * The Python files of paths: a file is itself, a folder all below it that is not hidden, installed, built or ignored by
 * git. Links to folders are not followed; those to files are, inside of the folder that was asked for.
 *
 * @throws InputError for a path that does not exist
 */
export async function findFiles(paths: readonly string[], cwd: string): Promise<FoundFiles> {
  const found: Found = { files: [], notebooks: [], unread: [], leftOut: [] };
  for (const path of paths) {
    if (path === '') throw new InputError(null, "'' names no file or folder; . is this one");
    const absolute = resolve(cwd, path);
    const status = await stat(absolute).catch(() => null);
    if (status === null) throw new InputError(null, `no such file or folder: ${path}`);
    if (!status.isDirectory()) {
      found.files.push({ path, absolute, named: true, root: dirname(absolute) });
      continue;
    }
    const refused = (file: string, why: string) =>
      void found.unread.push({ file: shownPath(file, cwd), why });
    const rules = await ignoreRulesOf(absolute, refused);
    const links: FoundFile[] = [];
    const files: FoundFile[] = [];
    const { notebooks, unread } = found;
    await walk({ path, absolute, rules }, { root: absolute, files, links, notebooks, unread });
    found.files.push(...byPath(files, await followed(links, { root: absolute, files, found })));
  }
  return found;
}

interface Found {
  readonly files: FoundFile[];
  readonly notebooks: FoundFile[];
  readonly unread: Unread[];
  readonly leftOut: Unread[];
}

interface Folder {
  readonly path: string;
  readonly absolute: string;
  readonly rules: IgnoreRules;
}

/** A walk below one folder that was asked for. */
interface Walk {
  readonly root: string;
  readonly files: FoundFile[];
  readonly links: FoundFile[];
  readonly notebooks: FoundFile[];
  readonly unread: Unread[];
}

async function walk(folder: Folder, into: Walk): Promise<void> {
  const entries = await entriesOf(folder, into.unread);
  const names = entries.map(({ name }) => name);
  if (folder.absolute !== into.root && isInstalledOrBuilt(folder.absolute, names)) return;
  for (const entry of entries) {
    const isFolder = entry.isDirectory();
    if (!(isFolder ? !entry.name.startsWith('.') : isOf(entry, '.py', NOTEBOOK))) continue;
    const [path, absolute] = [join(folder.path, entry.name), join(folder.absolute, entry.name)];
    if (folder.rules.ignores({ path: absolute, isFolder })) continue;
    if (await isMisnamed(absolute)) {
      into.unread.push({ file: path, why: 'has a name that is not UTF-8, and cannot be asked for by it' });
    } else if (isFolder) await walk({ path, absolute, rules: await folder.rules.below(absolute) }, into);
    else listOf(entry, into).push({ path, absolute, named: false, root: into.root });
  }
}

function listOf(entry: Dirent, { files, links, notebooks }: Walk): FoundFile[] {
  if (isOf(entry, NOTEBOOK)) return notebooks;
  return entry.isSymbolicLink() ? links : files;
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

function isOf(entry: Dirent, ...extensions: readonly string[]): boolean {
  return (entry.isFile() || entry.isSymbolicLink()) && extensions.includes(extname(entry.name));
}

/** Bytes of a name that are no UTF-8 come as U+FFFD, and the name they make leads nowhere. Of what is not read it does not matter. */
async function isMisnamed(absolute: string): Promise<boolean> {
  if (extname(absolute) === NOTEBOOK) return false;
  return absolute.includes('\uFFFD') && (await entryAt(absolute)) === null;
}

/** The links that lead to a file below the folder that was asked for and is not read by another name. */
async function followed(
  links: readonly FoundFile[],
  { root, files, found }: { root: string; files: readonly FoundFile[]; found: Found },
): Promise<readonly FoundFile[]> {
  if (links.length === 0) return [];
  const realRoot = (await realPathOf(root)) ?? root;
  // Only the last name of these can be a link, and it is none.
  const read = new Set(files.map(({ absolute }) => join(realRoot, relative(root, absolute))));
  const kept: FoundFile[] = [];
  for (const link of links) {
    const real = await realPathOf(link.absolute);
    if (real !== null && read.has(real)) continue;
    if (real === null) found.leftOut.push({ file: link.path, why: 'is a link to nothing' });
    else if (!liesWithin(realRoot, real)) found.leftOut.push({ file: link.path, why: LEADS_OUT });
    else if (!(await isFolder(real))) kept.push(link);
    if (real !== null) read.add(real);
  }
  return kept;
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

const LEADS_OUT = 'is a link out of the folder that was asked for, and is read only where it is named';

function byPath(files: readonly FoundFile[], links: readonly FoundFile[]): readonly FoundFile[] {
  if (links.length === 0) return files;
  return [...files, ...links].sort((left, right) => (left.path < right.path ? -1 : 1));
}
