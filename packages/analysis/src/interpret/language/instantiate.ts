import { exactValue } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ClassStatement, FunctionStatement, Parameter } from '../../syntax/ast.ts';
import { spreadsOwn } from '../../syntax/hands-over-own.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import { runAfter } from '../machine/after-fields.ts';
import { bindParameters } from '../machine/arguments.ts';
import {
  bind,
  findMethod,
  foreignBases,
  isLayerClass,
  isModuleClass,
  lineage,
  methodsOf,
  moduleFrame,
  ownCall,
  protocolOf,
} from '../machine/classes.ts';
import { type Arguments, type HandedOn, type LeftBeside, NO_ARGUMENTS } from '../machine/given-arguments.ts';
import { noteGivenDict } from '../machine/given-dicts.ts';
import type { CallSite, Frame } from '../machine/interpreter.ts';
import { hasTooManyWays } from '../machine/many-ways.ts';
import { settingParameter } from '../machine/names.ts';
import { mayBeNumber } from '../machine/parameter-class.ts';
import { noteRateWriter } from '../modules/foreign-rates.ts';
import { holdsModule } from '../modules/modules.ts';
import { constructBase } from '../modules/own-layers.ts';
import { leftToUnread, unreadPart } from '../modules/unread.ts';
import { Heap } from '../values/heap.ts';
import { isNumeric } from '../values/numbers.ts';
import { type ObjectValue, type OpaqueValue, UNKNOWN, type Value } from '../values/value.ts';
import { Variables } from '../values/variables.ts';
import { isTooDeep } from './call-depth.ts';
import { objectWithEntries } from './entry-attributes.ts';
import { enumMember } from './enum-members.ts';
import { setFields } from './fields.ts';
import { givenOn } from './handed-on.ts';
import { isNoSize, leftAt, leftBeside } from './left-settings.ts';
import { leaveMadeOtherwise } from './made-otherwise.ts';
import { giveAsGiven, isMadeOfConfigurations } from './nested-configurations.ts';
import { noteGivenNumbers, noteNumbers } from './number-settings.ts';

