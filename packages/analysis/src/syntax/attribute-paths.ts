import type { AttributeExpression } from './ast.ts';

const KNOWN = new WeakMap<object, readonly AttributeExpression[]>();

/** The names with a dot in a part of the syntax tree, such as `args.width`, each whole and once; looked for once. */
export function attributePaths(part: object): readonly AttributeExpression[] {
  const known = KNOWN.get(part);
  if (known !== undefined) return known;
  const paths = new Map<string, AttributeExpression>();
  const ahead: unknown[] = [part];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null || 'end' in node) continue;
    const text = pathOf(node);
    // SAFETY: only an attribute has a path with a dot.
    if (text?.includes('.') === true) paths.set(text, node as AttributeExpression);
    else ahead.push(...Object.values(node).filter((value) => value !== undefined));
  }
  const found = [...paths.values()];
  KNOWN.set(part, found);
  return found;
}

/** `a.b.c` of names alone; null for any other part of the tree. */
function pathOf(node: object): string | null {
  const names: string[] = [];
  // SAFETY: of what is no expression, none of these is asked for but `kind`.
  let at = node as AttributeExpression['object'];
  while (at.kind === 'attribute') {
    names.unshift(at.attribute);
    at = at.object;
  }
  return at.kind === 'name' ? [at.name, ...names].join('.') : null;
}
