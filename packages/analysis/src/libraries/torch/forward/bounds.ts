import { exactInteger, quantityOf } from '../../../interpret/values/numbers.ts';
import { alikeDataOf } from '../../../network/counted.ts';
import { dataOf } from '../../../network/data.ts';
import { fallingOf } from '../../../network/density.ts';
import { sum } from '../../../network/elementwise.ts';
import { broadcastAll } from '../../../network/shape.ts';
import { noteRaised, noteSame } from '../../../network/statistics.ts';
import { act, isData, isOfParameters, rescaled, shapeOf } from '../../../network/tensor.ts';
import { type Operation, tensorAt, valueAt } from './operation.ts';

/**
 * A bound that keeps a number from 0, or from growing; from below by 0 it is a relu, but of a parameter, whose
 * entries then have one sign. Both bounds keep features as large as that, while a parameter may be smaller.
 */
const clamp: Operation = (call) => {
  const { of, span } = call;
  const [least, most] = [valueAt(call, 'min', 1), valueAt(call, 'max', 2)];
  if (isData(of)) return fallingOf(of, (most === undefined ? alikeDataOf : dataOf)([of], shapeOf(of), span));
  const isMatrix = isOfParameters(of) && (shapeOf(of)?.dims.length ?? 2) > 1;
  if (least !== undefined && most !== undefined)
    return isMatrix ? noteSame(rescaled([of], 'clamped', span), of) : act(of, 'softcap', span);
  const isFromZero = least !== undefined && exactInteger(least) === 0;
  if (isFromZero && !isOfParameters(of)) return noteSame(act(of, 'relu', span), of);
  const made = rescaled([of], 'clamped on one side', span);
  return least === undefined ? noteSame(made, of) : noteRaised(made, of, quantityOf(least));
};

/** Entry by entry the larger or the smaller one: ½(x + y) ± ½|x − y|. */
const extremeOfTwo: Operation = (call) => {
  const { of, span } = call;
  const other = tensorAt(call, 'other', 1);
  if (other === null) return undefined;
  // What a matrix sums over with such entries may add up or not.
  if ([of, other].every(isOfParameters) && !(isData(of) && isData(other)))
    return rescaled([of, other], 'the larger or smaller of two', span);
  if (!isData(of) || !isData(other)) return act(sum([of, other], span), 'leaky_relu', span);
  const made = alikeDataOf([of, other], broadcastAll([of, other].map(shapeOf)), span);
  return fallingOf(of, fallingOf(other, made));
};

export const BOUNDS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['clamp', clamp],
  ['clip', clamp],
  ['clamp_min', clamp],
  ['clamp_', clamp],
  ['clamp_min_', clamp],
  ['maximum', extremeOfTwo],
  ['minimum', extremeOfTwo],
]);
