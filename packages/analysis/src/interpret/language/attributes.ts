import { exactValue } from '../../growth/quantity.ts';
import { withSymbols } from '../../growth/with-symbols.ts';
import type { Layer } from '../../network/layer.ts';
import type { ClassStatement } from '../../syntax/ast.ts';
import {
  bind,
  type FoundMethod,
  findMethod,
  isLeftToHeirs,
  isModuleClass,
  isProperty,
  receiverOf,
} from '../machine/classes.ts';
import { mayBeRatio } from '../machine/computed-elsewhere.ts';
import { NO_ARGUMENTS, positional } from '../machine/given-arguments.ts';
import type { Frame } from '../machine/interpreter.ts';
import { fieldOf, fieldOfUnknown } from '../machine/names.ts';
import { settledFlag } from '../machine/settled-flags.ts';
import { unlessItStays } from '../machine/written.ts';
import { eachOption, either } from '../values/either.ts';
import { heldBy, holdersOf } from '../values/holders.ts';
import { isNumeric } from '../values/numbers.ts';
import { NONE, number, type ObjectValue, type OpaqueValue, UNKNOWN, type Value } from '../values/value.ts';
import { classAttribute, inherited, ownMembers } from './class-attributes.ts';
import { methodAsValue } from './function-forms.ts';
import { sampleOf } from './samples.ts';

/** What `value.name` stands for where it is not called. */
export function attributeOf(value: Value, name: string, frame: Frame): Value {
  switch (value.kind) {
    case 'reference':
      return (
        frame.interpreter.libraries.attribute(value, name, frame) ??
        referenceAttribute(value.qualified, name, frame)
      );
    case 'object':
      return objectAttribute(value, name, frame);
    case 'layer':
      return layerAttribute(value.layer, name, frame);
    case 'opaque':
      return opaqueAttribute(value, name, frame);
    case 'unknown':
      return frame.interpreter.libraries.attribute(value, name, frame) ?? fieldOfUnknown(value, name, frame);
    case 'class':
      return name === '__dict__' ? ownMembers(value.definition, frame) : classAttribute(value, name, frame);
    default:
      return known(frame.interpreter.libraries.attribute(value, name, frame)) ?? methodOf(value, name);
  }
}

function known(value: Value | undefined): Value | undefined {
  return value === UNKNOWN ? undefined : value;
}

const METHODS_OF: ReadonlySet<Value['kind']> = new Set(['dict', 'list', 'tensor', 'parameter']);

function methodOf(value: Value, name: string): Value {
  return (METHODS_OF.has(value.kind) ? methodAsValue(value, name) : undefined) ?? UNKNOWN;
}

/** Kinds whose attributes no configuration sets. */
const NAMED: ReadonlySet<Value['kind']> = new Set(['class', 'reference', 'function']);

function opaqueAttribute(value: OpaqueValue, name: string, frame: Frame): Value {
  if (value.fallback !== null && NAMED.has(value.fallback.kind)) {
    return attributeOf(value.fallback, name, frame);
  }
  const field =
    frame.interpreter.libraries.attribute(value, name, frame) ??
    derivedField(value, name, frame) ??
    (mayBeRatio(value, name, frame) ? UNKNOWN : fieldOf(value.symbol, name, frame));
  return settledFlag(heldBy(field, holdersOf(value)), frame);
}

/** Longer than any name that a library has. */
const MAX_QUALIFIED = 1000;

function referenceAttribute(module: string, name: string, { interpreter, module: here }: Frame): Value {
  if (name === '__name__') return { kind: 'text', text: module.slice(module.lastIndexOf('.') + 1) };
  const qualified = `${module}.${name}`;
  if (qualified.length > MAX_QUALIFIED) return UNKNOWN;
  return (
    interpreter.libraries.constant(qualified) ??
    interpreter.imports?.resolved(qualified, here) ?? { kind: 'reference', qualified }
  );
}

