import type { Expression } from '../../../syntax/ast.ts';
import { evaluated, type Scope } from './step-state.ts';
import type { StepValue } from './step-value.ts';

/** Whether a condition holds on this way. */
export function isTrue(condition: Expression, scope: Scope): boolean {
  return holds(condition, evaluated(condition, scope), scope);
}

/** Whether a value is true on this way. */
export function holds(condition: Expression, value: StepValue, { step }: Scope): boolean {
  switch (value.kind) {
    case 'truth':
      return value.value;
    case 'none':
      return false;
    case 'list':
      return value.items.length > 0;
    case 'text':
      return value.text !== '';
    case 'function':
    case 'optimizer':
      return true;
    case 'dict':
      return value.open ? step.ways.choose(condition) : value.entries.size > 0;
    case 'number':
      return value.exact === null ? step.ways.choose(condition) : value.exact !== 0;
    default:
      return step.ways.choose(condition);
  }
}
