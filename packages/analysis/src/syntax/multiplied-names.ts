import type { BinaryExpression } from './ast.ts';

const KNOWN = new WeakMap<object, ReadonlySet<string>>();

const OPERATORS: ReadonlySet<string> = new Set(['*', '/', '//', '**']);

/** The names that a part of the syntax tree multiplies, divides or raises to a power: what they stand for is no function. */
export function multipliedNames(part: object): ReadonlySet<string> {
  const known = KNOWN.get(part);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const ahead: unknown[] = [part];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null || 'end' in node) continue;
    for (const name of factorsIn(node)) names.add(name);
    ahead.push(...Object.values(node).filter((value) => value !== undefined));
  }
  KNOWN.set(part, names);
  return names;
}

function factorsIn(node: object): readonly string[] {
  // SAFETY: of what is no part of the tree, such as a list, none of these is asked for but `kind`.
  const { kind, operator, left, right } = node as BinaryExpression;
  if (kind !== 'binary' || !OPERATORS.has(operator)) return [];
  return [left, right].flatMap((side) => (side.kind === 'name' ? [side.name] : []));
}