function objectAttribute(object: ObjectValue, name: string, frame: Frame): Value {
  const held = attributeOfObject(object, name, frame);
  const value = isModuleClass(frame.interpreter, object.definition) ? held : settledFlag(held, frame);
  const set = frame.interpreter.fieldsSet.get(object.id);
  if (set === undefined || isOfThisRun(object, name, frame)) return value;
  if (set.has(name) && !isModuleClass(frame.interpreter, object.definition)) return UNKNOWN;
  return set.has(name) || set.has('*') ? eachOption(value, unlessItStays) : value;
}

/** Whether the code that runs has given the object an attribute itself, beside what it had where its module made it. */
function isOfThisRun({ id }: ObjectValue, name: string, { heap, interpreter: { file } }: Frame): boolean {
  const now = heap.attributes(id).get(name);
  return now !== undefined && now !== file.heap.attributes(id).get(name);
}

function attributeOfObject(object: ObjectValue, name: string, frame: Frame): Value {
  const asked = askedOfClass(object, name, frame);
  if (asked !== undefined) return asked;
  const own = frame.heap.attributes(object.id).get(name);
  if (own !== undefined && own.perhaps !== true) return own.value;
  if (own !== undefined) return either([own.value, ...inherited(object, name, frame)]);
  if (name === object.wrapper) {
    const { wrapper: _, ...wrapped } = object;
    return wrapped;
  }
  const special = frame.interpreter.libraries.attribute(object, name, frame);
  if (special !== undefined) return special;
  const found = findMethod(frame.interpreter, object.definition, name);
  if (found !== undefined) return boundMethod(object, found, frame);
  const ofLayer = attributeOfBase(object, name, frame);
  if (ofLayer !== undefined) return ofLayer;
  if (name === '__class__') return { kind: 'class', definition: object.definition };
  if (isLeftToHeirs(object, name, frame)) return UNKNOWN;
  const ofClass = classAttribute({ kind: 'class', definition: object.definition }, name, frame);
  if (ofClass.kind === 'unknown') {
    const made = computedFor(object, name, frame);
    if (made !== undefined) return made;
  }
  return name === '__dict__' && ofClass.kind === 'unknown' ? { ...ofClass, attributesOf: object } : ofClass;
}

/** What a class says itself that every attribute of its objects is, by `__getattribute__`, which asks its base for them. */
function askedOfClass(object: ObjectValue, name: string, frame: Frame): Value | undefined {
  const found = findMethod(frame.interpreter, object.definition, '__getattribute__');
  if (found === undefined || frame.stack.includes(found.method)) return undefined;
  return frame.call(bind(found, object), positional({ kind: 'text', text: name }), found.method.span);
}

/**
 * A number that an object computes for a name that it does not have, by its `__getattr__`; undefined for one that it has
 * somewhere, and of modules.
 */
function computedFor(object: ObjectValue, name: string, frame: Frame): Value | undefined {
  if (name.startsWith('__') || isModuleClass(frame.interpreter, object.definition)) return undefined;
  const found = findMethod(frame.interpreter, object.definition, '__getattr__');
  if (found === undefined || frame.stack.includes(found.method)) return undefined;
  const asked = positional({ kind: 'text', text: name });
  const made = frame.call(bind(found, object), asked, found.method.span);
  return isComputed(made) && made.kind !== 'none' ? made : undefined;
}

/** A weight or size of the layer that an object is. */
function attributeOfBase(object: ObjectValue, name: string, frame: Frame): Value | undefined {
  const layer = frame.interpreter.baseLayers.get(object.id);
  const value = layer && frame.interpreter.libraries.attribute({ kind: 'layer', layer }, name, frame);
  return value?.kind === 'unknown' ? undefined : value;
}

function boundMethod(object: ObjectValue, found: FoundMethod, frame: Frame): Value {
  const bound = bind(found, receiverOf(found.method, object));
  if (!isProperty(found.method)) return bound;
  return frame.call(bound, NO_ARGUMENTS, found.method.span);
}

function layerAttribute(layer: Layer, name: string, frame: Frame): Value {
  const item = frame.heap.attributes(layer.id).get(name);
  if (item !== undefined) return item.perhaps === true ? either([item.value, UNKNOWN]) : item.value;
  if (name === '__class__') return { kind: 'reference', qualified: layer.qualified };
  return frame.interpreter.libraries.attribute({ kind: 'layer', layer }, name, frame) ?? UNKNOWN;
}

