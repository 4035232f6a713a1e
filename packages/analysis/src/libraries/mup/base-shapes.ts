import { pair, power, type Quantity } from '../../growth/quantity.ts';
import { HALF } from '../../growth/rational.ts';
import { lineage } from '../../interpret/machine/classes.ts';
import { argument, everyArgument, positional } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame, Interpreter } from '../../interpret/machine/interpreter.ts';
import {
  idOf,
  layerOf,
  type ModuleValue,
  namedModules,
  namedParameters,
} from '../../interpret/modules/modules.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import type { Heap } from '../../interpret/values/heap.ts';
import { OWN_SHAPES } from '../../interpret/values/parameter-state.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { NONE, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { InitWrite } from '../../network/init.ts';
import { dimsOf, type Layer, type ParameterValue, parameterKey, weightOf } from '../../network/layer.ts';
import type { Span } from '../../syntax/span.ts';
import { type Base, baseOf } from './base-of.ts';
import { FINITE, UNREAD, type WidthMultipliers, widthMultipliers } from './width-multiplier.ts';

interface BaseShapes {
  /** Of parameters, by the line that makes them: all instances of a model are one model. */
  readonly bases: Map<number, Base>;
  /** Of which parameters it is not seen what grows: by a file, or if a condition does not leave them their own. */
  readonly assumed: Set<number>;
  /** The models that were given some. */
  readonly given: Set<number>;
  /** The models whose shapes others are held to. */
  readonly measured: Set<number>;
  /** Where models are given some. */
  readonly settings: BaseShapesSetting[];
  /** Parameters that were asked for base shapes and had none, by the call of a function that had them asked. */
  readonly askedInVain: WeakMap<Frame, Set<string>>;
  /** What had initialized a parameter when its model was given some. */
  readonly starts: Map<string, readonly InitWrite[]>;
}

/** A call that gives a model base shapes. */
interface BaseShapesSetting {
  readonly model: number;
  readonly span: Span;
  readonly base: Base;
  /** The two models whose shapes say what grows, where they are seen. */
  readonly held: readonly number[];
  /** Whether an optimizer of mup's has asked the same model for them before, in the same call of a function. */
  readonly isLate: boolean;
}

const BASE_SHAPES = new WeakMap<Interpreter, BaseShapes>();

function baseShapesIn(interpreter: Interpreter): BaseShapes {
  const known = BASE_SHAPES.get(interpreter) ?? {
    bases: new Map(),
    assumed: new Set(),
    given: new Set(),
    measured: new Set(),
    settings: [],
    askedInVain: new WeakMap(),
    starts: new Map(),
  };
  BASE_SHAPES.set(interpreter, known);
  return known;
}

/** Whether a model is made for its shapes alone. */
export function isYardstick(interpreter: Interpreter, model: number): boolean {
  const known = BASE_SHAPES.get(interpreter);
  return known?.measured.has(model) === true && !known.given.has(model);
}

/** Whether a layer's parameters know by other shapes than their own what of them grows. */
export function hasBaseShapes(interpreter: Interpreter, { span }: Layer): boolean {
  return BASE_SHAPES.get(interpreter)?.bases.get(span.start) === 'another';
}

/** Whether it is taken for granted that the base shapes of a layer's parameters differ in what grows. */
export function areShapesAssumed(interpreter: Interpreter, { span }: Layer): boolean {
  return BASE_SHAPES.get(interpreter)?.assumed.has(span.start) === true;
}

/** The calls that give a model base shapes, and whether those are another model's. */
export function settingsOf(
  interpreter: Interpreter,
  model: number,
): readonly Pick<BaseShapesSetting, 'span' | 'base' | 'held' | 'isLate'>[] {
  return (BASE_SHAPES.get(interpreter)?.settings ?? []).filter((one) => one.model === model);
}

/** Whether a parameter has been initialized anew since its model was given base shapes. */
export function isStartedSince(interpreter: Interpreter, parameter: ParameterValue, heap: Heap): boolean {
  const before = BASE_SHAPES.get(interpreter)?.starts.get(parameterKey(heap.parameters.original(parameter)));
  const writes = heap.parameters.initOf(parameter);
  return before !== undefined && writes.every((write) => write.span !== null && !before.includes(write));
}

/** `get_shapes(model)`, `make_base_shapes(base, delta)`: whatever it is for, it reads how long dimensions are. */
export function measureShapes({ args, frame }: Pick<CallSite, 'args' | 'frame'>): Value {
  const { measured } = baseShapesIn(frame.interpreter);
  for (const option of everyArgument(args).flatMap(optionsOf))
    if (option.kind === 'object' || option.kind === 'layer') measured.add(idOf(option));
  return UNKNOWN;
}

