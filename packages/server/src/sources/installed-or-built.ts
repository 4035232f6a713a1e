import { basename } from 'node:path';

/** Folders of these names hold nothing that people write. */
const INSTALLED: ReadonlySet<string> = new Set(['node_modules', 'site-packages', '__pycache__']);
/** What makes a folder of any name an environment. */
const ENVIRONMENT = /^(?:pyvenv\.cfg|conda-meta)$/;
/** What tools leave in folders that projects call so as well. */
const BUILT: Readonly<Record<string, RegExp>> = {
  build: /^(?:lib|temp|bdist|scripts)(?:\.|$)|^CMakeCache\.txt$/,
  dist: /\.(?:whl|egg|tar\.gz)$/,
};

/**
 * Whether a folder is an environment, of installed packages, or of what was built of sources that stand elsewhere: by
 * what is in it where the name alone does not say.
 *
 * @param entries the names in it
 */
export function isInstalledOrBuilt(folder: string, entries: readonly string[]): boolean {
  const name = basename(folder);
  if (INSTALLED.has(name) || entries.some((entry) => ENVIRONMENT.test(entry))) return true;
  const built = Object.hasOwn(BUILT, name) ? BUILT[name] : undefined;
  return built !== undefined && entries.some((entry) => built.test(entry));
}
