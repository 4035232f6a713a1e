import { pair, type Quantity } from '../../growth/quantity.ts';
import type { Expression } from '../../syntax/ast.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import type { Frame } from './interpreter.ts';

const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=', 'in', 'not in']);
const PLAIN: ReadonlySet<Expression['kind']> = new Set(['name', 'attribute', 'number']);

/** The numbers that a condition compares; null where it compares none. */
export function comparedIn(condition: Expression, frame: Frame): Quantity | null {
  switch (condition.kind) {
    case 'name':
    case 'attribute': {
      const answer = frame.evaluate(condition);
      return answer.kind === 'unknown' ? (answer.by ?? null) : null;
    }
    case 'unary':
      return comparedIn(condition.operand, frame);
    case 'logic':
      return together([comparedIn(condition.left, frame), comparedIn(condition.right, frame)]);
    case 'compare':
      return condition.operators.every((one) => COMPARISONS.has(one))
        ? numbersAmong(condition.operands, frame)
        : null;
    case 'unknown': // a case of `match`, by what is matched
      return numbersAmong(condition.parts, frame);
    default:
      return null;
  }
}

/** The numbers among what is compared; null where something else is. */
function numbersAmong(operands: readonly Expression[], frame: Frame): Quantity | null {
  const plain = operands.filter(({ kind }) => PLAIN.has(kind));
  const values = plain.map((operand) => frame.evaluate(operand));
  const others = operands.every(({ kind }) => PLAIN.has(kind) || kind === 'sequence');
  return others && values.every(isNumeric) ? together(values.map(quantityOf)) : null;
}

function together(quantities: readonly (Quantity | null)[]): Quantity | null {
  const known = quantities.filter((one) => one !== null);
  return known.length === 0 ? null : known.reduce((left, right) => pair('either', left, right));
}
