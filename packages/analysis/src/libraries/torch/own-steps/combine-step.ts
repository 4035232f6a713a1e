import { differenceOf, exactly } from './step-numbers.ts';
import { contracted } from './step-tensors.ts';
import { asNumber, numberOf, type StepValue, UNKNOWN } from './step-value.ts';
import { asValue, powered, product, quotient, stateOf, total } from './tensor-methods.ts';

/** `left operator right`. */
export function combine(operator: string, left: StepValue, right: StepValue): StepValue {
  const [mine, theirs] = [asNumber(left), asNumber(right)];
  const [one, other] = [stateOf(left), stateOf(right)];
  switch (operator) {
    case '+':
      if (left.kind === 'list' && right.kind === 'list')
        return {
          kind: 'list',
          items: [...left.items, ...right.items],
          ...((left.isSome || right.isSome) && { isSome: true }),
        };
      return asValue(total(one, other));
    case '-':
      if (mine !== undefined && theirs !== undefined) return differenceOf(mine, theirs);
      return asValue(total(one, other));
    case '*':
      return asValue(product(one, other));
    case '/':
      return asValue(quotient(one, other));
    case '**':
      return asValue(powered(one, theirs ?? numberOf(null, null)));
    case '@':
      return asValue(contracted(one, other));
    case '//':
      return mine?.exact != null && theirs?.exact ? exactly(Math.floor(mine.exact / theirs.exact)) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}
