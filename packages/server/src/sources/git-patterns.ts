import { namesOf, type PathNames, readPathPattern, takesPath } from './globs/path-pattern.ts';
import { readSegment, SegmentError, takesName } from './globs/segment.ts';

/** The patterns of one file as git reads them. */
export interface GitPatterns {
  /**
   * True for ignored, false for what `!` takes back, undefined where no pattern matches.
   *
   * @param path relative to the folder of the file, `/` between its names
   */
  verdictOf(path: string, isFolder: boolean): boolean | undefined;
}

/** How long patterns with wildcards are together at most: so that no entry of a folder is held against more. */
const MOST_CHARACTERS = 20_000;

interface Pattern {
  /** Without what says how it is meant. */
  readonly text: string;
  /** A name at any depth; else a path from the folder of the file. */
  readonly isName: boolean;
  readonly ignores: boolean;
  readonly foldersOnly: boolean;
  readonly line: number;
}

interface WildPattern extends Pattern {
  readonly takes: (names: PathNames) => boolean;
}

/**
 * Reads a .gitignore, of which the last pattern that matches decides. Those without wildcards are looked up, however many
 * they are; the others are held against each entry one by one, in time linear in both.
 *
 * @param foldsCase whether upper and lower case are the same
 * @returns null where there are more patterns with wildcards than any project has
 * @see gitignore(5)
 */
export function readGitPatterns(text: string, foldsCase: boolean): GitPatterns | null {
  const folded = (path: string): string => (foldsCase ? path.toLowerCase() : path);
  const plain = { names: new Map<string, Pattern[]>(), paths: new Map<string, Pattern[]>() };
  const wild: WildPattern[] = [];
  let left = MOST_CHARACTERS;
  for (const [line, written] of folded(text).split('\n').entries()) {
    const pattern = readLine(written, line);
    if (pattern === null) continue;
    if (/[*?[\\]/.test(pattern.text)) {
      left -= pattern.text.length;
      if (left < 0) return null;
      wild.push(...withWildcards(pattern));
    } else keepLast(pattern.isName ? plain.names : plain.paths, pattern);
  }
  return {
    verdictOf: (path, isFolder) => {
      const names = namesOf(folded(path));
      const fits = ({ foldersOnly }: Pattern): boolean => isFolder || !foldersOnly;
      const found = [
        plain.names.get(names.at(-1)!.join(''))?.findLast(fits),
        plain.paths.get(folded(path))?.findLast(fits),
        wild.findLast((pattern) => fits(pattern) && pattern.takes(names)),
      ];
      return lastOf(found)?.ignores;
    },
  };
}

function lastOf(patterns: readonly (Pattern | undefined)[]): Pattern | undefined {
  return patterns.reduce((last, pattern) => ((pattern?.line ?? -1) > (last?.line ?? -1) ? pattern : last));
}

/** Of patterns that are the same text only the last can decide, and the last that is of files too. */
function keepLast(kept: Map<string, Pattern[]>, pattern: Pattern): void {
  const before = pattern.foldersOnly ? (kept.get(pattern.text) ?? []) : [];
  kept.set(pattern.text, [...before.filter(({ foldersOnly }) => !foldersOnly), pattern]);
}

/** Null for an empty line and a remark. */
function readLine(written: string, line: number): Pattern | null {
  if (written.startsWith('#')) return null;
  let text = withoutSpacesBehind(written.endsWith('\r') ? written.slice(0, -1) : written);
  const ignores = !text.startsWith('!');
  if (!ignores) text = text.slice(1);
  const foldersOnly = text.endsWith('/');
  if (foldersOnly) text = text.slice(0, -1);
  if (text === '') return null;
  const isName = !text.includes('/');
  return { text: text.startsWith('/') ? text.slice(1) : text, isName, ignores, foldersOnly, line };
}

/** Spaces at the end are no part of a pattern, but for one behind a backslash. */
function withoutSpacesBehind(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === ' ') end -= 1;
  let escapes = 0;
  while (text[end - 1 - escapes] === '\\') escapes += 1;
  return text.slice(0, escapes % 2 === 1 ? end + 1 : end);
}

/** None for what matches nothing: a bracket that is not closed, a backslash at the end. */
function withWildcards(pattern: Pattern): WildPattern[] {
  try {
    return [{ ...pattern, takes: takesOf(pattern) }];
  } catch (error) {
    if (error instanceof SegmentError) return [];
    throw error;
  }
}

function takesOf({ text, isName }: Pattern): WildPattern['takes'] {
  if (isName) {
    const segment = readSegment(text);
    return (names) => takesName(segment, names.at(-1)!);
  }
  const path = readPathPattern(text);
  return (names) => takesPath(path, names);
}
