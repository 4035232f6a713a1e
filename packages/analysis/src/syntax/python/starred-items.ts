import type { Expression } from '../ast.ts';

/**
 * `*x.shape` in `*x.shape, y`, where the grammar takes the star to be of `x` alone: all that follows it is starred.
 */
export function starredWhole(item: Expression): Expression {
  const around: Expression[] = [];
  let inner = item;
  for (let next = beginningOf(inner); next !== null; next = beginningOf(inner)) {
    around.push(inner);
    inner = next;
  }
  if (inner.kind !== 'starred' || around.length === 0) return item;
  const value = around.reduceRight(beginningWith, inner.value);
  return { kind: 'starred', span: item.span, value };
}

/** The expression that another one begins with, as `x` does `x.shape[0]`. */
function beginningOf(expression: Expression): Expression | null {
  switch (expression.kind) {
    case 'attribute':
    case 'subscript':
      return expression.object;
    case 'call':
      return expression.callee;
    case 'binary':
      return expression.left;
    default:
      return null;
  }
}

function beginningWith(beginning: Expression, expression: Expression): Expression {
  switch (expression.kind) {
    case 'attribute':
    case 'subscript':
      return { ...expression, object: beginning };
    case 'call':
      return { ...expression, callee: beginning };
    case 'binary':
      return { ...expression, left: beginning };
    default:
      return expression;
  }
}
