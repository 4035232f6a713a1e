import { exactValue, literal } from '../../growth/quantity.ts';
import { itemName, type WidthSymbol } from '../../growth/symbol.ts';
import type { ClassStatement, Expression, FunctionStatement, Parameter } from '../../syntax/ast.ts';
import { spreadsOwn } from '../../syntax/hands-over-own.ts';
import { multipliedNames } from '../../syntax/multiplied-names.ts';
import { runAfter } from '../machine/after-fields.ts';
import { bindParameters } from '../machine/arguments.ts';
import { bind, findMethod, isLayerClass, isModuleClass, lineage, methodsOf } from '../machine/classes.ts';
import {
  type Arguments,
  argument,
  type CallSite,
  type Frame,
  type Interpreter,
  NO_ARGUMENTS,
} from '../machine/interpreter.ts';
import { fieldOf, noteGiven, notePreset, settingParameter } from '../machine/names.ts';
import { noteSetting } from '../machine/settings-given.ts';
import { noteRateWriter } from '../modules/foreign-rates.ts';
import { constructBase } from '../modules/own-layers.ts';
import { list } from '../values/containers.ts';
import { optionsOf } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { isMade, isNumeric } from '../values/numbers.ts';
import {
  NONE,
  number,
  type ObjectValue,
  type OpaqueValue,
  text,
  UNKNOWN,
  type Value,
} from '../values/value.ts';

/** An instance of a class of the file, after its constructor has run. */
export function instantiate(definition: ClassStatement, site: CallSite): Value {
  const { args, frame, span } = site;
  if (!isModuleClass(frame.interpreter, definition))
    return optimizerOrObject(plainObject(definition, site), site);
  if (frame.building || isLayerClass(frame.interpreter, definition)) {
    frame.interpreter.trace.nested.add(definition);
    return constructed(definition, site);
  }
  return constructModel(definition, args, { frame, span });
}

/** An object whose class inherits from an optimizer is that optimizer. */
function optimizerOrObject(object: ObjectValue, { frame }: CallSite): Value {
  const build = frame.interpreter.baseOptimizers.get(object.id);
  return build === undefined ? object : { kind: 'optimizer', build };
}

/**
 * A model that stands by itself. Its parameters stay symbols, so that all its instances are one model;
 * what they were given is noted.
 *
 * @param args what the code gives it; null for a model that is read without a call
 */
export function constructModel(
  definition: ClassStatement,
  args: Arguments | null,
  site: ModelSite,
): ObjectValue {
  const { frame, span } = site;
  const init = findMethod(frame.interpreter, definition, '__init__')?.method;
  const parameters = init?.parameters.slice(1) ?? [];
  const bound = bindParameters(parameters, args ?? NO_ARGUMENTS, () => UNKNOWN);
  const { symbols, known } = settingsOfModel({ definition, init, bound, isCalled: args !== null }, site);
  // What *args and **kwargs collect is not known, as instances may differ in it.
  const open: Arguments = { positional: [], named: symbols, open: true };
  // Without a constructor of its own it hands all to its base.
  const handed = init === undefined ? (args ?? open) : open;
  const object = constructed(definition, { args: handed, frame, span }, true);
  if (args !== null) {
    frame.interpreter.trace.constructions.push({
      definition,
      objectId: object.id,
      bound,
      left: leftAtDefaults(parameters, args, frame),
      known,
      built: new Heap(frame.heap),
      span,
    });
  }
  return object;
}

/** Which parameters a call leaves at their defaults. What a function hands on as it was given, of which nobody knows, is left. */
function leftAtDefaults(
  parameters: readonly Parameter[],
  args: Arguments,
  { stack }: Frame,
): ReadonlySet<string> {
  const caller = stack.at(-1);
  const isHandedOn = args.rest === undefined && caller?.kind === 'function' && spreadsOwn(caller);
  const open = args.open && !isHandedOn;
  const left = new Set<string>();
  bindParameters(parameters, { ...args, open }, (name) => {
    left.add(name);
    return UNKNOWN;
  });
  return left;
}

/** What the parameters of a model's constructor stand for: settings, and of what **kwargs collect its parts. */
function settingsOfModel(
  {
    definition,
    init,
    bound,
    isCalled,
  }: {
    readonly definition: ClassStatement;
    readonly init: FunctionStatement | undefined;
    readonly bound: ReadonlyMap<string, Value>;
    readonly isCalled: boolean;
  },
  site: ModelSite,
): { readonly symbols: Map<string, Value>; readonly known: Map<string, WidthSymbol> } {
  const { frame, presets } = site;
  const symbols = new Map<string, Value>();
  const known = new Map<string, WidthSymbol>();
  for (const parameter of init?.parameters.slice(1) ?? []) {
    const { name, collects } = parameter;
    if (collects === 'named') addChoices((isCalled ? bound : presets)?.get(name), symbols);
    if (collects !== null) continue;
    const opaque = settingParameter(parameter, definition, frame);
    known.set(name, opaque.symbol);
    const part = (isCalled ? bound : presets)?.get(name);
    const isPart = part !== undefined && holdsModule(part, frame.interpreter);
    symbols.set(name, isPart ? part : settingOfModel({ parameter, opaque, given: bound.get(name) }, site));
  }
  if (init !== undefined) noteMultiplied(init, known, frame);
  return { symbols, known };
}

