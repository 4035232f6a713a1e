import type { Node } from '@vscode/tree-sitter-wasm';
import type { Expression, Statement } from '../ast.ts';
import { lowerExpression } from './lower-expression.ts';
import { spanOf } from './placed-spans.ts';

/** `type(x).y = z`, which the grammar takes for an alias, as `type X = Y` is one; undefined for any other. */
export function lowerCalledType(node: Node): Statement | undefined {
  const left = targetOf(node.childForFieldName('left'));
  const right = node.childForFieldName('right')?.namedChildren[0];
  if (left === undefined || right === undefined || left.type === 'parenthesized_expression') return undefined;
  const target = calledIn(left, lowerExpression(left));
  if (target === undefined) return undefined;
  return { kind: 'assign', span: spanOf(node), targets: [target], value: lowerExpression(right) };
}

/** What is set, without its annotation. */
function targetOf(type: Node | null): Node | undefined {
  const only = type?.namedChildren[0] ?? undefined;
  return only?.type === 'constrained_type' ? targetOf(only.namedChildren[0] ?? null) : only;
}

/** An expression with the call of `type` on what it begins with; undefined where that has no parentheses. */
function calledIn(node: Node | null, lowered: Expression): Expression | undefined {
  if (node?.type === 'parenthesized_expression') {
    const { span } = lowered;
    const args = [{ name: null, value: lowered, spread: false }];
    return { kind: 'call', span, callee: { kind: 'name', span, name: 'type' }, args };
  }
  if (node?.type === 'attribute' && lowered.kind === 'attribute') {
    const object = calledIn(node.childForFieldName('object'), lowered.object);
    return object && { ...lowered, object };
  }
  if (node?.type !== 'subscript' || lowered.kind !== 'subscript') return undefined;
  const object = calledIn(node.childForFieldName('value'), lowered.object);
  return object && { ...lowered, object };
}
