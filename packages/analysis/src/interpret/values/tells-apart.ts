import type { Expression, SubscriptExpression } from '../../syntax/ast.ts';

/** Whether code compares a name with something or takes an item by it, so that its values make a difference. */
export function tellsApart(code: object, name: string): boolean {
  const ahead: unknown[] = [code];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('kind' in node && (node.kind === 'compare' || node.kind === 'subscript') && mentions(node, name)) {
      return true;
    }
    ahead.push(...Object.values(node));
  }
  return false;
}

function mentions(code: object, name: string): boolean {
  const ahead: unknown[] = [code];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('kind' in node && node.kind === 'name' && 'name' in node && node.name === name) return true;
    ahead.push(...Object.values(node));
  }
  return false;
}

/** Lists by a name from which code takes items by an index that a name is part of. */
export function listsIndexedBy(code: object, name: string): readonly Expression[] {
  const found: Expression[] = [];
  const ahead: unknown[] = [code];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if (isSubscript(node) && isNamed(node.object) && node.index !== null && mentions(node.index, name))
      found.push(node.object);
    ahead.push(...Object.values(node));
  }
  return found;
}

function isSubscript(node: object): node is SubscriptExpression {
  return 'kind' in node && node.kind === 'subscript';
}

/** Whether evaluating an expression does nothing: `sizes`, `self.sizes`. */
function isNamed(expression: Expression): boolean {
  return expression.kind === 'attribute' ? isNamed(expression.object) : expression.kind === 'name';
}
