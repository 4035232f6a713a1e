import type { CompareExpression } from '../../../syntax/ast.ts';
import { ONE } from './magnitude.ts';
import { evaluated, type Scope } from './step-state.ts';
import { asNumber, keyOf, type NumberValue, type StepValue, tensor, truth, UNKNOWN } from './step-value.ts';

/** `left operator right`, on this way. */
export function compare({ operators, operands }: CompareExpression, scope: Scope): StepValue {
  const [left = UNKNOWN, right = UNKNOWN] = operands.map((one) => evaluated(one, scope));
  const [operator = '', ...others] = operators;
  if (others.length > 0) return UNKNOWN;
  const [mine, theirs] = [asNumber(left), asNumber(right)];
  if (mine !== undefined && theirs !== undefined) return compareNumbers(operator, { mine, theirs }, scope);
  if (left.kind === 'tensor' && right.kind !== 'none') return MASK;
  const answer = answerOf(operator.replace('not in', 'in').replace('is not', 'is'), left, right);
  return answer === null ? UNKNOWN : truth(answer === (operator !== 'not in' && operator !== 'is not'));
}

const MASK: StepValue = tensor({ form: 'other', magnitude: ONE, dims: [ONE] });

/** Whether one is another, is in it, or equals it; null where that is not known. */
function answerOf(operator: string, left: StepValue, right: StepValue): boolean | null {
  if (operator === 'in') return contains(right, left);
  if (operator === 'is')
    return right.kind !== 'none' || left.kind === 'unknown' ? null : left.kind === 'none';
  if (left.kind !== 'text' || right.kind !== 'text') return null;
  if (operator === '==') return left.text === right.text;
  return operator === '!=' ? left.text !== right.text : null;
}

interface Compared {
  readonly mine: NumberValue;
  readonly theirs: NumberValue;
}

function compareNumbers(operator: string, { mine, theirs }: Compared, { step }: Scope): StepValue {
  if (mine.exact !== null && theirs.exact !== null) {
    const answer = COMPARISONS.get(operator)?.(mine.exact, theirs.exact);
    return answer === undefined ? UNKNOWN : truth(answer);
  }
  // There is one at least.
  if (mine.of === 'count' && theirs.exact !== null && theirs.exact <= 0)
    return truth(/^(?:>|!)/.test(operator));
  if (mine.magnitude === null || theirs.magnitude === null) return UNKNOWN;
  const [left, right] = [mine.magnitude, theirs.magnitude];
  const isMore = operator === '>' || operator === '>=' ? step.ways.isLarger(left, right) : null;
  const isLess = operator === '<' || operator === '<=' ? step.ways.isLarger(right, left) : null;
  const answer = isMore ?? isLess;
  return answer === null ? UNKNOWN : truth(answer);
}

const COMPARISONS: ReadonlyMap<string, (left: number, right: number) => boolean> = new Map([
  ['<', (left, right) => left < right],
  ['<=', (left, right) => left <= right],
  ['>', (left, right) => left > right],
  ['>=', (left, right) => left >= right],
  ['==', (left, right) => left === right],
  ['!=', (left, right) => left !== right],
]);

function contains(all: StepValue, one: StepValue): boolean | null {
  if (all.kind === 'dict') return all.entries.has(keyOf(one)) ? true : all.open ? null : false;
  if (all.kind !== 'list' || one.kind !== 'text') return null;
  return all.items.some((item) => item.kind === 'text' && item.text === one.text);
}
