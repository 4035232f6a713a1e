import { literal, type Quantity } from '../../growth/quantity.ts';
import { type Layer, parametersOf } from '../../network/layer.ts';
import { ANY_DATA } from '../../network/shape.ts';
import { input as inputTensor, rescaled, unread } from '../../network/tensor.ts';
import { argument, positional } from '../machine/given-arguments.ts';
import type { CallSite, Frame, Interpreter } from '../machine/interpreter.ts';
import { either, optionsOf } from '../values/either.ts';
import { ROUNDS } from '../values/meeting.ts';
import { unreadInit } from '../values/parameter-state.ts';
import type { TensorValue } from '../values/tensor-value.ts';
import { isAbsent, number, UNKNOWN, type Value } from '../values/value.ts';
import { applyAttention, unreadAttention } from './attention-layer.ts';
import { forwardOf, parametersIn } from './forward.ts';
import { isOpen, itemsIn } from './modules.ts';
import { applyRecurrent } from './recurrent-layer.ts';
import {
  activated,
  atEnd,
  opaqueResult,
  openToFeatures,
  type Place,
  tensorIn,
  tensorsIn,
  tensorValue,
} from './tensors.ts';

/** What is known of a layer that the code constructs. */
export type LayerFacts = Pick<Layer, 'family'> & Partial<Layer>;

/** A layer that the code constructs; nothing is known of it beyond `facts`. */
export function constructLayer(
  qualified: string,
  facts: LayerFacts,
  { frame, span, baseOf }: CallSite,
): LayerValue {
  const layer: Layer = {
    id: baseOf?.id ?? frame.interpreter.newId(),
    qualified,
    parameters: null,
    sizes: new Map(),
    span: baseOf?.span ?? span,
    ...facts,
  };
  frame.heap.makeLayer(layer);
  const made: LayerValue = { kind: 'layer', layer };
  const { patched } = frame.interpreter;
  if (STARTS.some((method) => patched.has(`${qualified}.${method}`)) || [...patched].some(isInitializer))
    for (const parameter of parametersOf(layer))
      frame.heap.parameters.write(parameter, unreadInit(layer.span), 'strong');
  return made;
}

/** The methods of a layer that give its parameters their initial values. */
const STARTS: readonly string[] = ['__init__', 'reset_parameters'];

/** Whether a name of PyTorch is a function by which layers start. */
function isInitializer(name: string): boolean {
  return name.startsWith('torch.nn.init.');
}

type LayerValue = Extract<Value, { kind: 'layer' }>;

/** Adds one item behind those of a container. */
export function addItem(container: Layer, value: Value, { frame, span }: CallSite): void {
  const next = String(itemsIn(container, frame).length);
  frame.heap.setAttribute(container.id, next, { value, span });
}

/** What a layer makes of what it is given. */
export function applyLayer(layer: Layer, site: CallSite): Value {
  const { args, frame, span } = site;
  const input = argument(args, { name: 'input', index: 0 }) ?? UNKNOWN;
  const patch = patchOf(layer, frame.interpreter);
  if (patch !== undefined) {
    const of = [...tensorsIn([input], frame), ...parametersIn(layer, frame)];
    frame.interpreter.trace.opaqueLayers.add(layer);
    return tensorValue(rescaled(of, `${patch} = …`, span));
  }
  if (layer.family === 'sequential') return applyItems(layer, input, site);
  if (layer.family === 'attention') return applyAttention(layer, site) ?? unreadAttention(layer, site);
  const recurrent = layer.family === 'recurrent' ? applyRecurrent(layer, site) : undefined;
  if (recurrent !== undefined) return recurrent;
  return applyTo(layer, givenTensor(input, frame) ?? tensorValue(inputTensor(ANY_DATA, span)), site);
}

/**
 * The tensor that a layer is applied to, which may be a parameter, as learned queries are; undefined for what is none that is
 * followed, such as positions made on the spot: it comes from outside.
 */
function givenTensor(input: Value, frame: Frame): TensorValue | undefined {
  const options = optionsOf(input);
  const given = options.find((option) => option.kind === 'tensor');
  const parameter = options.find((option) => option.kind === 'parameter');
  const tensor = given === undefined ? tensorIn(parameter, frame) : null;
  return tensor === null ? given : tensorValue(tensor);
}