/**
 * A field that a class of the file computes from its others, such as `std = width ** -0.5`; undefined for one that is
 * only stored. The configuration itself comes from outside: it is known by its class, or by what a caller passed.
 */
function derivedField(from: OpaqueValue, name: string, frame: Frame): Value | undefined {
  const annotated = frame.interpreter.annotated.get(from.symbol);
  const passed = from.fallback?.kind === 'object' ? from.fallback.definition : undefined;
  if (annotated !== undefined) {
    if (passed !== undefined && isOverridden(name, { annotated, passed }, frame)) return UNKNOWN;
    const derived = derivedIn(annotated, name, frame);
    return derived?.kind === 'none' ? unlessGiven(from, name, frame) : derived;
  }
  const derived = passed && derivedIn(passed, name, frame);
  return derived && ofPassed(from, { name, passed, derived }, frame);
}

/** What a configuration that is passed computes, in which its other fields go by the name that it has here. */
function ofPassed(
  { symbol }: OpaqueValue,
  {
    name,
    passed,
    derived,
  }: { readonly name: string; readonly passed: ClassStatement; readonly derived: Value },
  frame: Frame,
): Value {
  const { symbols } = frame.interpreter;
  const owner = symbols.ofDefinition(passed);
  return eachOption(derived, (option) => {
    if (option.kind === 'number') {
      const named = withSymbols(option.quantity, (one) =>
        one.owner === owner ? { op: 'symbol', symbol: symbols.of(symbol, one.name), value: null } : undefined,
      );
      return number(named);
    }
    const field = fieldOf(symbol, name, frame);
    if (field.kind !== 'opaque' || option.kind === 'none') return field;
    return option.kind === 'opaque' ? { ...field, fallback: option.fallback } : UNKNOWN;
  });
}

/** Whether the class of what is passed computes something otherwise than the one that the parameter is annotated with. */
function isOverridden(
  name: string,
  { annotated, passed }: Readonly<Record<'annotated' | 'passed', ClassStatement>>,
  { interpreter }: Frame,
): boolean {
  if (annotated === passed) return false;
  const [own, others] = [annotated, passed].map((one) => findMethod(interpreter, one, name)?.method);
  return own !== others;
}

/**
 * A field that is None unless it is given: none as far as the code asks, a number where it is used as one; a setting
 * where code in sight gives it something.
 */
function unlessGiven({ symbol }: OpaqueValue, name: string, frame: Frame): Value {
  const field = fieldOf(symbol, name, frame);
  const given = frame.interpreter.given.get(frame.interpreter.symbols.of(symbol, name));
  if (field.kind !== 'opaque') return NONE;
  if (given === undefined) return { ...field, fallback: NONE, isAbsent: true };
  return isNumeric(given) ? { ...field, fallback: given } : field;
}

/** Kinds of settings that choose, as a name or a switch does. */
const CHOOSES: ReadonlySet<Value['kind'] | undefined> = new Set(['text', 'truth']);

function derivedIn(definition: ClassStatement, name: string, frame: Frame): Value | undefined {
  const { interpreter } = frame;
  if (isModuleClass(interpreter, definition)) return undefined;
  const sample = sampleOf(definition, frame);
  if (sample === null) return undefined;
  const value = attributeOf(sample.object, name, frame.with({ heap: sample.heap }));
  const method = findMethod(interpreter, definition, name)?.method;
  if (method !== undefined) return isProperty(method) ? value : undefined;
  // A configuration in a configuration is known by its own class.
  if (value.kind === 'object' && !isModuleClass(interpreter, value.definition)) {
    return { kind: 'opaque', symbol: interpreter.symbols.ofDefinition(value.definition), fallback: value };
  }
  const kind = value.kind === 'opaque' ? value.fallback?.kind : value.kind;
  return isComputed(value) || CHOOSES.has(kind) ? value : undefined;
}

/** What is None unless it is given is taken not to be given, as where the configuration is made in sight. */
function isComputed(value: Value): boolean {
  if (value.kind === 'either' || value.kind === 'none') return true;
  return (
    value.kind === 'number' && value.quantity.op !== 'symbol' && exactValue(value.quantity) === undefined
  );
}
