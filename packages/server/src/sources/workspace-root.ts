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
 * packages; without a mark it is the one that the imports of its files need where that is further out.
 */
export class WorkspaceRoots {
  readonly #byFolder = new Map<string, Promise<string>>();
  readonly #traits = new Map<string, Promise<Traits>>();

  /** @param file an absolute path */
  of(file: string): Promise<string> {
    const folder = dirname(file);
    const known = this.#byFolder.get(folder) ?? rootOf(folder, (at) => this.#traitsOf(at));
    this.#byFolder.set(folder, known);
    return known;
  }

  #traitsOf(folder: string): Promise<Traits> {
    const known = this.#traits.get(folder) ?? traitsOf(folder);
    this.#traits.set(folder, known);
    return known;
  }
}

/** What a folder has in it by which projects are known. */
interface Traits {
  readonly isRepository: boolean;
  readonly isMarked: boolean;
  readonly isSigned: boolean;
  readonly isPackage: boolean;
}

async function traitsOf(folder: string): Promise<Traits> {
  const [marks = [], signs = []] = await Promise.all([MARKS, SIGNS].map((names) => areIn(folder, names)));
  return {
    isRepository: marks[0] === true,
    isMarked: marks.includes(true),
    isSigned: signs.includes(true) && (await isProject(folder)),
    isPackage: await exists(join(folder, '__init__.py')),
  };
}

async function rootOf(folder: string, traits: (folder: string) => Promise<Traits>): Promise<string> {
  let marked: string | null = null;
  let signed: string | null = null;
  let packaged = folder;
  let isPackage = true;
  for (let at = folder; ; at = dirname(at)) {
    const its = await traits(at);
    if (its.isRepository) return at;
    if (its.isMarked) marked = at;
    if (isPackage) packaged = at;
    if (its.isSigned) signed ??= at;
    isPackage &&= its.isPackage;
    if (at === dirname(at)) return marked ?? outer(signed ?? packaged, await importedFrom(folder));
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
