import type { Expression } from '../syntax/ast.ts';
import { chainText } from './nodes.ts';

/** `model` of `model.parameters`. */
export function parametersOf(callee: Expression, method: 'parameters' | 'named_parameters'): string | null {
  return callee.kind === 'attribute' && callee.attribute === method
    ? (chainText(callee.object) ?? null)
    : null;
}
