import { readSegment, type Segment, takesName } from './segment.ts';

/** Any number of folders, none among them. */
const FOLDERS = 'folders';

/** A pattern of whole paths; segments as they follow each other. */
export type PathPattern = readonly (Segment | typeof FOLDERS)[];

/** A path as patterns are held against it: the characters of each of its names. */
export type PathNames = readonly (readonly string[])[];

/** @param path its names with `/` between them */
export function namesOf(path: string): PathNames {
  return path.split('/').map((name) => Array.from(name));
}

/**
 * Reads a pattern with `/` between its segments, of which `**` stands for any number of folders and, at the end, for all
 * that is inside.
 *
 * @throws SegmentError
 */
export function readPathPattern(text: string): PathPattern {
  const segments = text.split('/');
  return segments.flatMap((segment, index): PathPattern => {
    if (!/^\*{2,}$/.test(segment)) return [readSegment(segment)];
    return index === segments.length - 1 ? [FOLDERS, readSegment('*')] : [FOLDERS];
  });
}

/** Whether a pattern takes a whole path, in at most pattern × path steps, for the reason that {@link takesName} has. */
export function takesPath(pattern: PathPattern, names: PathNames): boolean {
  let [at, next] = [0, 0];
  let retry: { readonly segment: number; at: number } | null = null;
  while (at < names.length) {
    const segment = pattern[next];
    if (segment === FOLDERS) {
      retry = { segment: next, at };
      next += 1;
    } else if (segment !== undefined && takesName(segment, names[at]!)) {
      next += 1;
      at += 1;
    } else if (retry !== null) {
      retry.at += 1;
      [at, next] = [retry.at, retry.segment + 1];
    } else return false;
  }
  return next === pattern.length;
}
