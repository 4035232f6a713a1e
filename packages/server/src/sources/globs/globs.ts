import { namesOf, type PathPattern, readPathPattern, takesPath } from './path-pattern.ts';
import { SegmentError } from './segment.ts';

/** How long globs are together at most, braces written out: so that no file is held against more. */
const MOST_CHARACTERS = 20_000;
/** How long one is, as it is written. */
const LONGEST = 1_000;

/** Globs that are read; a path that one of them takes is taken. */
export type Globs = readonly PathPattern[];

/** A glob that cannot be used. */
export interface GlobProblem {
  /** Which of the list. */
  readonly index: number;
  readonly problem: string;
}

/** Reads globs of `*`, `**`, `?`, `[a-z]` and `{a,b}`, or says of the first that is something else what it is. */
export function readGlobs(texts: readonly string[]): Globs | GlobProblem {
  const globs: PathPattern[] = [];
  let left = MOST_CHARACTERS;
  for (const [index, text] of texts.entries()) {
    const read = readGlob(text, left);
    if ('problem' in read) return { index, problem: read.problem };
    globs.push(...read.patterns);
    left -= read.characters;
  }
  return globs;
}

/** @param path relative to the folder of the globs, `/` between its names */
export function takenBy(globs: Globs, path: string): boolean {
  const names = namesOf(path);
  return globs.some((glob) => takesPath(glob, names));
}

type ReadGlob =
  | { readonly patterns: readonly PathPattern[]; readonly characters: number }
  | { readonly problem: string };

function readGlob(text: string, left: number): ReadGlob {
  if (text.startsWith('!')) return { problem: "begins with '!', which takes nothing back here" };
  if (/[?*+@!]\(/.test(text)) return { problem: 'has a list in parentheses; write {a,b}' };
  if (text.length > LONGEST) return { problem: `is longer than ${LONGEST} characters` };
  if (/\{[^{},]*\.\.[^{},]*\}/.test(text)) return { problem: 'has a range in braces; write {1,2,3}' };
  const written = writtenOut(text.replace(/^\.\//, ''), left);
  if (written === null) {
    return { problem: `makes the globs longer than ${MOST_CHARACTERS} characters, braces written out` };
  }
  try {
    const patterns = written.map(readPathPattern);
    return { patterns, characters: written.reduce((sum, { length }) => sum + length + 1, 0) };
  } catch (error) {
    if (error instanceof SegmentError) return { problem: error.message };
    throw error;
  }
}

/** `{a,b}.py` as `a.py` and `b.py`; null where that is longer than `most` characters. */
function writtenOut(text: string, most: number): readonly string[] | null {
  let done: readonly string[] = [''];
  for (let at = 0; at < text.length; ) {
    const { choices, end } = choicesAt(text, at, most);
    if (choices === null || charactersOf(done, choices) > most) return null;
    done = done.flatMap((head) => choices.map((choice) => head + choice));
    at = end;
  }
  return done;
}

/** What may stand at a place: one character, or what braces hold. */
function choicesAt(
  text: string,
  at: number,
  most: number,
): { readonly choices: readonly string[] | null; readonly end: number } {
  const braces = text[at] === '{' ? bracesAt(text, at) : null;
  if (braces === null) {
    const end = at + (text[at] === '\\' ? 2 : 1);
    return { choices: [text.slice(at, end)], end };
  }
  const parts = braces.parts.map((part) => writtenOut(part, most));
  const choices = parts.flatMap((part) => part ?? []);
  return { choices: parts.includes(null) ? null : choices, end: braces.end };
}

/** How long each head with each choice is, together. */
function charactersOf(heads: readonly string[], choices: readonly string[]): number {
  const length = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length + 1, 0);
  return length(heads) * choices.length + length(choices) * heads.length;
}

/** The parts between commas, and where the brace that closes them ends; null where it is only a brace. */
function bracesAt(
  text: string,
  start: number,
): { readonly parts: readonly string[]; readonly end: number } | null {
  const cuts: number[] = [start];
  let depth = 0;
  for (const { 0: mark, index } of text.slice(start).matchAll(/\\.|[{},]/gs)) {
    const at = start + index;
    if (mark === '{') depth += 1;
    if (mark === ',' && depth === 1) cuts.push(at);
    if (mark !== '}') continue;
    depth -= 1;
    if (depth > 0) continue;
    const parts = cuts.map((cut, number) => text.slice(cut + 1, cuts[number + 1] ?? at));
    return parts.length === 1 ? null : { parts, end: at + 1 };
  }
  return null;
}
