import { leavesOf, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { activationsOf } from '../../network/activations.ts';
import { alikeDataOf } from '../../network/counted.ts';
import { dataOf, timesSteady } from '../../network/data.ts';
import { fallingOf, madeUnread, noteDensity } from '../../network/density.ts';
import type { Tensor } from '../../network/graph.ts';
import { dimsOf, type ParameterValue } from '../../network/layer.ts';
import { madeElsewhere } from '../../network/made-elsewhere.ts';
import { closed, lastOf } from '../../network/shape.ts';
import * as graph from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';
import { isModuleClass } from '../machine/classes.ts';
import type { Frame } from '../machine/interpreter.ts';
import { factorFrom } from '../machine/swallowed.ts';
import { optionsOf } from '../values/either.ts';
import { someInLists } from '../values/in-lists.ts';
import type { TensorValue } from '../values/tensor-value.ts';
import { UNKNOWN, type Value } from '../values/value.ts';

/** Where code computes with tensors. */
export interface Place {
  readonly frame: Frame;
  readonly span: Span;
}

export function tensorValue(tensor: Tensor): TensorValue {
  return { kind: 'tensor', tensor };
}

/** Whether a value takes part in tensor arithmetic as a tensor. */
export function isTensorLike(value: Value): boolean {
  return value.kind === 'tensor' || value.kind === 'parameter' || value.kind === 'layer';
}

/** A value as a tensor of the graph: a parameter is one where the code computes with it. */
export function tensorIn(value: Value | undefined, { heap }: Frame): Tensor | null {
  if (value?.kind === 'tensor') return value.tensor;
  if (value?.kind !== 'parameter') return null;
  const seen = views.get(value);
  if (seen !== undefined) return seen;
  const { layer, which } = heap.parameters.original(value);
  const dims = dimsOf({ ...value, layer, which });
  return graph.weight(layer, { which, shape: dims === null ? null : closed(dims) });
}

const views = new WeakMap<ParameterValue, Tensor>();

/** A part or another view of a parameter, and what it is as a tensor where that is known. */
export function partOfParameter(parameter: ParameterValue, tensor: Tensor | null): ParameterValue {
  const part: ParameterValue = { ...parameter, part: true };
  if (tensor !== null) views.set(part, tensor);
  return part;
}

/** Every tensor in a value, through lists, dicts, alternatives and the fields of plain objects. */
export function tensorsIn(values: readonly Value[], frame: Frame): readonly Tensor[] {
  const found = new Set<Tensor>();
  const entered = new Set<number>();
  const ahead = values.toReversed();
  for (let value = ahead.pop(); value !== undefined; value = ahead.pop()) {
    const tensor = tensorIn(value, frame);
    if (tensor !== null) found.add(tensor);
    if (value.kind === 'object') {
      if (entered.has(value.id)) continue;
      entered.add(value.id);
    }
    ahead.push(...partsOf(value, frame).toReversed());
  }
  return [...found];
}

function partsOf(value: Value, { heap, interpreter }: Frame): readonly Value[] {
  switch (value.kind) {
    case 'either':
      return optionsOf(value);
    case 'list':
      return value.items;
    case 'dict':
      return [...value.entries.values()];
    case 'object':
      if (isModuleClass(interpreter, value.definition)) return [];
      return [...heap.attributes(value.id).values()].map((attribute) => attribute.value);
    default:
      return [];
  }
}

/** Whether a value is a tensor that the code has computed, or a list with one in it. */
export function isComputed(value: Value): boolean {
  return someInLists(value, ({ kind }) => kind === 'tensor');
}

/** Data that numbers may have been put into: as large at every width where these are the same at every width. */
export function withNumbers(made: TensorValue, numbers: readonly Value[], span: Span): TensorValue {
  const factor = factorFrom(numbers);
  return factor === null ? made : tensorValue(timesSteady(made.tensor, factor, span));
}

/** The same of what may give another size. */
export function rescaledOf(of: readonly Tensor[], what: string, span: Span): Tensor {
  return of.every(graph.isData) ? madeUnread(of, span) : graph.rescaled(of, what, span);
}

/** What something that is not understood makes of tensors; what is made of data alone is data. */
export function unreadOf(of: readonly Tensor[], what: string, span: Span): Tensor {
  return of.every(graph.isData) ? madeUnread(of, span) : graph.unread(of, what, span);
}

/** What a part that is not read, or code that may have one, makes of data: it may be features. */
export function openToFeatures(made: Value, span: Span): Value {
  if (made.kind !== 'tensor') return made;
  const { tensor } = made;
  const isPlain = tensor.op === 'input' && tensor.shape === null && tensor.fill === null;
  return isPlain ? tensorValue(madeElsewhere(null, span)) : made;
}

/** What a call that is not understood makes of the tensors it was given: a tensor, if there were any. */
export function opaqueResult(
  what: string,
  values: readonly Value[],
  { frame, span }: Place,
  as: 'unread' | 'multiple' = 'unread',
): Value {
  if (!values.some(isComputed)) return UNKNOWN;
  const of = handedOver(values, frame, span);
  const isMultiple = as === 'multiple' && !of.every(graph.isData);
  return tensorValue(isMultiple ? graph.anyMultiple(of, what, span) : unreadOf(of, what, span));
}

/** Of what a model gives to code that is not its own: times what that code may make of the numbers beside it. */
function handedOver(values: readonly Value[], frame: Frame, span: Span): readonly Tensor[] {
  const tensors = tensorsIn(values, frame);
  const factor = frame.interpreter.trace.outputs.size === 0 ? null : factorFrom(values);
  return factor === null
    ? tensors
    : tensors.map((one) => (graph.isData(one) ? one : graph.scale(one, factor, span)));
}

/** The same of a function of PyTorch, by its name: what divides, or takes to a power, may give another size. */
export function unreadFunction(name: string, values: readonly Value[], { frame, span }: Place): Value {
  if (!values.some(isComputed)) return UNKNOWN;
  const result = RESCALES.has(name) || values.some(mayMultiply) ? rescaledOf : unreadOf;
  return tensorValue(result(handedOver(values, frame, span), name, span));
}

/** A number that the code does not spell out. */
function mayMultiply(value: Value): boolean {
  return value.kind === 'number' && leavesOf(value.quantity).some(({ op }) => op !== 'literal');
}

const RESCALES: ReadonlySet<string> = new Set([
  'div',
  'divide',
  'true_divide',
  'reciprocal',
  'pow',
  'float_power',
  'norm',
  'vector_norm',
]);

/** What a function does to the tensor it is given. An `output` function ends the network: a softmax, a loss. */
export interface TensorFunction {
  readonly does: 'activation' | 'norm' | 'pass' | 'output';
}

/** What a function does that is known by a table. */
export function applied({ tensor }: TensorValue, known: TensorFunction, { name, span }: Named): Value {
  switch (known.does) {
    case 'pass':
      return tensorValue(tensor);
    case 'activation':
      return tensorValue(activated(tensor, name, span));
    case 'norm':
      return tensorValue(OVER_DATA.test(name) ? graph.batchNorm(tensor, span) : graph.norm(tensor, span));
    default:
      return tensorValue(atEnd(tensor, name, span));
  }
}

/** Functions that normalize each channel over the data. */
const OVER_DATA = /(?:batch|instance)_norm$/;

interface Named {
  readonly name: string;
  readonly span: Span;
}

/** φ of a tensor; of data it is data, of which one that does not saturate leaves what counts as large as it was. */
export function activated(tensor: Tensor, name: string, span: Span): Tensor {
  if (!graph.isData(tensor)) return activationsOf(name).reduce((of, one) => graph.act(of, one, span), tensor);
  const ofData = SATURATES.test(name) || EXPONENTIAL.test(name) ? dataOf : alikeDataOf;
  const made = ofData([tensor], graph.shapeOf(tensor), span);
  if (COSINE.test(name)) return noteDensity(made, { nonzero: true });
  return STAYS.test(name) ? made : fallingOf(tensor, made);
}

const EXPONENTIAL = /^(?:.*\.)?exp(?:2|m1)?_?$/;

/** Of numbers that are zero, or small, none is. */
const COSINE = /^(?:.*\.)?cosh?_?$/;

/** Of numbers that count up or down none is small for that. */
const STAYS = /tanh|softsign|cos|sin/i;

const SATURATES = /tanh|sigmoid|softsign|relu6|cos|sin/i;

/** What stands behind a network's last layer. */
export function atEnd(tensor: Tensor, name: string, span: Span): Tensor {
  const over = lastOf(graph.shapeOf(tensor)) ?? UNKNOWN_QUANTITY;
  if (/softmax$/i.test(name)) return graph.softmax(tensor, over, span);
  return graph.loss([tensor], span);
}
