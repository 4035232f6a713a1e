import { literal, pair, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import { consume, type Flow, type FlowStep, merge, scaled, type TensorFunction } from '../network/flow.ts';
import { isNumeric, quantityOf } from './numbers.ts';
import { optionsOf, UNKNOWN, type Value } from './value.ts';

export type TensorValue = Extract<Value, { kind: 'tensor' }>;

/** Whether a value takes part in tensor arithmetic as a tensor. */
export function isTensorLike(value: Value): boolean {
  return value.kind === 'tensor' || value.kind === 'parameter' || value.kind === 'layer';
}

/** Every tensor in a value, through lists and alternatives. */
export function flowsIn(values: readonly Value[]): readonly Flow[] {
  return values.flatMap(optionsOf).flatMap((value) => {
    if (value.kind === 'tensor') return [value.flow];
    return value.kind === 'list' ? flowsIn(value.items) : [];
  });
}

/** Tensors joined by an operator: a sum keeps its meaning, a product or contraction of two is not followed. */
export function combineTensors(operator: string, left: Value, right: Value): Value {
  const step: FlowStep =
    operator === '+' || operator === '-'
      ? { kind: 'sum' }
      : { kind: 'opaque', what: `tensor ${operator} tensor` };
  return { kind: 'tensor', flow: merge(flowsIn([left, right]), step) };
}

interface ScaledTensor {
  readonly tensor: TensorValue;
  readonly other: Value;
  readonly first: 'tensor' | 'other';
}

/** A tensor and a number: `tensor ∘ number`, or the other way round where the number stands first. */
export function scaleTensor(operator: string, { tensor: { flow }, other, first }: ScaledTensor): Value {
  if (!isNumeric(other)) {
    // What is not known may be a number, and one that grows with width.
    const grown = operator === '*' || operator === '/' ? scaled(flow, UNKNOWN_QUANTITY) : flow;
    return afterStep(grown, { kind: 'opaque', what: `tensor ${operator} something` });
  }
  const factor = quantityOf(other);
  if (operator === '*') return { kind: 'tensor', flow: scaled(flow, factor) };
  if (operator === '/' && first === 'tensor') {
    return { kind: 'tensor', flow: scaled(flow, pair('divide', literal(1), factor)) };
  }
  if (operator === '+' || operator === '-') return afterStep(flow, { kind: 'sum' });
  return afterStep(flow, { kind: 'opaque', what: `tensor ${operator} number` });
}

/** What a call that is not understood makes of the tensors it was given: a tensor, if there were any. */
export function opaqueResult(what: string, values: readonly Value[]): Value {
  const flows = flowsIn(values);
  if (flows.length === 0) return UNKNOWN;
  return { kind: 'tensor', flow: merge(flows, { kind: 'opaque', what }) };
}

export function applied(flow: Flow, known: TensorFunction, name: string): Value {
  switch (known.does) {
    case 'pass':
      return { kind: 'tensor', flow };
    case 'activation':
      return afterStep(flow, {
        kind: 'activation',
        name,
        zeroAtZero: known.zeroAtZero ?? false,
        homogeneous: known.homogeneous ?? false,
      });
    default:
      return afterStep(flow, { kind: known.does });
  }
}

function afterStep(flow: Flow, step: FlowStep): Value {
  return { kind: 'tensor', flow: consume(flow, step) };
}
