import { isInstalled } from './installed-names.ts';
import type { FoundModule } from './workspace.ts';

/** What is where: the answers of a file system, with `/` between the parts of a path. */
export interface Files {
  /** The folders of the workspace. Nothing outside of them is looked for. */
  readonly roots: readonly string[];
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
  /** The names of the folders in one, but for hidden ones; none where there are too many. */
  foldersIn(path: string): readonly string[];
  textOf(path: string): string | undefined;
}

/** More parts than names of modules have. */
const MOST_PARTS = 32;

/**
 * The module that a file means by a name, as Python finds it: relative to the file's package, or in the folders that are
 * no packages themselves, from that of the file up to the workspace's, which may be one, and in the `src` of each.
 *
 * `import model` in `utils/model.py` is of another `model`, where there is one.
 *
 * A folder without `__init__.py` is a package, too, whose path ends in `/`, if no other has the name.
 *
 * What is found in none of these, and is no name of an installed package, is what stands beside the file, though that is in
 * a package, as scripts of such a folder name it; or else the one module of this name in the folders around, as paths are
 * set for that outside of the code, unless it imports the name itself, which is installed then.
 */
export function findModule(files: Files, name: string, from: string): FoundModule | undefined {
  const parts = name
    .replace(/^\.+/, '')
    .split('.')
    .filter((part) => part !== '');
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  const root = files.roots.find((one) => from.startsWith(`${one}/`));
  if (root === undefined || parts.length > MOST_PARTS) return undefined;
  const folders = ancestors(from, root);
  const path =
    dots > 0
      ? moduleIn(files, folders[dots - 1], parts)
      : (firstOf(files, searched(files, folders, root), { parts, from }) ??
        beside(files, folders, { parts, from }));
  return path === undefined ? undefined : { path, name: moduleName(files, path, root) };
}

/** The folders that a path is in, the innermost first, up to a root. */
function ancestors(path: string, root: string): readonly string[] {
  const found: string[] = [];
  for (let at = parentOf(path); at.length >= root.length; at = parentOf(at)) {
    found.push(at);
    if (at === root) break;
  }
  return found;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** The folders in which absolute names are looked for: scripts are run in the workspace's, be it a package or not. */
function searched(files: Files, folders: readonly string[], root: string): readonly string[] {
  return folders
    .filter((folder) => folder === root || !isPackage(files, folder))
    .flatMap((folder) => (files.isDirectory(`${folder}/src`) ? [folder, `${folder}/src`] : [folder]));
}

function isPackage(files: Files, folder: string): boolean {
  return files.isFile(`${folder}/__init__.py`);
}

interface Absolute {
  readonly parts: readonly string[];
  readonly from: string;
}

function firstOf(files: Files, folders: readonly string[], { parts, from }: Absolute): string | undefined {
  let itself: string | undefined;
  let folderOnly: string | undefined;
  for (const folder of folders) {
    const path = moduleIn(files, folder, parts);
    if (path === from && parts.length === 1) itself = path;
    else if (path !== undefined && !path.endsWith('/')) return path;
    else folderOnly ??= path;
  }
  return folderOnly ?? itself;
}

/** The module beside a file or, of all that stand in folders around it, the only one, those of the nearest first. */
function beside(files: Files, folders: readonly string[], { parts, from }: Absolute): string | undefined {
  if (isInstalled(parts[0] ?? '')) return undefined;
  const isAnother = (path: string | undefined): path is string =>
    path !== undefined && path !== from && !path.endsWith('/');
  const own = moduleIn(files, folders[0], parts);
  if (isAnother(own)) return imports(files, own, parts) ? undefined : own;
  for (const folder of folders) {
    const all = files.foldersIn(folder).map((name) => moduleIn(files, `${folder}/${name}`, parts));
    const [one, ...others] = all.filter(isAnother);
    if (one !== undefined) return others.length > 0 || imports(files, one, parts) ? undefined : one;
  }
  return undefined;
}

/** Whether a module imports the package of a name. */
function imports(files: Files, path: string, [name]: readonly string[]): boolean {
  const lines = files.textOf(path)?.split('\n') ?? [];
  return lines.some((line) => {
    const [statement, imported = ''] = line.trim().split(/[\s,]+/, 2);
    return (statement === 'import' || statement === 'from') && imported.split('.')[0] === name;
  });
}

/** The path of a module below a folder; for no parts that of the folder as a package. */
function moduleIn(files: Files, folder: string | undefined, parts: readonly string[]): string | undefined {
  if (folder === undefined) return undefined;
  let at = folder;
  for (const part of parts.slice(0, -1)) {
    at = `${at}/${part}`;
    if (!files.isDirectory(at)) return undefined;
  }
  const last = parts.at(-1);
  const itself = last === undefined ? at : `${at}/${last}`;
  if (isPackage(files, itself)) return `${itself}/__init__.py`;
  if (last !== undefined && files.isFile(`${itself}.py`)) return `${itself}.py`;
  return files.isDirectory(itself) ? `${itself}/` : undefined;
}

/** By which name other modules import a module: from the folder above its packages, or else from the workspace's. */
function moduleName(files: Files, path: string, root: string): string {
  const itself = path.replace(/(?:\/__init__)?\.py$|\/$/, '');
  let top = path.endsWith('/__init__.py') ? itself : parentOf(itself);
  while (top.length > root.length && isPackage(files, top)) top = parentOf(top);
  const isPackaged = isPackage(files, parentOf(itself)) || path.endsWith('/__init__.py');
  const below = isPackaged
    ? itself.slice(top.length + 1)
    : itself.slice(root.length + 1).replace(/^src\//, '');
  return below.replaceAll('/', '.');
}
