/** What one character of a name may be; or a star, which takes any number of them. */
type Token = { readonly kind: 'star' } | { readonly kind: 'one'; readonly takes: (char: string) => boolean };

/** The pattern of one name of a path, `v[0-9]*.py`. */
export type Segment = readonly Token[];

/** The text has a bracket that is not closed, or ends with a backslash. */
export class SegmentError extends Error {
  override readonly name = 'SegmentError';
}

const STAR: Token = { kind: 'star' };
const ANY: Token = { kind: 'one', takes: () => true };

/**
 * Reads `*`, `?`, `[a-z]`, `[!a]`, `[[:digit:]]` and what a backslash takes at its word. All else is itself.
 *
 * @throws SegmentError
 */
export function readSegment(text: string): Segment {
  const chars = Array.from(text);
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; ) {
    const { token, end } = tokenAt(chars, at);
    // One star takes as much as several.
    if (token !== STAR || tokens.at(-1) !== STAR) tokens.push(token);
    at = end;
  }
  return tokens;
}

interface Read {
  readonly token: Token;
  /** Where the next one begins. */
  readonly end: number;
}

function tokenAt(chars: readonly string[], at: number): Read {
  const char = chars[at]!;
  if (char === '[') return readClass(chars, at);
  if (char === '\\') return { token: literal(escaped(chars, at)), end: at + 2 };
  if (char === '*') return { token: STAR, end: at + 1 };
  return { token: char === '?' ? ANY : literal(char), end: at + 1 };
}

/**
 * Whether a pattern takes a whole name, in at most pattern × name steps: only the last star is ever tried again, since
 * what an earlier one could take instead the last one can take as well.
 *
 * @param name its characters
 */
export function takesName(segment: Segment, name: readonly string[]): boolean {
  let [at, next] = [0, 0];
  let retry: { readonly token: number; at: number } | null = null;
  while (at < name.length) {
    const token = segment[next];
    if (token?.kind === 'star') {
      retry = { token: next, at };
      next += 1;
    } else if (token?.takes(name[at]!)) {
      next += 1;
      at += 1;
    } else if (retry !== null) {
      retry.at += 1;
      [at, next] = [retry.at, retry.token + 1];
    } else return false;
  }
  while (segment[next]?.kind === 'star') next += 1;
  return next === segment.length;
}

function literal(char: string): Token {
  return { kind: 'one', takes: (other) => other === char };
}

function escaped(chars: readonly string[], at: number): string {
  const char = chars[at + 1];
  if (char === undefined) throw new SegmentError('ends with a backslash');
  return char;
}

const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /[a-z0-9]/i,
  alpha: /[a-z]/i,
  blank: /[ \t]/,
  digit: /[0-9]/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[0-9a-f]/i,
};

/** From `[` to its `]`, which stands for itself where it comes first. */
function readClass(chars: readonly string[], start: number): Read {
  const negated = chars[start + 1] === '!' || chars[start + 1] === '^';
  const first = start + (negated ? 2 : 1);
  const members: ((char: string) => boolean)[] = [];
  for (let at = first; at < chars.length; ) {
    if (chars[at] === ']' && at > first) {
      const takes = (char: string): boolean => members.some((member) => member(char)) !== negated;
      return { token: { kind: 'one', takes }, end: at + 1 };
    }
    const named = namedClass(chars, at);
    if (named !== null) {
      members.push((char) => named.test.test(char));
      at = named.end;
      continue;
    }
    const low = memberAt(chars, at);
    const isRange = chars[low.end] === '-' && chars[low.end + 1] !== undefined && chars[low.end + 1] !== ']';
    const high = isRange ? memberAt(chars, low.end + 1) : low;
    const [from, to] = [low.char.codePointAt(0)!, high.char.codePointAt(0)!];
    members.push((char) => from <= char.codePointAt(0)! && char.codePointAt(0)! <= to);
    at = high.end;
  }
  throw new SegmentError("has a '[' that is not closed");
}

function memberAt(chars: readonly string[], at: number): { readonly char: string; readonly end: number } {
  if (chars[at] !== '\\') return { char: chars[at]!, end: at + 1 };
  return { char: escaped(chars, at), end: at + 2 };
}

/** `[:digit:]` inside of brackets. */
function namedClass(
  chars: readonly string[],
  at: number,
): { readonly test: RegExp; readonly end: number } | null {
  if (chars[at] !== '[' || chars[at + 1] !== ':') return null;
  for (const [name, test] of Object.entries(NAMED)) {
    const end = at + name.length + 4;
    if (chars.slice(at + 2, end).join('') === `${name}:]`) return { test, end };
  }
  return null;
}
