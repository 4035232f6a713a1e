import { literal } from '../growth/quantity.ts';
import { bind, type FoundMethod, findMethod, hasDecorator, lineage } from './classes.ts';
import { stepped } from './flow.ts';
import type { Frame } from './interpreter.ts';
import { NO_ARGUMENTS } from './interpreter.ts';
import { dimensionsOf } from './modules.ts';
import { CONSTANTS } from './numbers.ts';
import { type Layer, NONE, number, type ObjectValue, UNKNOWN, type Value } from './value.ts';

/** What `value.name` stands for where it is not called. */
export function attributeOf(value: Value, name: string, frame: Frame): Value {
  switch (value.kind) {
    case 'reference':
      return referenceAttribute(value.qualified, name);
    case 'object':
      return objectAttribute(value, name, frame);
    case 'layer':
      return layerAttribute(value.layer, name, frame);
    case 'parameter':
      if (name === 'ndim') return number(literal(dimensionsOf(value)));
      return name === 'data' ? value : UNKNOWN;
    case 'opaque':
      return { kind: 'opaque', name: `${value.name}.${name}`, fallback: null };
    case 'unknown':
      return value.name === null
        ? UNKNOWN
        : { kind: 'opaque', name: `${value.name}.${name}`, fallback: null };
    case 'class':
      return classAttribute(value, name, frame);
    case 'tensor':
      if (name === 'data') return value;
      return TRANSPOSED.has(name)
        ? { kind: 'tensor', flow: stepped(value.flow, { kind: 'opaque', what: `.${name}` }) }
        : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

const TRANSPOSED: ReadonlySet<string> = new Set(['T', 'mT', 'H']);

function referenceAttribute(module: string, name: string): Value {
  if (name === '__name__') return { kind: 'text', text: module.slice(module.lastIndexOf('.') + 1) };
  const qualified = `${module}.${name}`;
  const constant = CONSTANTS.get(qualified);
  return constant === undefined ? { kind: 'reference', qualified } : number(constant);
}

function objectAttribute(object: ObjectValue, name: string, frame: Frame): Value {
  const own = frame.heap.attributes(object.id).get(name);
  if (own !== undefined) return own.value;
  const found = findMethod(frame.interpreter, object.definition, name);
  if (found !== undefined) return boundMethod(object, found, frame);
  if (name === '__class__') return { kind: 'class', definition: object.definition };
  return classAttribute({ kind: 'class', definition: object.definition }, name, frame);
}

function boundMethod(object: ObjectValue, found: FoundMethod, frame: Frame): Value {
  const receiver = hasDecorator(found.method, 'staticmethod') ? null : object;
  const bound = bind(found, receiver);
  if (!hasDecorator(found.method, 'property')) return bound;
  return frame.interpreter.call(bound, { args: NO_ARGUMENTS, frame, span: found.method.span });
}

/** A class variable, or a method taken from the class itself. */
function classAttribute(
  { definition }: Extract<Value, { kind: 'class' }>,
  name: string,
  frame: Frame,
): Value {
  if (name === '__name__') return { kind: 'text', text: definition.name };
  const found = findMethod(frame.interpreter, definition, name);
  if (found !== undefined) {
    return bind(found, null);
  }
  for (const owner of lineage(frame.interpreter, definition)) {
    for (const statement of owner.body) {
      if (statement.kind !== 'assign' || statement.value === null) continue;
      const named = statement.targets.some((target) => target.kind === 'name' && target.name === name);
      if (named) return frame.interpreter.evaluate(statement.value, { ...frame, locals: new Map() });
    }
  }
  return { kind: 'unknown', name: `${definition.name}.${name}` };
}

function layerAttribute(layer: Layer, name: string, frame: Frame): Value {
  const item = frame.heap.attributes(layer.id).get(name);
  if (item !== undefined) return item.value;
  const { family } = layer.knowledge;
  if (name === '__class__') return { kind: 'reference', qualified: layer.qualified };
  if (name === 'weight' && HAS_WEIGHT.has(family)) return { kind: 'parameter', layer, which: 'weight' };
  if (name === 'bias' && family === 'linear') {
    if (layer.hasBias === false) return NONE;
    return layer.hasBias === null ? UNKNOWN : { kind: 'parameter', layer, which: 'bias' };
  }
  if (name === 'bias' && family === 'embedding') return NONE;
  if (name === layer.knowledge.fanIn?.name) return number(layer.fanIn);
  if (name === layer.knowledge.fanOut?.name) return number(layer.fanOut);
  return UNKNOWN;
}

const HAS_WEIGHT: ReadonlySet<string> = new Set(['linear', 'embedding', 'unread-linear', 'norm', 'other']);
