import { UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { LayerKnowledge } from '../libraries/torch/tables.ts';
import { type Flow, INPUT, type LayerUse, leave, outputOf } from '../network/flow.ts';
import { type Arguments, argument, type CallSite, positional } from './interpreter.ts';
import { quantityOf } from './numbers.ts';
import { applied, flowsIn, opaqueResult } from './tensors.ts';
import { truthOf } from './truth.ts';
import { either, type Layer, UNKNOWN, type Value } from './value.ts';

/** A layer that the code constructs; containers take their items into the heap. */
export function constructLayer(qualified: string, knowledge: LayerKnowledge, site: CallSite): Value {
  const { args, frame, span } = site;
  const dimension = (place: LayerKnowledge['fanIn']) => {
    const value = place && argument(args, place);
    return value === undefined ? UNKNOWN_QUANTITY : quantityOf(value);
  };
  const bias = knowledge.bias && argument(args, knowledge.bias);
  const layer: Layer = {
    id: frame.interpreter.newId(),
    qualified,
    knowledge,
    fanIn: dimension(knowledge.fanIn),
    fanOut: dimension(knowledge.fanOut),
    hasBias: bias === undefined ? (args.open ? null : true) : truthOf(bias),
    span,
  };
  for (const [name, value] of containedIn(knowledge, args)) {
    frame.heap.setAttribute(layer.id, name, { value, span: null });
  }
  return { kind: 'layer', layer };
}

/** The items of a container by their names: places for a list, keys for a dict. */
function containedIn({ family }: LayerKnowledge, args: Arguments): readonly (readonly [string, Value])[] {
  const [first] = args.positional;
  if (family === 'dict' || (family === 'sequential' && first?.kind === 'dict')) {
    return first?.kind === 'dict' ? [...first.entries] : [];
  }
  if (family !== 'sequential' && family !== 'list') return [];
  const items = family === 'list' ? listed(first) : args.positional;
  return items.map((item, index) => [String(index), item] as const);
}

function listed(value: Value | undefined): readonly Value[] {
  if (value?.kind === 'list') return value.items;
  return value === undefined ? [] : [UNKNOWN];
}

/** Adds one item behind those of a container. */
export function addItem(container: Layer, value: Value, { frame, span }: CallSite): void {
  const next = String(frame.heap.attributes(container.id).size);
  frame.heap.setAttribute(container.id, next, { value, span });
}

/** What a layer makes of what it is given. */
export function applyLayer(layer: Layer, site: CallSite): Value {
  const { args } = site;
  const [input = UNKNOWN] = args.positional;
  if (layer.knowledge.family === 'sequential') return applyItems(layer, input, site);
  const found = flowsIn([input]);
  // what is no tensor that is followed, such as positions made on the spot, comes from outside
  const flows = found.length > 0 ? found : [INPUT];
  return either(flows.map((flow): Value => applyTo(layer, flow, site)));
}

function applyTo(layer: Layer, flow: Flow, { frame, span }: CallSite): Value {
  const { trace } = frame.interpreter;
  const { family, zeroAtZero = false, homogeneous = false } = layer.knowledge;
  switch (family) {
    case 'activation':
      return applied(flow, { does: 'activation', zeroAtZero, homogeneous }, layer.qualified);
    case 'norm':
      return applied(flow, { does: 'norm' }, layer.qualified);
    case 'transparent':
      return { kind: 'tensor', flow };
    case 'output-function':
      return applied(flow, { does: 'output' }, layer.qualified);
    case 'linear':
    case 'embedding':
    case 'unread-linear': {
      const use: LayerUse = { layer, input: flow, exits: [], span };
      leave(flow, 'layer');
      trace.uses.push(use);
      return { kind: 'tensor', flow: outputOf(use) };
    }
    default:
      trace.opaqueLayers.add(layer);
      return opaqueResult(layer.qualified, [{ kind: 'tensor', flow }]);
  }
}

function applyItems(layer: Layer, input: Value, { frame, span }: CallSite): Value {
  let value = input;
  for (const [, item] of frame.heap.attributes(layer.id)) {
    value = frame.interpreter.call(item.value, { args: positional(value), frame, span });
  }
  return value;
}
