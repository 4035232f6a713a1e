import type { Statement } from '../ast.ts';
import type { Span } from '../span.ts';

/**
 * The spans of one part of the tree and of another that says the same wherever it stands, by twos; null where it says
 * something else.
 */
export function spansOfSame(
  one: readonly Statement[],
  other: readonly Statement[],
): readonly (readonly [Span, Span])[] | null {
  const spans: (readonly [Span, Span])[] = [];
  const ahead: (readonly [unknown, unknown])[] = [[one, other]];
  for (let pair = ahead.pop(); pair !== undefined; pair = ahead.pop()) {
    const [mine, theirs] = pair;
    if (mine === theirs || (Number.isNaN(mine) && Number.isNaN(theirs))) continue;
    if (!isPart(mine) || !isPart(theirs)) return null;
    if (isSpan(mine) && isSpan(theirs)) spans.push([mine, theirs]);
    else if (!addParts([mine, theirs], ahead)) return null;
  }
  return spans;
}

type Part = Readonly<Record<string, unknown>>;

function isPart(node: unknown): node is Part {
  return typeof node === 'object' && node !== null;
}

function isSpan(part: object): part is Span {
  return 'start' in part && 'end' in part;
}

/** Adds what is in two parts, by twos; false where one has something that the other has not. */
function addParts([mine, theirs]: readonly [Part, Part], ahead: (readonly [unknown, unknown])[]): boolean {
  const names = Object.keys(mine);
  if (names.length !== Object.keys(theirs).length) return false;
  for (const name of names) {
    if (!Object.hasOwn(theirs, name)) return false;
    ahead.push([mine[name], theirs[name]]);
  }
  return true;
}