/** What code has set that calling a layer calls: its forward pass, or the function that this calls. */
function patchOf({ qualified, family }: Layer, { patched }: Interpreter): string | undefined {
  if (patched.size === 0) return undefined;
  return [`${qualified}.forward`, `torch.nn.functional.${family}`].find((one) => patched.has(one));
}

function applyTo(layer: Layer, given: TensorValue, { frame, span }: CallSite): Value {
  const { trace } = frame.interpreter;
  const { family, qualified } = layer;
  switch (family) {
    case 'activation':
      return tensorValue(activated(given.tensor, qualified, span));
    case 'norm':
      return tensorValue(forwardOf(layer, given.tensor, { frame, span }));
    case 'transparent':
      return transparent(layer, given, { frame, span });
    case 'output-function':
      return tensorValue(atEnd(given.tensor, qualified, span));
    case 'convolution':
    case 'transposed-convolution':
    case 'weightless':
      trace.opaqueLayers.add(layer);
      return tensorValue(forwardOf(layer, given.tensor, { frame, span }));
    case 'linear':
    case 'embedding':
    case 'unread-linear':
      trace.applied.push(layer);
      return tensorValue(forwardOf(layer, given.tensor, { frame, span }));
    default:
      trace.opaqueLayers.add(layer);
      return openToFeatures(
        opaqueResult(qualified || 'a part that is not read', [given], { frame, span }),
        span,
      );
  }
}

/** `nn.Flatten` and `nn.Dropout` are their functions. */
function transparent({ qualified, sizes }: Layer, given: TensorValue, { frame, span }: Place): Value {
  const { libraries } = frame.interpreter;
  const like = (name: string, ...settings: readonly Quantity[]) => {
    const args = positional(given, ...settings.map((one) => number(one)));
    return libraries.call(name, { args, frame, span }) ?? given;
  };
  const rate = sizes.get('p');
  switch (qualified.slice(qualified.lastIndexOf('.') + 1)) {
    case 'Flatten':
      return like('torch.flatten', sizes.get('start_dim') ?? literal(1), sizes.get('end_dim') ?? literal(-1));
    case 'Unflatten':
      return { ...given, tensor: unread([given.tensor], qualified, span) };
    default:
      return rate === undefined ? given : like('torch.nn.functional.dropout', rate);
  }
}

function applyItems(layer: Layer, input: Value, { frame, span }: CallSite): Value {
  const items = itemsIn(layer, frame);
  const round = isOpen(items) ? roundIn(items.map(([, item]) => item.value)) : null;
  let value = input;
  let first: Value | null = null;
  for (const [at, [, item]] of items.entries()) {
    value = withItem(item.value, value, { frame, span });
    if (round !== null && at === round.start + round.length - 1) first = value;
    if (first !== null && round !== null && at === round.start + 2 * round.length - 1) {
      value = either([first, value], ROUNDS);
    }
  }
  return value;
}

/** What an item makes of a value; as it is, where the condition that decides has left the item out. */
function withItem(item: Value, given: Value, { frame, span }: Place): Value {
  const made = frame.call(item, positional(given), span);
  if (item.kind !== 'either' || item.decided === undefined || !item.options.some(isAbsent)) return made;
  return either(
    item.options.map((option) => (isAbsent(option) ? given : made)),
    item.decided,
  );
}

/** More items than code repeats as one. */
const LONGEST_ROUND = 8;

/** Where items begin that are repeated, made by the same lines, and how many those are; null where none are. */
function roundIn(items: readonly Value[]): { readonly start: number; readonly length: number } | null {
  for (let length = 1; length <= LONGEST_ROUND; length++) {
    for (let start = 0; start + 2 * length <= items.length; start++) {
      const first = items.slice(start, start + length);
      if (first.every((item, at) => isMadeAlike(item, items[start + length + at]))) return { start, length };
    }
  }
  return null;
}

function isMadeAlike(one: Value, other: Value | undefined): boolean {
  if (one.kind === 'either' && other?.kind === 'either' && one.options.length === other.options.length)
    return one.options.every((option, at) => isAbsent(option) || isMadeAlike(option, other.options[at]));
  if (one.kind === 'layer') {
    return (
      other?.kind === 'layer' && one.layer.span.start === other.layer.span.start && one.layer !== other.layer
    );
  }
  if (one.kind !== 'object' || other?.kind !== 'object' || one.id === other.id) return false;
  return one.definition === other.definition && one.span !== null && one.span.start === other.span?.start;
}
