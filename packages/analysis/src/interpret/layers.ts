import { UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import { type Flow, INPUT, type LayerUse, leave, outputOf } from '../network/flow.ts';
import type { Layer } from '../network/layer.ts';
import { type CallSite, positional } from './interpreter.ts';
import { itemsIn } from './modules.ts';
import { applied, flowsIn, opaqueResult } from './tensors.ts';
import { either, UNKNOWN, type Value } from './value.ts';

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
    fanIn: UNKNOWN_QUANTITY,
    fanOut: UNKNOWN_QUANTITY,
    parameters: null,
    sizes: new Map(),
    zeroAtZero: false,
    homogeneous: false,
    span: baseOf?.span ?? span,
    ...facts,
  };
  frame.heap.makeLayer(layer);
  return { kind: 'layer', layer };
}

type LayerValue = Extract<Value, { kind: 'layer' }>;

/** Adds one item behind those of a container. */
export function addItem(container: Layer, value: Value, { frame, span }: CallSite): void {
  const next = String(itemsIn(container, frame).length);
  frame.heap.setAttribute(container.id, next, { value, span });
}

/** What a layer makes of what it is given. */
export function applyLayer(layer: Layer, site: CallSite): Value {
  const { args } = site;
  const [input = UNKNOWN] = args.positional;
  if (layer.family === 'sequential') return applyItems(layer, input, site);
  const found = flowsIn([input]);
  // What is no tensor that is followed, such as positions made on the spot, comes from outside.
  const flows = found.length > 0 ? found : [INPUT];
  return either(flows.map((flow): Value => applyTo(layer, flow, site)));
}

function applyTo(layer: Layer, flow: Flow, { frame, span }: CallSite): Value {
  const { trace } = frame.interpreter;
  const { family, zeroAtZero, homogeneous } = layer;
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
  for (const [, item] of itemsIn(layer, frame)) {
    value = frame.call(item.value, positional(value), span);
  }
  return value;
}
