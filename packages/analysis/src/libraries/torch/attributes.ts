import { sameQuantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { changeInPlace } from '../../interpret/language/in-place.ts';
import { isModuleClass } from '../../interpret/machine/classes.ts';
import { replace } from '../../interpret/machine/frames.ts';
import type { AttributeChange, Frame } from '../../interpret/machine/interpreter.ts';
import { noteForeignGroups } from '../../interpret/modules/foreign-rates.ts';
import { addForwardHook } from '../../interpret/modules/forward-hooks.ts';
import { leaveLost } from '../../interpret/modules/given-back.ts';
import { gradientValue } from '../../interpret/modules/gradients.ts';
import { noteFlag } from '../../interpret/modules/layer-flags.ts';
import { idOf, type ModuleValue, shapeOf } from '../../interpret/modules/modules.ts';
import {
  defaultsOf,
  groupsOf,
  leaveUnread,
  optimizersIn,
  setGroups,
} from '../../interpret/modules/optimizer-state.ts';
import { setTag, tagOf, valueOfTag } from '../../interpret/modules/parameter-tags.ts';
import { noteStored } from '../../interpret/modules/stored-tensors.ts';
import { type Place, partOfParameter, tensorIn, tensorValue } from '../../interpret/modules/tensors.ts';
import { havoc } from '../../interpret/modules/unread.ts';
import { either } from '../../interpret/values/either.ts';
import { asNumber } from '../../interpret/values/numbers.ts';
import { unreadInit } from '../../interpret/values/parameter-state.ts';
import { sameValue } from '../../interpret/values/same-value.ts';
import { tensorShape } from '../../interpret/values/shapes.ts';
import type { TensorValue } from '../../interpret/values/tensor-value.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import {
  type DictValue,
  type ListValue,
  NONE,
  number,
  type ObjectValue,
  UNKNOWN,
  type Value,
} from '../../interpret/values/value.ts';
import { dimsOf, type Layer, type ParameterValue, parameterOf, weightOf } from '../../network/layer.ts';
import { swapped, UNKNOWN_LAYOUT } from '../../network/layout.ts';
import type { OptimizerBuild, UnreadEffect } from '../../network/optimizer.ts';
import { input, isData, shapeOf as shapeOfTensor, view } from '../../network/tensor.ts';
import { setBuffer } from './buffers.ts';
import { shapeOfData } from './data-counts.ts';
import { tableMaker } from './given-tables.ts';
import { applied, isGradientFunction } from './gradient-functions.ts';
import { lightningTrainer } from './lightning-trainer.ts';
import { ownDict, parametersOf } from './own-dicts.ts';
import { setTo } from './own-parameters.ts';
import { rankOf } from './parameter-methods.ts';
import { changeSavedSetting, registeredConfig } from './saved-settings.ts';

/** What PyTorch's own objects answer for `owner.name`; undefined for an owner that is none of them. */
export function attribute(owner: Value, name: string, frame: Frame): Value | undefined {
  const own = owner.kind === 'object' || owner.kind === 'layer' ? ownDict(owner, name, frame) : undefined;
  return own ?? attributeByKind(owner, name, frame);
}

function attributeByKind(owner: Value, name: string, frame: Frame): Value | undefined {
  switch (owner.kind) {
    case 'opaque':
      noteForeignGroups(name, frame);
      return undefined;
    case 'object':
      return registeredConfig(owner, name, frame) ?? lightningTrainer(owner, name, frame);
    case 'class':
      if (name === 'apply' && isGradientFunction(owner, frame)) return applied(owner);
      return tableMaker(owner.definition, name, frame);
    case 'layer':
      return layerAttribute(owner.layer, name);
    case 'parameter':
      return parameterAttribute(owner, name, frame);
    case 'optimizer':
      if (name === 'defaults') return defaultsOf(owner.build, frame.heap);
      return name === 'param_groups' ? groupsOf(owner.build, frame.heap) : undefined;
    case 'list':
      if (name === 'param_groups') leaveLost(owner, name, frame);
      return partOfPair(owner, name);
    case 'tensor':
      return tensorAttribute(owner, name);
    case 'unknown':
      return shapeOfData(owner, name);
    default:
      return undefined;
  }
}

const TRANSPOSED: ReadonlySet<string> = new Set(['T', 'mT', 'H']);

const COMPLEX_PARTS: ReadonlySet<string> = new Set(['real', 'imag']);

/** What PyTorch calls the two tensors that `max`, `topk` and `sort` give. */
function partOfPair({ items, open }: ListValue, name: string): Value | undefined {
  const isPair = !open && items.length === 2 && items.every(({ kind }) => kind === 'tensor');
  return isPair ? items[PAIR.indexOf(name)] : undefined;
}

