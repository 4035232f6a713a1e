import type { Node, Tree } from '@vscode/tree-sitter-wasm';

/** The classes of a tree that are being lowered, the innermost last. */
const CLASSES = new WeakMap<Tree, string[]>();

/** Lowers the body of a class. */
export function inClass<Lowered>({ tree }: Node, name: string, lower: () => Lowered): Lowered {
  const around = CLASSES.get(tree) ?? [];
  CLASSES.set(tree, around);
  around.push(name);
  const lowered = lower();
  around.pop();
  return lowered;
}

/** What Python has a name for: one that begins with two underscores, and does not end so, is that of the class around it. */
export function mangled(name: string, { tree }: Node): string {
  if (!name.startsWith('__') || name.endsWith('__')) return name;
  const owner = CLASSES.get(tree)?.at(-1)?.replace(/^_+/, '') ?? '';
  return owner === '' ? name : `_${owner}${name}`;
}
