import type { Expression } from '../../syntax/ast.ts';
import { type Node, nodesFrom } from '../../syntax/nodes-in.ts';

/** Whether code compares a name with something or takes an item by it, so that its values make a difference. */
export function tellsApart(code: object, name: string): boolean {
  return nodesFrom(code).some(
    (node) => (node.kind === 'compare' || node.kind === 'subscript') && mentions(node, name),
  );
}

function mentions(node: Node, name: string): boolean {
  return nodesFrom(node).some((one) => one.kind === 'name' && one.name === name);
}

/** Lists by a name from which code takes items by an index that a name is part of. */
export function listsIndexedBy(code: object, name: string): readonly Expression[] {
  return nodesFrom(code).flatMap((node) => {
    if (node.kind !== 'subscript' || node.index === null || !isNamed(node.object)) return [];
    return mentions(node.index, name) ? [node.object] : [];
  });
}

/** Whether evaluating an expression does nothing: `sizes`, `self.sizes`. */
function isNamed(expression: Expression): boolean {
  return expression.kind === 'attribute' ? isNamed(expression.object) : expression.kind === 'name';
}
