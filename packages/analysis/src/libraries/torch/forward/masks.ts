import { literal } from '../../../growth/quantity.ts';
import { comparedBy } from '../../../interpret/modules/masks.ts';
import { number } from '../../../interpret/values/value.ts';
import { dataOf } from '../../../network/data.ts';
import { complementOf, densityOf, FEW, isZero, noteDensity } from '../../../network/density.ts';
import { isData, shapeOf } from '../../../network/tensor.ts';
import { type Operation, tensorAt, valueAt } from './operation.ts';

/** `torch.lt(x, y)`, `x.lt(y)`: `x < y`. */
const comparison =
  (operator: string): Operation =>
  (call) => {
    const [one, other] = [valueAt(call, 'input', 0), valueAt(call, 'other', 1)];
    return one === undefined || other === undefined
      ? undefined
      : (comparedBy(operator, [one, other], call) ?? undefined);
  };

/** 1 where x is above 0. */
const step: Operation = (call) => {
  const of = valueAt(call, 'input', 0);
  const zero = number(literal(0));
  return of === undefined ? undefined : (comparedBy('>', [of, zero], call) ?? undefined);
};

const complement: Operation = ({ of, span }) => (isData(of) ? complementOf(of, span) : undefined);

/** Numbers that code fills a tensor with, of which it sets some by their places: these may be all that is left, or gone. */
const setAt: Operation = (call) => {
  const { of, span } = call;
  const given = tensorAt(call, 'src', 3) ?? tensorAt(call, 'source', 3) ?? tensorAt(call, 'value', 3);
  const isFilled = isData(of) && (isZero(of) || densityOf(of).everywhere === true);
  if (!isFilled || (given !== null && !isData(given))) return undefined;
  return noteDensity(dataOf(given === null ? [] : [given], shapeOf(of), span), FEW);
};

/** 1 where a number is among others. */
const among: Operation = (call) => {
  const of = tensorAt(call, 'elements', 0);
  return of === null || !isData(of) ? undefined : noteDensity(dataOf([of], shapeOf(of), call.span), FEW);
};

function both(names: string, operation: Operation): readonly (readonly [string, Operation])[] {
  return names.split(' ').flatMap((name) => [[name, operation] as const, [`${name}_`, operation] as const]);
}

/** What holds at some entries and not at others. */
export const MASKS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...both('eq', comparison('==')),
  ...both('ne not_equal', comparison('!=')),
  ...both('lt less', comparison('<')),
  ...both('le less_equal', comparison('<=')),
  ...both('gt greater', comparison('>')),
  ...both('ge greater_equal', comparison('>=')),
  ...both('heaviside', step),
  ...both('logical_not bitwise_not', complement),
  ...both('scatter index_fill index_copy', setAt),
  ['isin', among],
]);