/** What a parameter stands for that is a setting, with what it is where nothing else is known. */
function settingOfModel(
  {
    parameter,
    opaque,
    given,
  }: { readonly parameter: Parameter; readonly opaque: OpaqueValue; readonly given: Value | undefined },
  { frame, presets, left }: ModelSite,
): Value {
  const written = defaultOf(parameter, frame);
  const preset = passedOn(given) ?? written ?? presets?.get(parameter.name) ?? null;
  const isLeft = written !== null && preset !== null && left?.(parameter.name, preset) === true;
  return isLeft ? itemsNamed(preset, opaque, frame) : { ...opaque, fallback: preset };
}

/** Whether a model is handed another, or parts of one: it is made of these, whatever it is called with. */
export function holdsModule(value: Value, interpreter: Interpreter): boolean {
  return optionsOf(value).some((one) => {
    if (one.kind === 'list') return one.items.some((item) => holdsModule(item, interpreter));
    return one.kind === 'layer' || (one.kind === 'object' && isModuleClass(interpreter, one.definition));
  });
}

/** Of what **kwargs collect, what says of which parts the model is made; sizes are settings of whoever has a name for them. */
function addChoices(collected: Value | undefined, symbols: Map<string, Value>): void {
  if (collected?.kind !== 'dict') return;
  for (const [name, value] of collected.entries) {
    if (!isNumeric(value) && value.kind !== 'unknown') symbols.set(name, value);
  }
}

function defaultOf({ fallback, ...parameter }: Parameter, frame: Frame): Value | null {
  return fallback && frame.elsewhere(parameter).evaluate(fallback);
}

/** Notes which parameters a constructor multiplies. */
function noteMultiplied(
  { body }: FunctionStatement,
  known: ReadonlyMap<string, WidthSymbol>,
  { interpreter: { multiplied } }: Frame,
): void {
  for (const name of multipliedNames(body)) {
    const symbol = known.get(name);
    if (symbol !== undefined) multiplied.add(symbol);
  }
}

/** Whether a default chooses among ways: no number but 0 does, as sizes, counts and rates have others. */
export function isNoSize(value: Value): boolean {
  return value.kind === 'number' ? exactValue(value.quantity)?.numerator === 0 : value.kind !== 'opaque';
}

/** A list that is left at its default, as the numbers of heads of stages: how many there are is known, each size is a setting. */
function itemsNamed(left: Value, { symbol }: OpaqueValue, frame: Frame): Value {
  if (left.kind !== 'list' || left.order !== undefined) return left;
  const items = left.items.map((item, at): Value => {
    if (item.kind !== 'number' || isNoSize(item)) return item;
    const named = fieldOf(symbol, itemName(symbol, at), frame);
    return named.kind === 'opaque' ? { ...named, fallback: item } : item;
  });
  return list(items, left.open, left.tuple);
}

/** What a call gives that says what a model is made of: a number that is spelled out may be looked up. */
function passedOn(value: Value | undefined): Value | null {
  if (value === undefined || value.kind === 'unknown') return null;
  return isNumeric(value) && (value.kind !== 'number' || exactValue(value.quantity) === undefined)
    ? null
    : value;
}

/** Where a model is made. */
interface ModelSite extends Pick<CallSite, 'frame' | 'span'> {
  /** For one that is read without a call, what calls give to parameters without a default. */
  readonly presets?: ReadonlyMap<string, Value>;
  /** Whether a parameter is taken to be left at its default. */
  readonly left?: ((name: string, preset: Value) => boolean) | null;
}

function constructed(
  definition: ClassStatement,
  { args, frame, span }: CallSite,
  isModel = false,
): ObjectValue {
  const object: ObjectValue = { kind: 'object', id: frame.interpreter.newId(), definition, span };
  if (isModel) frame.interpreter.models.add(object.id);
  frame.heap.makeObject(object.id);
  const init = findMethod(frame.interpreter, definition, '__init__');
  if (init !== undefined) {
    const inside = frame.with({ building: true });
    inside.call(bind(init, object), args, init.method.span);
  } else constructBase(object, args, { frame, span });
  return object;
}

/** A configuration, a trainer: fields are known by the class, the constructor runs as any function. */
export function plainObject(definition: ClassStatement, { args, frame, span }: CallSite): ObjectValue {
  const object: ObjectValue = { kind: 'object', id: frame.interpreter.newId(), definition, span };
  frame.heap.makeObject(object.id);
  for (const one of lineage(frame.interpreter, definition).flatMap(methodsOf)) noteRateWriter(one, frame);
  const init = findMethod(frame.interpreter, definition, '__init__');
  if (init !== undefined) {
    frame.call(bind(init, object), args, init.method.span);
    return object;
  }
  setFields(object, args, frame);
  const parent: Value = { kind: 'parent', receiver: object, of: definition };
  frame.interpreter.libraries.method(parent, '__init__', { args, frame, span });
  runAfter(object, frame);
  return object;
}

