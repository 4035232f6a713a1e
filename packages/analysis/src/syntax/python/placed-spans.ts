import type { Node, Tree } from '@vscode/tree-sitter-wasm';
import type { Span } from '../span.ts';

/** Where the text of a tree begins in a longer one, and the spans that were made of its nodes. */
interface Placed {
  readonly start: number;
  readonly spans: Span[];
}

const PLACED = new WeakMap<Tree, Placed>();

/** Lets a tree stand somewhere; answers the list of the spans that are made of its nodes from now on. */
export function placeTree(tree: Tree, start: number): readonly Span[] {
  const spans: Span[] = [];
  PLACED.set(tree, { start, spans });
  return spans;
}

/** Where a node stands. */
export function spanOf({ tree, startIndex, endIndex }: Node): Span {
  const placed = PLACED.get(tree);
  const start = placed?.start ?? 0;
  const span: Span = { start: start + startIndex, end: start + endIndex };
  placed?.spans.push(span);
  return span;
}
