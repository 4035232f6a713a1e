import { DATA_LENGTH, isOne, productOfAll } from '../../../growth/product.ts';
import { literal, type Quantity } from '../../../growth/quantity.ts';
import { quantityOf } from '../../../interpret/values/numbers.ts';
import type { Tensor } from '../../../network/graph.ts';
import { dimensionAt, UNKNOWN_LAYOUT, withLength, without } from '../../../network/layout.ts';
import { isData, isSome, noteRepeated, rescaled, shapeOf, view } from '../../../network/tensor.ts';
import { areAsMany } from '../../../network/values.ts';
import { laidOut } from './laid-out.ts';
import { integerAt, lengthsIn, type Operation, type TensorCall, tensorAt, valueAt } from './operation.ts';

/** With each entry several times, where there are more than before; of some that may be few features these are no features. */
function several(operation: (call: TensorCall) => Tensor, leavesLast = keepsLast): Operation {
  return (call) => {
    const made = operation(call);
    if (isSome(call.of) && !isData(call.of) && !leavesLast(call))
      return rescaled([call.of], 'some entries, repeated', call.span);
    const [before, after] = [shapeOf(call.of), shapeOf(made)];
    const isMore = before !== null && after !== null && !areAsMany(before.dims, after.dims);
    return isMore ? noteRepeated(made) : made;
  };
}

/** Whether the last dimension is left as it is: `expand(n, -1)`, `repeat(n, 1)`. */
function keepsLast(call: TensorCall): boolean {
  const last = lengthsGiven(call)?.lengths.at(-1);
  return last !== undefined && (last === 'rest' || isOne(last));
}

/** The same of one dimension that is repeated: it is another one, `repeat_interleave(n, -2)`. */
function isBeforeLast(call: TensorCall): boolean {
  const at = integerAt(call, 'dim', 2);
  return at !== undefined && at < -1;
}

/** The lengths, or how often, under whichever name, or one by one. */
function lengthsGiven({ args: { named, positional } }: TensorCall): ReturnType<typeof lengthsIn> {
  const given = named.get('size') ?? named.get('repeats') ?? named.get('dims');
  return lengthsIn(given === undefined ? positional.slice(1) : [given]);
}

/** Spread along other lengths; −1 keeps one. */
const expand = (call: TensorCall): Tensor => {
  const lengths = lengthsGiven(call);
  return laidOut(call, (shape) => {
    if (lengths === null) return UNKNOWN_LAYOUT;
    const dims = lengths.lengths.map((length, at): Quantity => {
      const mine = shape.dims.at(at - lengths.lengths.length);
      return length === 'rest' ? (mine ?? DATA_LENGTH) : length;
    });
    const added = dims.length - shape.dims.length;
    return {
      shape: { dims, open: lengths.open || (shape.open && added < 0) },
      from: dims.map((_, at) => (at < added ? [] : [at - added])),
    };
  });
};

const expandAs = (call: TensorCall): Tensor => {
  const other = tensorAt(call, 'other', 1);
  const shape = other === null ? null : shapeOf(other);
  return view(call.of, { shape, from: null }, call.span);
};

/** Along each dimension so many times. */
const repeat = (call: TensorCall): Tensor => {
  const lengths = lengthsGiven(call);
  return laidOut(call, (shape) => {
    if (lengths === null || lengths.open) return UNKNOWN_LAYOUT;
    const times = lengths.lengths.map((length) => (length === 'rest' ? literal(1) : length));
    const dims = times.map((count, at) => {
      const mine = shape.dims.at(at - times.length);
      return mine === undefined ? count : isOne(count) ? mine : productOfAll([mine, count]);
    });
    const added = dims.length - shape.dims.length;
    return {
      shape: { dims, open: shape.open && added < 0 },
      from: dims.map((_, at) => (at < added ? [] : [at - added])),
    };
  });
};

const repeatInterleave = (call: TensorCall): Tensor => {
  const at = integerAt(call, 'dim', 2);
  const times = valueAt(call, 'repeats', 1);
  return laidOut(call, (shape) => {
    const place = at === undefined ? null : dimensionAt(shape, at);
    if (place === 'data') return without(shape, []);
    const mine = place === null ? undefined : shape.dims[place];
    if (place === null || mine === undefined || times === undefined) return UNKNOWN_LAYOUT;
    return withLength(shape, place, productOfAll([mine, quantityOf(times)]));
  });
};

/** The methods and functions that give each entry several times. */
export const REPEATS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['expand', several(expand)],
  ['broadcast_to', several(expand)],
  ['expand_as', several(expandAs)],
  ['repeat', several(repeat)],
  ['tile', several(repeat)],
  ['repeat_interleave', several(repeatInterleave, isBeforeLast)],
]);
