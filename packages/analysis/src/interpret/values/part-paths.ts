import type { Value } from './value.ts';

/** What is made of some values, all texts in it as paths where one of these is the path of a part. */
export function madeOfPaths(made: Value, of: readonly Value[]): Value {
  if (!of.some(isOfPath)) return made;
  if (made.kind === 'text') return { ...made, isPath: true };
  return made.kind === 'list' ? { ...made, items: made.items.map((item) => madeOfPaths(item, of)) } : made;
}

function isOfPath(value: Value): boolean {
  return value.kind === 'list' ? value.items.some(isOfPath) : value.kind === 'text' && value.isPath === true;
}
