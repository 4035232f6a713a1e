import type { ParameterValue } from '../../network/layer.ts';
import { valuesIn } from '../../network/values.ts';
import type { Frame } from '../machine/interpreter.ts';
import { unreadInit } from '../values/parameter-state.ts';
import type { TensorValue } from '../values/tensor-value.ts';
import type { Value } from '../values/value.ts';
import type { Place } from './tensors.ts';

/** Notes that a parameter has the entries of a tensor, as `nn.Parameter(t)` copies none of them. */
export function noteStored(parameter: ParameterValue, given: Value, { heap, interpreter }: Frame): void {
  if (given.kind !== 'tensor') return;
  const before = interpreter.storedIn.get(given) ?? [];
  interpreter.storedIn.set(given, [...before, { parameter, writes: heap.parameters.writes(parameter) }]);
}

/** The parameters that have the entries of a tensor already, as that of `weight.data`. */
export function storedIn(given: Value, { interpreter }: Frame): readonly ParameterValue[] {
  if (given.kind === 'parameter') return given.detached === true && given.part !== true ? [given] : [];
  return (interpreter.storedIn.get(given) ?? []).map(({ parameter }) => parameter);
}

/** Where a tensor is changed in place, so are the parameters that have its entries. */
export function changeStored(before: TensorValue, now: TensorValue, { frame, span }: Place): void {
  const stored = frame.interpreter.storedIn.get(before);
  if (stored === undefined) return;
  const { parameters } = frame.heap;
  const values = valuesIn(now.tensor);
  for (const { parameter, writes } of stored) {
    const isAsGiven = parameters.writes(parameter) === writes && values.kind !== 'unknown';
    const write = isAsGiven ? { ...values, span, by: 'a change in place' } : unreadInit(span);
    parameters.write(parameter, write, 'strong');
  }
  frame.interpreter.storedIn.set(
    now,
    stored.map(({ parameter }) => ({ parameter, writes: parameters.writes(parameter) })),
  );
}
