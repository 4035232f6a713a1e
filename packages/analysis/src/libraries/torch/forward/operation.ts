import type { Quantity } from '../../../growth/quantity.ts';
import { type Arguments, argument } from '../../../interpret/machine/given-arguments.ts';
import type { Frame } from '../../../interpret/machine/interpreter.ts';
import { tensorIn, tensorValue } from '../../../interpret/modules/tensors.ts';
import { list } from '../../../interpret/values/containers.ts';
import { optionsOf } from '../../../interpret/values/either.ts';
import { exactInteger, isNumeric, quantityOf } from '../../../interpret/values/numbers.ts';
import type { Value } from '../../../interpret/values/value.ts';
import type { Tensor } from '../../../network/graph.ts';
import type { Length } from '../../../network/shape.ts';
import type { Span } from '../../../syntax/span.ts';

/** A function or method of tensors that is called: what it was given, the tensor itself first. */
export interface TensorCall {
  readonly of: Tensor;
  readonly args: Arguments;
  readonly frame: Frame;
  readonly span: Span;
}

/** What a function or method makes of tensors; undefined where it was called in a way that is not understood. */
export type Operation = (call: TensorCall) => Value | Tensor | undefined;

export function isTensor(value: Value | Tensor | undefined): value is Tensor {
  return value !== undefined && 'op' in value;
}

/** The tensor that a call is given under a name or at a place. */
export function tensorAt(call: TensorCall, name: string, index: number): Tensor | null {
  const value = argument(call.args, { name, index });
  if (value === undefined) return null;
  const option = optionsOf(value).find((one) => tensorIn(one, call.frame) !== null);
  return tensorIn(option, call.frame);
}

export function valueAt({ args }: TensorCall, name: string, index: number): Value | undefined {
  return argument(args, { name, index });
}

/** A number that the code spells out; the fallback where it is left out. */
export function integerAt(
  call: TensorCall,
  name: string,
  index: number,
  fallback?: number,
): number | undefined {
  const value = valueAt(call, name, index);
  return value === undefined ? fallback : exactInteger(value);
}

/** A number that is known; null where it is not, or is left out. */
export function quantityAt(call: TensorCall, name: string, index: number): Quantity | null {
  const value = valueAt(call, name, index);
  return value !== undefined && isNumeric(value) ? quantityOf(value) : null;
}

/** Numbers that stand one by one or in a list. */
export function integersFrom(
  { args }: TensorCall,
  name: string,
  index: number,
): readonly number[] | undefined {
  const named = args.named.get(name) ?? args.positional[index];
  const values =
    named?.kind === 'list'
      ? named.items
      : named === undefined
        ? []
        : args.named.has(name)
          ? [named]
          : args.positional.slice(index);
  const integers = values.map(exactInteger);
  return integers.length > 0 && integers.every((one) => one !== undefined) ? integers : undefined;
}

/** Lengths that stand one by one, in a list or in a shape; null where one may be anything. */
export function lengthsIn(
  values: readonly Value[],
): { readonly lengths: readonly Length[]; readonly open: boolean } | null {
  const lengths: Length[] = [];
  let open = false;
  for (const value of values) {
    if (value.kind === 'list') {
      const inner = value.open ? null : lengthsIn(value.items);
      if (inner === null) return null;
      lengths.push(...inner.lengths);
      open ||= inner.open;
    } else if (value.kind === 'shape') {
      // What stands before a shape's known lengths are the data's.
      lengths.splice(0, lengths.length, ...value.dims);
      open = true;
    } else {
      lengths.push(exactInteger(value) === -1 ? 'rest' : quantityOf(value));
    }
  }
  return { lengths, open };
}

/** Tensors as the tuple that a function gives. */
export function tuple(tensors: readonly Tensor[]): Value {
  return list(tensors.map(tensorValue));
}