/** An instance of a class of the file, after its constructor has run. */
export function instantiate(definition: ClassStatement, site: CallSite): Value {
  const { args, frame, span } = site;
  if (!isModuleClass(frame.interpreter, definition)) {
    const member = enumMember(definition, site);
    if (member !== undefined) return member;
    return objectWithEntries(definition, site) ?? optimizerOrObject(plainObject(definition, site), site);
  }
  if (frame.building || isLayerClass(frame.interpreter, definition)) {
    // What makes more of its own kind is no part of another model by that.
    if (!frame.selves.includes(definition)) frame.interpreter.trace.nested.add(definition);
    const init = findMethod(frame.interpreter, definition, '__init__')?.method;
    if (init !== undefined && isTooDeep(init, definition, frame)) {
      leftToUnread('recursion', site);
      return unreadPart(site);
    }
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
  const made =
    args !== null && hasTooManyWays(definition, frame.interpreter, () => madeAside(definition, frame))
      ? { ...site, ...leftByCall(init, { args, bound }, frame) }
      : site;
  const { symbols, known } = settingsOfModel({ definition, init, bound, isCalled: args !== null }, made);
  const handedOn: HandedOn = { asked: [], left: made.beside ?? null };
  // What *args and **kwargs collect is not known, as instances may differ in it.
  const open: Arguments = { positional: [], named: symbols, open: true, handedOn };
  // Without a constructor of its own it hands all to its base.
  const handed = init === undefined ? (args ?? open) : open;
  const object = constructed(definition, { args: handed, frame, span }, true);
  if (args !== null) {
    const more = givenOn(handedOn, parameters, bound);
    for (const value of bound.values()) noteGivenDict(value, frame.interpreter);
    frame.interpreter.trace.constructions.push({
      definition,
      objectId: object.id,
      bound: new Map([...bound, ...more.map(({ key, value }) => [key, value] as const)]),
      left: leftAtDefaults(parameters, args, frame),
      known: new Map([...known, ...more.map(({ key, symbol }) => [key, symbol] as const)]),
      built: new Heap(frame.heap),
      span,
    });
  }
  return object;
}

/** Makes a model of which no call is known, where nobody sees it. */
function madeAside(definition: ClassStatement, { interpreter }: Frame): void {
  const heap = new Heap(interpreter.file.heap);
  const frame = moduleFrame(interpreter).with({ locals: new Variables(), heap });
  constructModel(definition, null, { frame, span: definition.span, presets: new Map() });
}

/** What chooses among ways is what a call gives, or leaves it at, where all ways are too much. */
function leftByCall(
  init: FunctionStatement | undefined,
  { args, bound }: { readonly args: Arguments; readonly bound: ReadonlyMap<string, Value> },
  frame: Frame,
): Pick<ModelSite, 'left' | 'beside'> {
  const left = leftAtDefaults(init?.parameters.slice(1) ?? [], args, frame);
  return {
    left: (name, preset) => isNoSize(preset) && (left.has(name) || passedOn(bound.get(name)) !== null),
    beside: leftBeside(init, [{ bound }]),
  };
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
  if (init === undefined) return { symbols, known };
  const { body } = init;
  const parameters = init.parameters.slice(1);
  for (const parameter of parameters) {
    const { name, collects } = parameter;
    if (collects === 'named') addChoices((isCalled ? bound : presets)?.get(name), symbols);
    if (collects !== null) continue;
    const opaque = settingParameter(parameter, { definition, parameters, body }, frame);
    known.set(name, opaque.symbol);
    const part = (isCalled ? bound : presets)?.get(name);
    const isPart = part !== undefined && takesAsGiven(part, frame);
    symbols.set(name, isPart ? part : settingOfModel({ parameter, opaque, given: bound.get(name) }, site));
  }
  noteNumbers(init, known, frame);
  return { symbols, known };
}

/** Whether a model is made of what it is handed, whatever that is called: of modules, or of what says of each of its parts how it is made. */
export function isPartOfModel(value: Value, frame: Frame): boolean {
  return holdsModule(value, frame.interpreter) || isMadeOfConfigurations(value, frame);
}

function takesAsGiven(part: Value, frame: Frame): boolean {
  const isPart = isPartOfModel(part, frame);
  if (isPart) giveAsGiven(part, frame);
  return isPart;
}

/** What a parameter stands for that is a setting, with what it is where nothing else is known. */
function settingOfModel(
  {
    parameter,
    opaque,
    given,
  }: { readonly parameter: Parameter; readonly opaque: OpaqueValue; readonly given: Value | undefined },
  { frame, presets, left, instead, isOfKind }: ModelSite,
): Value {
  const written = defaultOf(parameter, frame);
  const other = written === null ? undefined : instead?.(parameter.name, written);
  const preset = passedOn(given) ?? other ?? written ?? presets?.get(parameter.name) ?? null;
  const isLeft = written !== null && preset !== null && left?.(parameter.name, preset) === true;
  const whereLeft = isLeft ? leftAt(preset, opaque, frame) : undefined;
  if (whereLeft !== undefined) return whereLeft;
  const isKept = (written ?? mayBeNumber(parameter)) && isOfKind?.(parameter.name, written) === true;
  return { ...opaque, fallback: preset, ...(isKept && { isOfKind: true }) };
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
  /** The same of what its constructor collects. */
  readonly beside?: LeftBeside | null;
  /** Whether no call gives a parameter a value of another kind than its default, or than a number. */
  readonly isOfKind?: (name: string, preset: Value | null) => boolean;
  /** What all calls give to a parameter in the place of its default. */
  readonly instead?: (name: string, preset: Value) => Value | undefined;
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
    noteGivenNumbers(init.method, args, frame);
    const inside = frame.with({
      building: !isTrainer(definition, frame),
      // How a model that stands by itself starts is decided where its class is.
      called: isModel ? null : frame.calledInto(frame.interpreter.moduleOf(init.method), span),
    });
    inside.call(bind(init, object), args, init.method.span);
  } else constructBase(object, args, { frame, span });
  leaveMadeOtherwise(object, init, frame);
  return object;
}

/** A module without a forward pass that goes down gradients itself: the models that it makes stand by themselves. */
function isTrainer(definition: ClassStatement, { interpreter }: Frame): boolean {
  const { forward } = protocolOf(interpreter, definition) ?? { forward: '' };
  const called = findMethod(interpreter, definition, forward) ?? ownCall(interpreter, definition);
  return (
    called === undefined &&
    foreignBases(interpreter, definition).every((base) => base === 'torch.nn.Module') &&
    methodsOf(definition).some(({ body }) => wordsIn(body).has('backward'))
  );
}

/** A configuration, a trainer: fields are known by the class, the constructor runs as any function. */
export function plainObject(definition: ClassStatement, { args, frame, span }: CallSite): ObjectValue {
  const object: ObjectValue = { kind: 'object', id: frame.interpreter.newId(), definition, span };
  frame.heap.makeObject(object.id);
  for (const one of lineage(frame.interpreter, definition).flatMap(methodsOf)) noteRateWriter(one, frame);
  const init = findMethod(frame.interpreter, definition, '__init__');
  if (init !== undefined) {
    const called = frame.calledInto(frame.interpreter.moduleOf(init.method), span);
    const inside = frame.with({ called });
    inside.call(bind(init, object), args, init.method.span);
    return object;
  }
  setFields(object, args, frame);
  const parent: Value = { kind: 'parent', receiver: object, of: definition };
  frame.interpreter.libraries.method(parent, '__init__', { args, frame, span });
  runAfter(object, frame);
  return object;
}
