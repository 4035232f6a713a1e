import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import ignore, { type Ignore } from 'ignore';

/** What git leaves alone below one folder. */
export interface IgnoreRules {
  /** Whether an entry of the folder is ignored; what is in an ignored folder is never asked about. */
  ignores(entry: Entry): boolean;
  /** The rules of a folder in it that is not ignored, its own .gitignore last. */
  below(folder: string): Promise<IgnoreRules>;
}

interface Entry {
  /** An absolute path. */
  readonly path: string;
  readonly isFolder: boolean;
}

/** The patterns of one file, which are relative to `folder`. */
interface Level {
  readonly folder: string;
  readonly patterns: Ignore;
}

/**
 * The rules for a folder that is read: .gitignore from the top of its repository down, and .git/info/exclude. Without
 * a repository those of the folder itself. One that is itself ignored was asked for, so only its own rules hold.
 *
 * @param folder an absolute path
 * @see gitignore(5)
 */
export async function ignoreRulesOf(folder: string): Promise<IgnoreRules> {
  const repository = await repositoryOf(folder);
  if (repository === null) return rulesWith([], folder);
  let rules = await rulesWith(await patternsOf(repository.exclude, repository.top), repository.top);
  for (const inner of foldersBetween(repository.top, folder)) {
    if (rules.ignores({ path: inner, isFolder: true })) return rulesWith([], folder);
    rules = await rules.below(inner);
  }
  return rules;
}

async function rulesWith(above: readonly Level[], folder: string): Promise<IgnoreRules> {
  const levels = [...above, ...(await patternsOf(join(folder, '.gitignore'), folder))];
  return {
    ignores: (entry) => levels.reduce((ignored, level) => verdictOf(level, entry) ?? ignored, false),
    below: (inner) => {
      // A level that ignores the folder was overruled by one further in, and would ignore all that is in it.
      const kept = levels.filter((level) => verdictOf(level, { path: inner, isFolder: true }) !== true);
      return rulesWith(kept, inner);
    },
  };
}

/** True for ignored, false for what `!` takes back, undefined where no pattern matches. */
function verdictOf({ folder, patterns }: Level, { path, isFolder }: Entry): boolean | undefined {
  const inside = relative(folder, path).split(sep).join('/');
  const { ignored, unignored } = patterns.test(isFolder ? `${inside}/` : inside);
  if (ignored) return true;
  return unignored ? false : undefined;
}

/** As git's core.ignorecase is where it makes a repository. */
const IGNORES_CASE = process.platform === 'win32' || process.platform === 'darwin';

async function patternsOf(file: string, folder: string): Promise<readonly Level[]> {
  const text = await textOf(file);
  return text === null ? [] : [{ folder, patterns: ignore({ ignorecase: IGNORES_CASE }).add(text) }];
}

interface Repository {
  readonly top: string;
  /** Patterns of this checkout alone. */
  readonly exclude: string;
}

async function repositoryOf(folder: string): Promise<Repository | null> {
  for (let top = folder; ; top = dirname(top)) {
    const git = join(top, '.git');
    const status = await stat(git).catch(() => null);
    if (status !== null) {
      const shared = status.isDirectory() ? git : await sharedFolderOf(git, top);
      return { top, exclude: join(shared, 'info', 'exclude') };
    }
    if (top === dirname(top)) return null;
  }
}

/** In a linked work tree .git is a file that names a folder, and that names the one shared by all. */
async function sharedFolderOf(file: string, top: string): Promise<string> {
  const named = /^gitdir: (.+)$/m.exec((await textOf(file)) ?? '')?.[1];
  const own = resolve(top, named?.trim() ?? '.git');
  const shared = await textOf(join(own, 'commondir'));
  return shared === null ? own : resolve(own, shared.trim());
}

/** The folders below `top` on the way to `folder`, that one included. */
function foldersBetween(top: string, folder: string): readonly string[] {
  const names = relative(top, folder)
    .split(sep)
    .filter((name) => name !== '');
  return names.map((_, index) => join(top, ...names.slice(0, index + 1)));
}

async function textOf(file: string): Promise<string | null> {
  // Absent, a folder, or not ours to read: as if it were not there, as git has it.
  return readFile(file, 'utf8').catch(() => null);
}