const PAIR: readonly string[] = ['values', 'indices'];

function tensorAttribute(owner: TensorValue, name: string): Value | undefined {
  if (name === 'data') return owner;
  if (name === 'shape') return tensorShape(owner.tensor, name);
  if (name === 'ndim') return tensorShape(owner.tensor, 'dim');
  const shape = shapeOfTensor(owner.tensor);
  // Of data both parts of complex numbers are data.
  if (COMPLEX_PARTS.has(name) && isData(owner.tensor)) return tensorValue(input(shape, null));
  if (!TRANSPOSED.has(name)) return undefined;
  const turned = view(owner.tensor, shape === null ? UNKNOWN_LAYOUT : swapped(shape, -2, -1), null);
  return tensorValue(turned);
}

function layerAttribute(layer: Layer, name: string): Value {
  const parameter: ParameterValue = { kind: 'parameter', layer, which: name };
  const known = parameterOf(parameter);
  if (known !== undefined) return known.present === null ? either([parameter, NONE]) : parameter;
  if (name === 'weight' || name === 'bias') return absentParameter(layer, name);
  const size = layer.sizes.get(name);
  if (size === undefined) return UNKNOWN;
  // A size that its weight has is known with that, as `weight.shape[1]` is.
  const weight = weightOf(layer);
  const isOfWeight = parameterOf(weight)?.dims?.some((dim) => sameQuantity(dim, size)) === true;
  return isOfWeight ? { ...number(size), measures: [weight] } : number(size);
}

/** Of a layer that is not read a weight is known by its name. */
function absentParameter(layer: Layer, which: string): Value {
  if (layer.parameters !== null) return NONE;
  return which === 'weight' ? { kind: 'parameter', layer, which } : UNKNOWN;
}

function parameterAttribute(parameter: ParameterValue, name: string, frame: Frame): Value {
  if (name === 'data') return { ...parameter, detached: true };
  if (name === 'grad') return gradientValue(parameter);
  if (TRANSPOSED.has(name)) {
    const whole = tensorIn(parameter, frame);
    const shape = whole && shapeOfTensor(whole);
    return partOfParameter(parameter, whole && shape && view(whole, swapped(shape, -2, -1), null));
  }
  if (name === 'ndim') return rankOf(parameter, frame);
  if (name === 'requires_grad' && frame.heap.parameters.frozenOf(parameter) !== 'perhaps')
    return { kind: 'truth', value: frame.heap.parameters.frozenOf(parameter) === false };
  return name === 'shape' ? shapeOf(parameter, frame) : valueOfTag(tagOf(parameter, name, frame));
}

/** Assignments that mean more to PyTorch than an attribute. */
export function setAttribute(owner: Value, { name, value, span }: AttributeChange, frame: Frame): boolean {
  if (value.kind === 'dict' && setOwnDict(owner, { name, value, span }, frame)) return true;
  if (name === 'data' && setEntries(owner, value, { frame, span })) return true;
  if (name === '__class__' && (owner.kind === 'object' || owner.kind === 'layer'))
    return setClass(owner, { frame, span });
  changeSavedSetting(owner, { name, value, span }, frame);
  noteFlag(owner, { name, value, span }, frame);
  if (SCHEDULED.has(name)) rescheduled(owner, { what: name, span }, frame);
  if (owner.kind === 'optimizer') return setOfOptimizer(owner.build, { name, value, span }, frame);
  if (owner.kind === 'object') return setOfObject(owner, { name, value, span }, frame);
  if (owner.kind === 'parameter') setOfParameter(owner, { name, value, span }, frame);
  else if (owner.kind === 'layer') setOfLayer(owner.layer, { name, value, span }, frame);
  return owner.kind === 'parameter' || owner.kind === 'layer';
}

/** `tensor.data = other`, also of a tensor that is known as the one number in it. */
function setEntries(owner: Value, value: Value, { frame, span }: Place): boolean {
  if (owner.kind === 'tensor') changeInPlace(owner, value, { frame, span });
  else if (owner.kind === 'number' && owner.isTensor === true) replace(owner, asNumber(value), frame);
  else return false;
  return true;
}

/** The dict that a module keeps its parts, buffers or parameters in. */
function setOwnDict(
  owner: Value,
  { name, value, span }: AttributeChange & { readonly value: DictValue },
  frame: Frame,
): boolean {
  if (owner.kind === 'object' && name === '_modules') {
    for (const [child, module] of value.entries)
      frame.heap.setAttribute(owner.id, child, { value: module, span });
    return true;
  }
  if (owner.kind === 'object' && name === '_buffers') {
    for (const [buffer, held] of value.entries) setBuffer(owner, { name: buffer, value: held, span }, frame);
    return true;
  }
  if (name !== '_parameters' || (owner.kind !== 'object' && owner.kind !== 'layer')) return false;
  setParameters(owner, value, { frame, span });
  return true;
}

