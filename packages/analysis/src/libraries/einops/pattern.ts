/** One dimension of a pattern: the names that it is made of, or three dots for all that the others leave. */
export type Group = readonly string[] | '...';

/** `b n (h d) -> b h n d` as the dimensions of both sides; null for what is no such pattern. */
export interface Pattern {
  readonly left: readonly Group[];
  readonly right: readonly Group[];
}

/** `b (h d) -> b h d` as the groups of names on either side; null for what is no pattern. */
export function parsePattern(text: string): Pattern | null {
  const [left, right, ...more] = text.split('->');
  if (left === undefined || right === undefined || more.length > 0) return null;
  const [before, after] = [groupsIn(left), groupsIn(right)];
  return before === null || after === null ? null : { left: before, right: after };
}

function groupsIn(side: string): readonly Group[] | null {
  const tokens = side.match(/\.\.\.|\([^()]*\)|\w+/g) ?? [];
  if (tokens.length > 20) return null;
  return tokens.map((token) => {
    if (token === '...') return token;
    return token.startsWith('(') ? (token.slice(1, -1).match(/\w+/g) ?? []) : [token];
  });
}