/** `set_base_shapes(model, base)`: from here on each parameter knows what of it grows. */
export function setBaseShapes({ args, frame, span }: CallSite): Value {
  const model = argument(args, { name: 'model', index: 0 }) ?? UNKNOWN;
  const base = argument(args, { name: 'base', index: 1 }) ?? UNKNOWN;
  const delta = argument(args, { name: 'delta', index: 3 });
  const isWithout = base.kind === 'none' && delta === undefined;
  measureShapes({ args: positional(base, delta ?? NONE), frame });
  const rescales = argument(args, { name: 'rescale_params', index: 2 });
  for (const option of optionsOf(model)) {
    if (option.kind !== 'object' && option.kind !== 'layer') continue;
    const given = isWithout ? 'own' : baseOf(option, { base, delta }, frame);
    noteBases(
      option,
      { given, isSeen: [base, delta].some((one) => one?.kind === 'object' || one?.kind === 'layer') },
      frame,
    );
    if (rescales === undefined || truthOf(rescales) !== false) rescale(option, given, { frame, span });
    const held = [base, delta ?? option].flatMap((one) =>
      one.kind === 'object' || one.kind === 'layer' ? idOf(one) : [],
    );
    noteStarts(option, { given, held, span }, frame);
  }
  return model;
}

function noteBases(
  model: ModuleValue,
  { given, isSeen }: { readonly given: Base; readonly isSeen: boolean },
  frame: Frame,
): void {
  const { bases, assumed, given: models } = baseShapesIn(frame.interpreter);
  models.add(idOf(model));
  for (const { parameter } of namedParameters(model, frame)) {
    const { start } = frame.heap.parameters.original(parameter).layer.span;
    const before = bases.get(start);
    const isDoubtful = given === 'another' ? !isSeen || before === 'own' : before === 'another';
    if (isDoubtful) assumed.add(start);
    if (given === 'another' || before === undefined) bases.set(start, given);
  }
}

function noteStarts(
  model: ModuleValue,
  { given, held, span }: Pick<BaseShapesSetting, 'held' | 'span'> & { readonly given: Base },
  frame: Frame,
): void {
  const { settings, starts, askedInVain } = baseShapesIn(frame.interpreter);
  const parameters = namedParameters(model, frame).map(({ parameter }) => parameter);
  const asked = askedInVain.get(frame);
  const isLate = parameters.some(
    (one) => asked?.has(parameterKey(frame.heap.parameters.original(one))) === true,
  );
  settings.push({ model: idOf(model), span, base: given, held, isLate });
  if (given === 'own') return;
  for (const one of parameters)
    starts.set(parameterKey(frame.heap.parameters.original(one)), frame.heap.parameters.initOf(one));
}

/** Notes that an optimizer asks a parameter for what {@link multipliersOf} does not know. */
export function noteAskedInVain(parameter: ParameterValue, frame: Frame): void {
  const { askedInVain } = baseShapesIn(frame.interpreter);
  const asked = askedInVain.get(frame) ?? new Set();
  askedInVain.set(frame, asked.add(parameterKey(frame.heap.parameters.original(parameter))));
}

/** What mup multiplies by for a parameter; null where no base shapes are known of it. */
export function multipliersOf(parameter: ParameterValue, frame: Frame): WidthMultipliers | null {
  const original = frame.heap.parameters.original(parameter);
  const base = BASE_SHAPES.get(frame.interpreter)?.bases.get(original.layer.span.start);
  if (base === undefined) return null;
  if (base === 'own') return FINITE;
  const dims = dimsOf(original);
  return dims === null ? UNREAD : widthMultipliers(dims);
}

/** Readouts and biases start larger by the root of what grows. */
function rescale(
  model: ModuleValue,
  given: Base,
  { frame, span }: { readonly frame: Frame; readonly span: Span },
): void {
  for (const { value } of namedModules(model, frame)) {
    const layer = layerOf(value, frame);
    if (layer === undefined || !RESCALED.has(layer.family)) continue;
    const weight = weightOf(layer);
    const bias: ParameterValue = { ...weight, which: 'bias' };
    const [, fanIn] = dimsOf(frame.heap.parameters.original(weight)) ?? [];
    const isReadout = value.kind === 'object' && isReadoutClass(value, frame);
    const width = isReadout ? multipliersOf(weight, frame)?.width : fanIn;
    const factor = given === 'own' ? null : power(width ?? UNREAD.width, HALF);
    const parameters = isReadout ? [weight, bias] : [bias];
    for (const parameter of parameters.filter((one) => isThere(one, frame))) {
      multiply(parameter, factor, { frame, span });
    }
  }
}

const RESCALED: ReadonlySet<string> = new Set(['linear', 'convolution', 'transposed-convolution']);

function isThere({ layer, which }: ParameterValue, { heap }: Frame): boolean {
  const removed = heap.attributes(layer.id).get(which)?.value.kind === 'none';
  return !removed && layer.parameters?.some(({ name }) => name === which) === true;
}

function isReadoutClass({ definition }: Extract<Value, { kind: 'object' }>, frame: Frame): boolean {
  return lineage(frame.interpreter, definition).some(
    (one) => one.name === 'MuReadout' && frame.interpreter.moduleOf(one).symbol?.name === 'layer',
  );
}

/** With its own shapes as its base a model starts as it is, which is noted for where another way gives it others. */
function multiply(
  parameter: ParameterValue,
  factor: Quantity | null,
  { frame, span }: { readonly frame: Frame; readonly span: Span },
): void {
  for (const [at, write] of frame.heap.parameters.initOf(parameter).entries()) {
    const scaled =
      factor === null
        ? { ...write, by: OWN_SHAPES, span }
        : { ...write, std: pair('multiply', write.std, factor), by: 'set_base_shapes', span };
    frame.heap.parameters.write(parameter, scaled, at === 0 ? 'strong' : 'weak');
  }
}
