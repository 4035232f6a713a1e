import type { Expression, Statement } from './ast.ts';

/** A node of the tree. */
export type Node = Expression | Statement;

const NODES = new WeakMap<object, readonly Node[]>();

/** All nodes in a node, in the order of the text; looked for once. */
export function nodesIn(root: object): readonly Node[] {
  const known = NODES.get(root);
  if (known !== undefined) return known;
  const found: Node[] = [];
  const ahead = [...childrenOf(root)].reverse();
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    found.push(node);
    ahead.push(...[...childrenOf(node)].reverse());
  }
  NODES.set(root, found);
  return found;
}

/** A node with all in it, or all nodes in what is none, such as a list of statements. */
export function nodesFrom(part: object): readonly Node[] {
  return isNode(part) ? [part, ...nodesIn(part)] : nodesIn(part);
}

const CHILDREN = new WeakMap<object, readonly Node[]>();

/** The nodes right below one, through what is none, such as arguments; looked for once. */
export function childrenOf(node: object): readonly Node[] {
  const known = CHILDREN.get(node);
  if (known !== undefined) return known;
  const found: Node[] = [];
  addChildren(node, found);
  CHILDREN.set(node, found);
  return found;
}

/** A loop over names, as a fix may have to look through a long file and an array of them takes several times as long. */
function addChildren(node: object, found: Node[]): void {
  for (const name in node) {
    const part = node[name as keyof typeof node] as unknown;
    if (typeof part !== 'object' || part === null || 'end' in part) continue;
    if (isNode(part)) found.push(part);
    else addChildren(part, found);
  }
}

function isNode(part: object): part is Node {
  return 'kind' in part && 'span' in part;
}