/** `module._parameters[name] = parameter`: those that are other ones than they were. */
function setParameters(owner: ModuleValue, { entries }: DictValue, { frame, span }: Place): void {
  const before = parametersOf(owner, frame).entries;
  for (const [name, value] of entries) {
    const was = before.get(name);
    if (value === was || (value.kind === 'parameter' && was !== undefined && sameValue(value, was))) continue;
    if (owner.kind === 'layer') setOfLayer(owner.layer, { name, value, span }, frame);
    else frame.heap.setAttribute(owner.id, name, { value, span });
  }
}

/** From what a scheduler makes the rates. */
const SCHEDULED: ReadonlySet<string> = new Set(['base_lrs', 'lr_lambdas', 'max_lrs']);

/** A scheduler makes the rates of something else from here on; which optimizer it is for is known of one of the code's own. */
function rescheduled(owner: Value, effect: UnreadEffect, frame: Frame): void {
  const own = owner.kind === 'object' ? frame.heap.attributes(owner.id) : null;
  if (own !== null && !own.has('base_lrs')) return;
  const builds =
    own === null ? frame.interpreter.trace.optimizers : optimizersIn(own.get('optimizer')?.value ?? UNKNOWN);
  for (const build of builds) leaveUnread(build, effect, frame);
}

/** A module of another class may start and compute otherwise; of what is no module nothing is known here. */
function setClass(owner: ModuleValue, { frame, span }: Place): boolean {
  if (owner.kind === 'object' && !isModuleClass(frame.interpreter, owner.definition)) return false;
  havoc(owner, frame);
  frame.heap.setAttribute(idOf(owner), '__class__', { value: UNKNOWN, span });
  addForwardHook({ id: idOf(owner), run: UNKNOWN, span }, frame.heap);
  return true;
}

/** Its groups, or how it makes a step of them. */
function setOfOptimizer(build: OptimizerBuild, { name, value, span }: AttributeChange, frame: Frame): true {
  if (name === 'param_groups') setGroups(build, value, frame);
  else if (name === 'step' || name === '__class__')
    leaveUnread(build, { what: name === 'step' ? 'another step' : 'another class', span }, frame);
  return true;
}

function setOfParameter(
  parameter: ParameterValue,
  { name, value, span }: AttributeChange,
  frame: Frame,
): void {
  if (name === 'grad' && value.kind !== 'none') {
    frame.heap.parameters.write(gradientValue(parameter), unreadInit(span), 'strong');
  }
  if (name === 'data') {
    setTo(parameter, value, { frame, span, by: 'an assignment', update: 'strong' });
    noteStored(parameter, value, frame);
  }
  if (name === 'requires_grad') frame.heap.parameters.freeze(parameter, truthOf(value));
  if (!OWN.has(name)) setTag(parameter, { name, value, span }, frame);
}

/** The parameter of a layer of the code's own that becomes another one of its shape, as that of a readout does an embedding's. */
function setOfObject({ id }: ObjectValue, { name, value, span }: AttributeChange, frame: Frame): boolean {
  const own = frame.heap.attributes(id).get(name);
  if (own === undefined || own.perhaps === true || own.value.kind !== 'parameter') return false;
  if (value.kind !== 'parameter' || sameValue(own.value, value)) return false;
  const [before, after] = [dimsOf(own.value), dimsOf(value)];
  const isAsLarge =
    before !== null &&
    before.length === after?.length &&
    before.every((one, at) => sameQuantity(one, after[at] ?? UNKNOWN_QUANTITY));
  if (isAsLarge) frame.heap.parameters.tie(own.value, { to: value, span });
  return isAsLarge;
}

/** What a parameter has of its own. */
const OWN: ReadonlySet<string> = new Set(['grad', 'data', 'requires_grad']);

function setOfLayer(layer: Layer, { name, value, span }: AttributeChange, frame: Frame): void {
  if (name === 'forward') addForwardHook({ id: layer.id, run: UNKNOWN, span }, frame.heap);
  if (name !== 'weight' && name !== 'bias' && layer.parameters?.some((one) => one.name === name) !== true) {
    frame.heap.setAttribute(layer.id, name, { value, span });
    return;
  }
  const parameter: ParameterValue = { kind: 'parameter', layer, which: name };
  if (value.kind === 'none') frame.heap.setAttribute(layer.id, name, { value, span });
  else if (value.kind === 'parameter' && value.part !== true)
    frame.heap.parameters.tie(parameter, { to: value, span });
  else frame.heap.parameters.write(parameter, unreadInit(span), 'strong');
}
