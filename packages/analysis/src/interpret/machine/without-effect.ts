import type { Expression } from '../../syntax/ast.ts';
import { optionsOf } from '../values/either.ts';
import { findMethod } from './classes.ts';
import type { Frame } from './interpreter.ts';

/** Whether evaluating an expression changes nothing, so that it does not matter on which way it is evaluated. */
export function isWithoutEffect(expression: Expression, frame: Frame): boolean {
  const are = (...parts: readonly Expression[]) => parts.every((part) => isWithoutEffect(part, frame));
  switch (expression.kind) {
    case 'name':
    case 'number':
    case 'constant':
      return true;
    case 'text':
      return expression.value !== null;
    case 'compare':
      return are(...expression.operands);
    case 'logic':
    case 'binary':
      return are(expression.left, expression.right);
    case 'unary':
      return are(expression.operand);
    case 'attribute':
      return are(expression.object) && !isProperty(expression, frame);
    default:
      return false;
  }
}

/** Whether a class of the code computes an attribute. */
function isProperty(
  { object, attribute }: Extract<Expression, { kind: 'attribute' }>,
  frame: Frame,
): boolean {
  return optionsOf(frame.evaluate(object)).some(
    (owner) =>
      owner.kind === 'object' && findMethod(frame.interpreter, owner.definition, attribute) !== undefined,
  );
}
