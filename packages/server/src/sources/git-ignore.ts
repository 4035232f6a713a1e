import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { entryAt } from '../files/entry-at.ts';
import { type ReadLimit, readFileOf } from '../files/read-file.ts';
import { type GitPatterns, readGitPatterns } from './git-patterns.ts';

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
  readonly patterns: GitPatterns;
}

/** Hears of a file whose patterns are not used, and why: one clause behind its name. */
type Refused = (file: string, why: string) => void;

/**
 * The rules for a folder that is read: .gitignore from the top of its repository down, and .git/info/exclude. Without
 * a repository those of the folder itself. One that is itself ignored was asked for, so only its own rules hold.
 *
 * @param folder an absolute path
 * @see gitignore(5)
 */
export async function ignoreRulesOf(folder: string, refused: Refused): Promise<IgnoreRules> {
  const repository = await repositoryOf(folder);
  if (repository === null) return rulesWith([], folder, refused);
  const { top, exclude } = repository;
  let rules = await rulesWith(await levelOf(exclude, top, refused), top, refused);
  for (const inner of foldersBetween(top, folder)) {
    if (rules.ignores({ path: inner, isFolder: true })) return rulesWith([], folder, refused);
    rules = await rules.below(inner);
  }
  return rules;
}

async function rulesWith(above: readonly Level[], folder: string, refused: Refused): Promise<IgnoreRules> {
  const levels = [...above, ...(await levelOf(join(folder, '.gitignore'), folder, refused))];
  return {
    ignores: (entry) => levels.reduce((ignored, level) => verdictOf(level, entry) ?? ignored, false),
    below: (inner) => rulesWith(levels, inner, refused),
  };
}

function verdictOf({ folder, patterns }: Level, { path, isFolder }: Entry): boolean | undefined {
  return patterns.verdictOf(relative(folder, path).split(sep).join('/'), isFolder);
}

/** As git's core.ignorecase is where it makes a repository. */
const IGNORES_CASE = process.platform === 'win32' || process.platform === 'darwin';
const LIMIT: ReadLimit = { bytes: 1_000_000, of: 'patterns' };

async function levelOf(file: string, folder: string, refused: Refused): Promise<readonly Level[]> {
  const entry = await entryAt(file);
  // Git reads no .gitignore that is a link.
  if (entry === null || entry.isSymbolicLink()) return [];
  const read = await readFileOf(file, LIMIT);
  if ('why' in read) {
    refused(file, read.why);
    return [];
  }
  const patterns = readGitPatterns(read.bytes.toString('utf8').replace(/^\uFEFF/, ''), IGNORES_CASE);
  if (patterns === null)
    refused(file, 'has more wildcards than any project needs, so none of its patterns holds');
  return patterns === null ? [] : [{ folder, patterns }];
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

/** Null for what is absent, or not to be read: as if it were not there, as git has it. */
async function textOf(file: string): Promise<string | null> {
  const read = await readFileOf(file, { bytes: 10_000, of: 'a path' });
  return 'why' in read ? null : read.bytes.toString('utf8');
}
