import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { importedFrom } from './imported-by-folder.ts';

/** What stands at the top of a project. */
const MARKS = ['.git', 'pyproject.toml', 'setup.py', 'setup.cfg', 'widthwise.json'];
/** What mostly stands there, and below it, too. */
const SIGNS = ['requirements.txt', 'environment.yml'];
/** What a package of a project does not have beside those, so that a package with it is the whole project. */
const LICENSES = ['LICENSE', 'LICENSE.txt', 'LICENSE.md'];

/**
 * The folder in which the modules that a file imports are looked for: that of its repository, else the outermost with a
 * mark of a project, else the innermost with a sign of one that is no package or has a license, else the one above its
 * packages or the one that the imports of its files need.
 */
export class WorkspaceRoots {
  readonly #byFolder = new Map<string, Promise<string>>();

  /** @param file an absolute path */
  of(file: string): Promise<string> {
    const folder = dirname(file);
    const known = this.#byFolder.get(folder) ?? rootOf(folder);
    this.#byFolder.set(folder, known);
    return known;
  }
}

async function rootOf(folder: string): Promise<string> {
  let marked: string | null = null;
  let signed: string | null = null;
  let packaged = folder;
  let isPackage = true;
  for (let at = folder; ; at = dirname(at)) {
    const [marks, signs] = await Promise.all([MARKS, SIGNS].map((names) => areIn(at, names)));
    if (marks?.[0]) return at;
    if (marks?.includes(true)) marked = at;
    if (isPackage) packaged = at;
    if (signs?.includes(true) && (await isProject(at))) signed ??= at;
    isPackage &&= await exists(join(at, '__init__.py'));
    if (at === dirname(at)) return marked ?? signed ?? outer(packaged, await importedFrom(folder));
  }
}

/** Of two folders around one, that which has the other in it. */
function outer(one: string, other: string): string {
  return other.length < one.length ? other : one;
}

async function isProject(folder: string): Promise<boolean> {
  return !(await exists(join(folder, '__init__.py'))) || (await areIn(folder, LICENSES)).includes(true);
}

function areIn(folder: string, names: readonly string[]): Promise<readonly boolean[]> {
  return Promise.all(names.map((name) => exists(join(folder, name))));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