/** Gives an object of a class without a constructor its fields. */
function setFields({ id, definition }: ObjectValue, args: Arguments, frame: Frame): void {
  const { interpreter, module, heap } = frame;
  const owner = interpreter.symbols.ofDefinition(definition);
  // A class that only a function sees is the configuration of nobody else: its fields are what they are given.
  const isOwn = module.globals.get(definition.name)?.kind !== 'class';
  // Fields of a base come before its own.
  const isAlone = lineage(interpreter, definition).length === 1;
  const givenFields = new Map(args.named);
  interpreter.givenFields.set(id, givenFields);
  for (const [index, { name, written }] of fieldsOf(interpreter, definition).entries()) {
    const given = argument(args, { name, index: isAlone ? index : -1 });
    if (given !== undefined) givenFields.set(name, given);
    const value = isItself(given, isOwn) ? given : fieldValue({ owner, name, written, given }, frame);
    const symbol = interpreter.symbols.of(owner, name);
    if (written !== null) notePreset(symbol, written, frame);
    if (given !== undefined || !args.open) noteSetting(symbol, given, interpreter);
    if (isNone(written) && given !== undefined) noteGiven(symbol, given, frame);
    heap.setAttribute(id, name, { value, span: null });
  }
}

/** Whether a field is what it is given, and no setting. */
function isItself(given: Value | undefined, isOwn: boolean): given is Value {
  return given !== undefined && (isOwn || isPart(given) || isMade(given));
}

/** What a field is that goes by its name, whatever it is given. */
function fieldValue(
  { owner, name, written, given }: Field & { readonly owner: WidthSymbol; readonly given: Value | undefined },
  frame: Frame,
): Value {
  return (
    partOf(written, frame) ??
    computedField(written, frame) ??
    absentField(written, given) ??
    settingOf(fieldOf(owner, name, frame), { written, given })
  );
}

/** Kinds of values that are no settings but have some, or make something, or that a forward pass gives back. */
const PARTS: ReadonlySet<Value['kind']> = new Set([
  'tensor',
  'object',
  'layer',
  'class',
  'function',
  'partial',
  'reference',
]);

const MAY_BE_PART: ReadonlySet<Expression['kind']> = new Set(['call', 'name', 'attribute', 'lambda']);

function isPart(value: Value | undefined): value is Value {
  return value !== undefined && optionsOf(value).some(({ kind }) => PARTS.has(kind));
}

/** A setting that is a number or text unless it is given another, or is given a number instead of None, is one and not None. */
function settingOf(
  field: Value,
  { written, given }: { readonly written: Expression | null; readonly given: Value | undefined },
): Value {
  if (field.kind !== 'opaque') return field;
  if (written?.kind === 'number') return { ...field, fallback: number(literal(written.value)) };
  if (written?.kind === 'text' && written.value !== null) return { ...field, fallback: text(written.value) };
  return isNone(written) && given !== undefined && isNumeric(given) ? { ...field, fallback: given } : field;
}

function isNone(written: Expression | null): boolean {
  return written?.kind === 'constant' && written.value === null;
}

/** What is None where nobody gives it is taken not to be given: what the code computes instead says how it scales. */
function absentField(written: Expression | null, given: Value | undefined): Value | undefined {
  const isAbsent = given === undefined || given.kind === 'unknown';
  return isAbsent && isNone(written) ? NONE : undefined;
}

/** What a field holds unless it is given: a configuration of its own, a class; undefined for a plain setting. */
function partOf(written: Expression | null, frame: Frame): Value | undefined {
  if (written === null || !MAY_BE_PART.has(written.kind)) return undefined;
  const value = frame.elsewhere(written).evaluate(factoryOf(written) ?? written);
  return isPart(value) ? value : undefined;
}

/** `field(default_factory=Config)` as `Config()`, `field(default=nn.ReLU)` as `nn.ReLU`. */
function factoryOf(written: Expression): Expression | undefined {
  if (written.kind !== 'call') return undefined;
  const given = (name: string) => written.args.find((one) => one.name === name)?.value;
  const factory = given('default_factory');
  if (factory !== undefined) return { kind: 'call', span: written.span, callee: factory, args: [] };
  return given('default');
}

/** A field that is no setting of its own, such as `std = width ** -0.5`: what it is made of may grow. */
function computedField(written: Expression | null, frame: Frame): Value | undefined {
  if (written?.kind !== 'binary') return undefined;
  const value = frame.elsewhere(written).evaluate(written);
  return value.kind === 'number' && exactValue(value.quantity) !== undefined ? undefined : value;
}

interface Field {
  readonly name: string;
  readonly written: Expression | null;
}

/** The names that a class body assigns or annotates. */
function fieldsOf(interpreter: Interpreter, definition: ClassStatement): readonly Field[] {
  return lineage(interpreter, definition).flatMap((owner) =>
    owner.body.flatMap((statement) =>
      statement.kind === 'assign'
        ? statement.targets.flatMap((target) =>
            target.kind === 'name' ? [{ name: target.name, written: statement.value }] : [],
          )
        : [],
    ),
  );
}
