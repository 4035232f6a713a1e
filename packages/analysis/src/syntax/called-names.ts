import type { CallExpression } from './ast.ts';

const KNOWN = new WeakMap<object, ReadonlySet<string>>();

/** The names that a part of the syntax tree calls, and not methods of something that are called so; looked for once. */
export function calledNames(part: object): ReadonlySet<string> {
  const known = KNOWN.get(part);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const ahead: object[] = [part];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (isCall(node) && node.callee.kind === 'name') names.add(node.callee.name);
    for (const name in node) {
      const inside: unknown = node[name as keyof typeof node];
      if (typeof inside === 'object' && inside !== null && !('end' in inside)) ahead.push(inside);
    }
  }
  KNOWN.set(part, names);
  return names;
}

function isCall(node: object): node is CallExpression {
  return 'kind' in node && node.kind === 'call';
}
