import { literal, pair, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import { activationOf } from '../network/activations.ts';
import { product, sum } from '../network/elementwise.ts';
import { type Flow, type FlowStep, INPUT, merge, type TensorFunction } from '../network/flow.ts';
import type { Tensor } from '../network/graph.ts';
import { dimsOf } from '../network/layer.ts';
import { closed, lastOf } from '../network/shape.ts';
import * as graph from '../network/tensor.ts';
import type { Span } from '../syntax/span.ts';
import { consumed, timesAll } from './flows.ts';
import type { Frame } from './interpreter.ts';
import { isNumeric, quantityOf } from './numbers.ts';
import type { TensorValue } from './tensor-value.ts';
import { optionsOf, UNKNOWN, type Value } from './value.ts';

/** Where code computes with tensors. */
export interface Place {
  readonly frame: Frame;
  readonly span: Span;
}

export function tensorValue(tensor: Tensor, flows: readonly Flow[]): TensorValue {
  return { kind: 'tensor', tensor, flows };
}

/** What the code is given from outside, or makes of nothing that is trained. */
export function dataValue(tensor: Tensor): TensorValue {
  return tensorValue(tensor, [INPUT]);
}

/** Whether a value takes part in tensor arithmetic as a tensor. */
export function isTensorLike(value: Value): boolean {
  return value.kind === 'tensor' || value.kind === 'parameter' || value.kind === 'layer';
}

/** A value as a tensor of the graph: a parameter is one where the code computes with it. */
export function tensorIn(value: Value | undefined, { heap }: Frame): Tensor | null {
  if (value?.kind === 'tensor') return value.tensor;
  if (value?.kind !== 'parameter') return null;
  const { layer, which } = heap.original(value);
  const dims = dimsOf({ ...value, layer, which });
  return graph.weight(layer, { which, shape: dims === null ? null : closed(dims) });
}

/** Every tensor in a value, through lists, dicts and alternatives. */
export function tensorsIn(values: readonly Value[], frame: Frame): readonly Tensor[] {
  const found = values.flatMap(optionsOf).flatMap((value): readonly Tensor[] => {
    if (value.kind === 'list') return tensorsIn(value.items, frame);
    if (value.kind === 'dict') return tensorsIn([...value.entries.values()], frame);
    const tensor = tensorIn(value, frame);
    return tensor === null ? [] : [tensor];
  });
  return [...new Set(found)];
}

/** The ways of every tensor in a value. */
export function flowsIn(values: readonly Value[]): readonly Flow[] {
  return values.flatMap(optionsOf).flatMap((value) => {
    if (value.kind === 'tensor') return value.flows;
    return value.kind === 'list' ? flowsIn(value.items) : [];
  });
}

/** Tensors joined by an operator, entry by entry. */
export function combineTensors(
  operator: string,
  [left, right]: readonly [Value, Value],
  { frame, span }: Place,
): Value {
  const step: FlowStep =
    operator === '+' || operator === '-'
      ? { kind: 'sum' }
      : { kind: 'opaque', what: `tensor ${operator} tensor` };
  const flows = flowsIn([left, right]);
  const of = [tensorIn(left, frame), tensorIn(right, frame)].filter((one) => one !== null);
  return tensorValue(combinedOf(operator, of, span), flows.length === 0 ? [INPUT] : [merge(flows, step)]);
}

function combinedOf(operator: string, of: readonly Tensor[], span: Span): Tensor {
  const [left, right] = of;
  if (left === undefined || right === undefined)
    return unreadOf(of, `${operator} with something unknown`, span);
  if (operator === '+' || operator === '-') return sum([left, right], span);
  if (operator === '*') return product(left, right, span);
  return unreadOf(of, `tensor ${operator} tensor`, span);
}

/** What something that is not understood makes of tensors; what is made of data alone is data. */
export function unreadOf(of: readonly Tensor[], what: string, span: Span): Tensor {
  return of.every(graph.isData) ? graph.input(null, span) : graph.unread(of, what, span);
}

interface ScaledTensor {
  readonly tensor: TensorValue;
  readonly other: Value;
  readonly first: 'tensor' | 'other';
}

/** A tensor and a number: `tensor ∘ number`, or the other way round where the number stands first. */
export function scaleTensor(
  operator: string,
  { tensor: value, other, first }: ScaledTensor,
  { span }: Place,
): Value {
  const { flows, tensor } = value;
  if (!isNumeric(other)) {
    // What is not known may be a number, and one that grows with width.
    const grown = operator === '*' || operator === '/' ? timesAll(flows, UNKNOWN_QUANTITY) : flows;
    const after = graph.unread([tensor], `${operator} with something unknown`, span, graph.shapeOf(tensor));
    return tensorValue(after, consumed(grown, { kind: 'opaque', what: `tensor ${operator} something` }));
  }
  const factor = quantityOf(other);
  if (operator === '*') return scaledBy(value, factor, span);
  if (operator === '/' && first === 'tensor') {
    return scaledBy(value, pair('divide', literal(1), factor), span);
  }
  if (operator === '+' || operator === '-') {
    const number = graph.scale(graph.input(closed([]), span), factor, span);
    return tensorValue(sum([tensor, number], span), consumed(flows, { kind: 'sum' }));
  }
  const what = `tensor ${operator} number`;
  return tensorValue(unreadOf([tensor], what, span), consumed(flows, { kind: 'opaque', what }));
}

function scaledBy(
  { tensor, flows }: TensorValue,
  factor: Parameters<typeof graph.scale>[1],
  span: Span,
): Value {
  return tensorValue(graph.scale(tensor, factor, span), timesAll(flows, factor));
}

/** What a call that is not understood makes of the tensors it was given: a tensor, if there were any. */
export function opaqueResult(what: string, values: readonly Value[], { frame, span }: Place): Value {
  const flows = flowsIn(values);
  if (flows.length === 0) return UNKNOWN;
  return tensorValue(unreadOf(tensorsIn(values, frame), what, span), [
    merge(flows, { kind: 'opaque', what }),
  ]);
}

/** What a function does that is known by a table. */
export function applied({ tensor, flows }: TensorValue, known: TensorFunction, { name, span }: Named): Value {
  switch (known.does) {
    case 'pass':
      return tensorValue(tensor, flows);
    case 'activation': {
      const step: FlowStep = {
        kind: 'activation',
        name,
        zeroAtZero: known.zeroAtZero ?? false,
        homogeneous: known.homogeneous ?? false,
      };
      return tensorValue(activated(tensor, name, span), consumed(flows, step));
    }
    case 'norm':
      return tensorValue(graph.norm(tensor, span), consumed(flows, { kind: 'norm' }));
    default:
      return tensorValue(atEnd(tensor, name, span), consumed(flows, { kind: 'output' }));
  }
}

interface Named {
  readonly name: string;
  readonly span: Span;
}

/** φ of a tensor; of data it is data. */
export function activated(tensor: Tensor, name: string, span: Span): Tensor {
  return graph.isData(tensor)
    ? graph.input(graph.shapeOf(tensor), span)
    : graph.act(tensor, activationOf(name), span);
}

/** What stands behind a network's last layer. */
export function atEnd(tensor: Tensor, name: string, span: Span): Tensor {
  const over = lastOf(graph.shapeOf(tensor)) ?? UNKNOWN_QUANTITY;
  if (/softmax$/i.test(name)) return graph.softmax(tensor, over, span);
  return graph.loss([tensor], span);
}
