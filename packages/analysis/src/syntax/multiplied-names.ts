import { type Node, nodesFrom } from './nodes-in.ts';

const KNOWN = new WeakMap<object, ReadonlySet<string>>();

const OPERATORS: ReadonlySet<string> = new Set(['*', '/', '//', '**']);

/** The names that a part of the syntax tree multiplies, divides or raises to a power: what they stand for is no function. */
export function multipliedNames(part: object): ReadonlySet<string> {
  const known = KNOWN.get(part);
  if (known !== undefined) return known;
  const names = new Set(nodesFrom(part).flatMap(factorsIn));
  KNOWN.set(part, names);
  return names;
}

function factorsIn(node: Node): readonly string[] {
  if (node.kind !== 'binary' || !OPERATORS.has(node.operator)) return [];
  return [node.left, node.right].flatMap((side) => (side.kind === 'name' ? [side.name] : []));
}
