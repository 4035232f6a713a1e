import type { Layer } from '../../network/layer.ts';
import type { Span } from '../../syntax/span.ts';
import { bind, findMethod, frameworkBase, isCallItself, protocolOf } from '../machine/classes.ts';
import { type Arguments, NO_ARGUMENTS } from '../machine/given-arguments.ts';
import type { CallSite, Frame } from '../machine/interpreter.ts';
import { NONE, type ObjectValue, type Value } from '../values/value.ts';
import { applyLayer } from './layers.ts';
import { layerOf } from './modules.ts';

/** Runs the constructor of the layer that an object's class inherits from; does nothing for any other object. */
export function constructBase(
  object: ObjectValue,
  args: Arguments,
  { frame, span }: { readonly frame: Frame; readonly span: Span },
): void {
  const { interpreter } = frame;
  const base = frameworkBase(interpreter, object.definition);
  if (base === undefined) return;
  const site: CallSite = { args, frame: frame.with({ building: true }), span, baseOf: object };
  const made = interpreter.call({ kind: 'reference', qualified: base }, site);
  if (made.kind !== 'layer') return;
  interpreter.baseLayers.set(object.id, made.layer);
  if (!STARTED_BY_METHOD.has(made.layer.family)) return;
  const start = findMethod(interpreter, object.definition, 'reset_parameters');
  if (start !== undefined) site.frame.call(bind(start, object), NO_ARGUMENTS, start.method.span);
}

/** Layers whose constructor starts their weights by `self.reset_parameters()`, and so by what a class overrides it with. */
const STARTED_BY_METHOD: ReadonlySet<Layer['family']> = new Set([
  'linear',
  'embedding',
  'convolution',
  'transposed-convolution',
  'norm',
  'recurrent',
]);

/** What a method of the layer that an object is gives where its own class leaves it as it is; undefined for another. */
export function baseMethod(object: ObjectValue, name: string, site: CallSite): Value | undefined {
  const { frame, args, span } = site;
  if (name === '__init__') {
    constructBase(object, args, { frame, span });
    return NONE;
  }
  const layer = layerOf(object, frame);
  const isForward = name === protocolOf(frame.interpreter, object.definition)?.forward || isCallItself(name);
  return layer !== undefined && isForward ? applyLayer(layer, site) : undefined;
}
