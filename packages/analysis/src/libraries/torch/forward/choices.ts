import { exactValue, isNothing, type Quantity, UNKNOWN_QUANTITY } from '../../../growth/quantity.ts';
import { quantityOf } from '../../../interpret/values/numbers.ts';
import { UNKNOWN } from '../../../interpret/values/value.ts';
import { alikeDataOf } from '../../../network/counted.ts';
import { ONES } from '../../../network/data.ts';
import {
  complementOf,
  FEW,
  isZero,
  noteDensity,
  standingWhere,
  takesAway,
  withOthers,
} from '../../../network/density.ts';
import { leftBy, sum } from '../../../network/elementwise.ts';
import type { Shape, Tensor } from '../../../network/graph.ts';
import { broadcastAll, closed } from '../../../network/shape.ts';
import { input, isData, isOfParameters, scale, shapeOf } from '../../../network/tensor.ts';
import { type Operation, quantityAt, type TensorCall, tensorAt, valueAt } from './operation.ts';

/** What a choice entry by entry leaves is as large as the larger one of the two; of numbers and data alone it is data. */
const where: Operation = (call) => {
  const tensors = [tensorAt(call, 'input', 1), tensorAt(call, 'other', 2)];
  const trained = tensors.filter((one) => one !== null && !isData(one));
  if (trained.length > 0) return chosenOf(call, tensors);
  const [one, other] = [chosenAt(call, 'input', 1), chosenAt(call, 'other', 2)];
  const made = alikeDataOf([one, other], chosenShape(call, [one, other]), call.span);
  const asked = tensorAt(call, 'condition', 0);
  if (isZero(other)) return standingWhere(asked, made);
  return isZero(one) ? standingWhere(asked && complementOf(asked, call.span), made) : made;
};

/** Of a matrix of parameters, or of features beside zeros, as many entries are left as the condition says; beside others these. */
function chosenOf(call: TensorCall, tensors: readonly (Tensor | null)[]): Tensor {
  const asked = tensorAt(call, 'condition', 0);
  const masks = [asked, asked && complementOf(asked, call.span)];
  const numbers = [chosenNumber(call, 'input', 1), chosenNumber(call, 'other', 2)];
  const areZeros = tensors.map((of, at) =>
    of === null ? isNothing(numbers[at] ?? UNKNOWN_QUANTITY) : isData(of) && isZero(of),
  );
  const parts = tensors.flatMap((of, at) => {
    if (of === null || areZeros[at] === true) return [];
    const isCut = !isData(of) && (isOfParameters(of) || areZeros[1 - at] === true);
    return [isCut ? leftBy(of, masks[at] ?? null, call.span) : of];
  });
  const [only, ...more] = parts;
  const made = only !== undefined && more.length === 0 ? only : sum(parts, call.span);
  const isWithOthers = numbers.some((number, at) => tensors[at] === null && !takesAway(number));
  return isWithOthers ? withOthers(made, call.span) : made;
}

function chosenAt(call: TensorCall, name: string, index: number): Tensor {
  const number = chosenNumber(call, name, index);
  return tensorAt(call, name, index) ?? scale(input(closed([]), call.span, ONES), number, call.span);
}

function chosenNumber(call: TensorCall, name: string, index: number): Quantity {
  return quantityOf(valueAt(call, name, index) ?? UNKNOWN);
}

function chosenShape(call: TensorCall, chosen: readonly Tensor[]): Shape | null {
  const asked = tensorAt(call, 'condition', 0);
  return broadcastAll([...(asked === null ? [] : [asked]), ...chosen].map(shapeOf));
}

/** A 1 in each row at the place that it is given, and zeros. */
const oneHot: Operation = (call) => {
  const { of, span } = call;
  const shape = shapeOf(of);
  const classes = quantityAt(call, 'num_classes', 1) ?? UNKNOWN_QUANTITY;
  return noteDensity(input(shape && { ...shape, dims: [...shape.dims, classes] }, span), FEW);
};

/** How often each of as many numbers as code asks for is among data: most may not be. */
const counts =
  (name: string, index: number): Operation =>
  (call) => {
    const classes = quantityAt(call, name, index);
    if (classes === null || exactValue(classes) !== undefined || !isData(call.of)) return undefined;
    return noteDensity(input(closed([classes]), call.span), FEW);
  };

/** What chooses entry by entry, or marks one entry of each row. */
export const CHOICES: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['where', where],
  ['one_hot', oneHot],
  ['bincount', counts('minlength', 2)],
  ['histc', counts('bins', 1)],
]);
