import { literal, UNKNOWN_QUANTITY } from '../../../growth/quantity.ts';
import { tensorIn } from '../../../interpret/modules/tensors.ts';
import { exactInteger } from '../../../interpret/values/numbers.ts';
import type { Value } from '../../../interpret/values/value.ts';
import { dataOf } from '../../../network/data.ts';
import { sum } from '../../../network/elementwise.ts';
import type { Tensor } from '../../../network/graph.ts';
import { concatenated } from '../../../network/joined.ts';
import { dimensionAt, inserted, UNKNOWN_LAYOUT, withLength } from '../../../network/layout.ts';
import { isData, shapeOf, unread, view } from '../../../network/tensor.ts';
import { valuesIn } from '../../../network/values.ts';
import type { TensorCall } from './operation.ts';

type JoinCall = Omit<TensorCall, 'of'>;

/** `cat` and `stack` of a list of tensors; undefined where not all of them are known. */
export function joinedList(name: string, call: JoinCall): Tensor | undefined {
  const [first] = call.args.positional;
  const given = first ?? call.args.named.get('tensors');
  if (given?.kind !== 'list' || given.items.length === 0) return undefined;
  const tensors = given.items.map((item) => tensorIn(item, call.frame));
  if (tensors.some((one) => one === null)) return undefined;
  const all = tensors.filter((one) => one !== null);
  if (all.every((one) => isData(one) && shapeOf(one) === null)) return dataOf(all, null, call.span);
  const isSpelled = all.every((one) => isData(one) && valuesIn(one).kind !== 'unknown');
  if (given.open && !(isSpelled && name !== 'stack'))
    return unread(all, 'a list of unknown length, joined', call.span);
  const dim = dimIn(call.args.named.get('dim') ?? call.args.named.get('axis') ?? call.args.positional[1]);
  if (dim === undefined) return unread(all, 'tensors joined along a dimension that is not known', call.span);
  if (name === 'stack') return stacked(all, dim, call);
  const joined = concatenated(all, dim, call.span);
  return given.open ? ofUnknownLength(joined, dim, call) : joined;
}

/** Of which it is not known how many tensors like those it has been joined of it has. */
function ofUnknownLength(joined: Tensor, dim: number, { span }: JoinCall): Tensor {
  const shape = shapeOf(joined);
  const place = shape === null ? null : dimensionAt(shape, dim);
  if (shape === null || typeof place !== 'number') return view(joined, UNKNOWN_LAYOUT, span);
  return view(joined, withLength(shape, place, UNKNOWN_QUANTITY), span);
}

function dimIn(value: Value | undefined): number | undefined {
  return value === undefined ? 0 : exactInteger(value);
}

function stacked(all: readonly Tensor[], dim: number, { span }: JoinCall): Tensor {
  const laid = all.map((one) => {
    const shape = shapeOf(one);
    return view(one, shape === null ? UNKNOWN_LAYOUT : inserted(shape, dim, literal(all.length)), span);
  });
  return laid.length === 1
    ? (laid[0] ?? unread(all, 'nothing, stacked', span))
    : sum([...new Set(laid)], span);
}
