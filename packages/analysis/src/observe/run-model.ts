import { constructModel, isNoSize } from '../interpret/language/instantiate.ts';
import { isModuleClass, moduleFrame } from '../interpret/machine/classes.ts';
import type { Frame, Interpreter } from '../interpret/machine/interpreter.ts';
import type { Construction, GivenInputs, OptimizerStepping, Trace } from '../interpret/machine/run-trace.ts';
import { traced } from '../interpret/machine/trace.ts';
import { withForeignRates, withRatesWritten } from '../interpret/modules/foreign-rates.ts';
import { holdsModule, idOf, namedModules } from '../interpret/modules/modules.ts';
import { groupsOf, withUnreadScales } from '../interpret/modules/optimizer-state.ts';
import { optionsOf } from '../interpret/values/either.ts';
import { Heap } from '../interpret/values/heap.ts';
import { sameValue } from '../interpret/values/same-value.ts';
import { type ObjectValue, UNKNOWN, type UnknownValue, type Value } from '../interpret/values/value.ts';
import { isYardstick } from '../libraries/mup/base-shapes.ts';
import type { Tensor } from '../network/graph.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { wordsIn } from '../syntax/words-in.ts';
import { isHere } from '../workspace/source-modules.ts';
import { runForward } from './forward-run.ts';
import { givenForLosses } from './given-for-losses.ts';
import {
  initialize,
  initialized,
  initializersOf,
  isStartedElsewhere,
  runOtherMethods,
} from './later-methods.ts';
import type { Instance, ModelRun } from './model-run.ts';
import { changeAsOutside, givenOtherwise } from './outside-changes.ts';
import type { Run } from './run-module.ts';
import { trainedInstances } from './trained-instances.ts';
import { givenElsewhere, trainedAs } from './trained-outputs.ts';
import { placeUnreadParts } from './unread-parts.ts';

/** What a model is read with. */
export interface ModelSurroundings {
  readonly runs: readonly Run[];
  /** Whether its settings are taken to be left at their defaults. */
  readonly atDefaults?: boolean;
}

/** Constructs a model of symbols and runs it, its forward pass and its methods; and whether at its defaults it would be another one. */
export function runModel(
  interpreter: Interpreter,
  definition: ClassStatement,
  { runs, atDefaults = false }: ModelSurroundings,
): { readonly run: ModelRun; readonly trace: Trace; readonly hasDefaults: boolean } {
  const presets = presetsOf(definition, runs, interpreter);
  const frame = moduleFrame(interpreter).with({
    locals: new Map(),
    heap: new Heap(presets.heap ?? interpreter.file.heap),
  });
  const made = runs.flatMap((run) =>
    run.trace.constructions
      .filter((construction) => construction.definition === definition)
      .map((construction) => instanceOf(construction, run, interpreter)),
  );
  const instances = trainedInstances(made, runs, frame);
  const given = givenElsewhere({ definition, runs });
  let hasDefaults = false;
  const { trace, result } = traced(interpreter, () => {
    const object = constructModel(definition, null, {
      frame,
      span: definition.span,
      presets: presets.given,
      left: (name, preset) => {
        const mayBe = isLeft(preset, name, made);
        hasDefaults ||= mayBe;
        return atDefaults && mayBe;
      },
    });
    const changed = changeAsOutside(object, instances, frame);
    const { returned, notGiven } = runForward(object, frame.fork(), given);
    const { opaqueLayers, untracked } = frame.interpreter.trace;
    const forward = {
      forward: givenOtherwise(returned, changed),
      notGiven,
      opaqueLayers: new Set(opaqueLayers),
      untracked: new Set(untracked),
    };
    const called = new Set(runs.flatMap((one) => [...one.trace.entered]));
    const isStarted = instances.some((instance) => isStartedElsewhere(instance, object, frame));
    const initializers = isStarted ? [] : initializersOf(object, frame, called);
    initialize(object, initializers, frame);
    const built = new Heap(frame.heap);
    const later = runOtherMethods(object, frame, called);
    for (const part of placeUnreadParts(object, frame.interpreter.trace, frame.with({ heap: built })))
      forward.opaqueLayers.add(part);
    return { object, forward, initializers, built, later, changed };
  });
  const { object, built, changed } = result;
  const givenByOwn = givenForLosses(trace, object.id);
  const passed =
    givenByOwn.length === 0
      ? result.forward.forward
      : givenOtherwise(forwardAgain(object, [...given, ...givenByOwn], frame.with({ heap: built })), changed);
  const forward = trainedAs(passed, { definition, object, own: trace, runs, instances, frame });
  const run: ModelRun = {
    interpreter,
    definition,
    atDefaults,
    pattern: {
      object,
      heap: built,
      atSteps: [],
      bound: null,
      left: new Set(),
      known: new Map(),
      parts: [],
      built: null,
      isYardstick: false,
    },
    instances: instances.map((instance) => initialized(instance, result.initializers, frame)),
    initializers: result.initializers.map(({ method }) => method.name),
    later: result.later,
    ...result.forward,
    forward,
    training: trainingIn(
      { trace, heaps: [frame.heap, ...result.later.flatMap(({ heap }) => heap ?? [])] },
      runs,
      (name) => isNamedByCallers(name, definition, interpreter),
    ),
  };
  return { run, trace, hasDefaults };
}

/** Whether what chooses among ways is left at its default, as far as the calls tell: none gives surely another. */
function isLeft(preset: Value, name: string, made: readonly Instance[]): boolean {
  const isGiven = ({ bound, left }: Instance) =>
    !left.has(name) && optionsOf(bound?.get(name) ?? preset).some((option) => isOther(option, preset));
  return isNoSize(preset) && !made.some(isGiven);
}

/** A size that is None by default is another one where anything is given; a switch or a name where the code decides that. */
function isOther(given: Value, preset: Value): boolean {
  if (preset.kind === 'none') return !isNone(given);
  if (!CHOOSES.has(preset.kind)) return false;
  if (given.kind === 'opaque') return given.fallback !== null && isOther(given.fallback, preset);
  if (given.kind === 'unknown') return isOfNumbers(given);
  return (CHOOSES.has(given.kind) || given.kind === 'none') && !sameValue(given, preset);
}

/** Whether numbers of the code decide it, as a comparison of widths. */
function isOfNumbers({ by, from }: UnknownValue): boolean {
  return by !== undefined || (from !== undefined && from.size > 0);
}

const CHOOSES: ReadonlySet<Value['kind']> = new Set(['truth', 'text']);

function isNone(value: Value): boolean {
  return value.kind === 'none' || (value.kind === 'opaque' && value.fallback?.kind === 'none');
}

/** The forward pass on what a model's own methods give it, which is known once they have run. */
function forwardAgain(object: ObjectValue, given: readonly GivenInputs[], frame: Frame): readonly Tensor[] {
  const run = () => runForward(object, frame.with({ locals: new Map(), heap: new Heap(frame.heap) }), given);
  return traced(frame.interpreter, run).result.returned;
}

/** Kinds of which a call may hand one to a model that is then made of it: `ResNet(BasicBlock, …)`, `VGG('VGG11')`. */
const DECIDES: ReadonlySet<Value['kind']> = new Set([
  'class',
  'reference',
  'function',
  'partial',
  'text',
  'number',
  'dict',
]);

/** Whether something decides what a model is made of, as a configuration does, which is no module. */
function decides(value: Value, interpreter: Interpreter): boolean {
  return value.kind === 'object' ? !isModuleClass(interpreter, value.definition) : DECIDES.has(value.kind);
}

/** What a model is read with, and where the modules are that are among it. */
interface Presets {
  readonly given: ReadonlyMap<string, Value>;
  /** Null where it is given none. */
  readonly heap: Heap | null;
}

/**
 * What the first call in the text which constructs a model gives it to be made of or to look up; of configurations, one of
 * each class that some call gives it.
 */
function presetsOf(definition: ClassStatement, runs: readonly Run[], interpreter: Interpreter): Presets {
  const [first, ...others] = runs
    .flatMap(({ trace }) => trace.constructions)
    .filter((construction) => construction.definition === definition)
    .sort(
      (one, other) =>
        Number(isGivenNothing(one)) - Number(isGivenNothing(other)) || textOrder(one.span, other.span),
    );
  const all = [...(first?.bound ?? [])];
  const parts = all.filter(([, value]) => holdsModule(value, interpreter));
  const given = all
    .filter(([, value]) => decides(value, interpreter))
    .map(([name, value]): [string, Value] => {
      if (value.kind !== 'object') return [name, value];
      const another = others
        .flatMap(({ bound }) => bound.get(name) ?? [])
        .find((one) => isOfOther(one, value));
      return [name, another === undefined ? value : UNKNOWN];
    });
  const heap = parts.length === 0 ? null : (first?.built ?? null);
  return { given: new Map([...given, ...(heap === null ? [] : parts)]), heap };
}

/** Whether nothing is known of what a model is given, as of one that a parameter is annotated with. */
function isGivenNothing({ bound }: Construction): boolean {
  return [...bound.values()].every(({ kind }) => kind === 'unknown');
}

function isOfOther(value: Value, { definition }: ObjectValue): boolean {
  return value.kind === 'object' && value.definition !== definition;
}

/** A model's own run, with the states in which its methods leave it. */
interface OwnRun {
  readonly trace: Trace;
  readonly heaps: readonly Heap[];
}

/** Whether a script that comes to the model has a word, such as the key under which groups keep a factor of the rate. */
function isNamedByCallers(word: string, { name }: ClassStatement, { imports }: Interpreter): boolean {
  return imports?.callers([name]).some(({ body }) => wordsIn(body).has(word)) ?? false;
}

/**
 * The steps of optimizers, and of those that take none the state in which the code leaves them. What the file's own
 * code builds and trains says more than the same line run by itself, after which a script may still change the rates.
 */
function trainingIn(
  own: OwnRun,
  runs: readonly Run[],
  isNamed: (word: string) => boolean,
): readonly OptimizerStepping[] {
  const elsewhere = new Set(runs.flatMap(({ trace }) => trace.optimizers.map(({ span }) => span.start)));
  const known = [own, ...runs.map(({ trace, heap }) => ({ trace, heaps: [heap] }))];
  const steps = known.flatMap(({ trace }) => trace.steps);
  const stepped = new Set(steps.map(({ build }) => build));
  const [clipped = null] = known.flatMap(({ trace }) => trace.clips);
  const left = known.flatMap(({ trace, heaps }) =>
    trace.optimizers.flatMap((build) => {
      if (stepped.has(build)) return [];
      return heaps
        .filter((heap) => groupsOf(build, heap).kind !== 'unknown')
        .map((heap) => ({ build, heap, clipped }));
    }),
  );
  const isOwn = ({ build }: OptimizerStepping) => own.trace.optimizers.includes(build);
  const all = [...steps, ...left].filter((one) => !isOwn(one) || !elsewhere.has(one.build.span.start));
  const rates = known.flatMap(({ trace }) => trace.foreign.rates);
  const entered = new Set(known.flatMap(({ trace }) => [...trace.entered]));
  const writer = known.flatMap(({ trace }) => [...trace.foreign.writers]).find((one) => !entered.has(one));
  const isGivenUp = runs.some(({ givenUp }) => givenUp !== undefined);
  return all.map((one) => {
    const heap = withRatesWritten(one.build, withForeignRates(one.build, one.heap, rates), writer);
    if (!isGivenUp && !isOwn(one)) return { ...one, heap };
    return { ...one, heap: withUnreadScales(one.build, heap, (name) => isGivenUp || isNamed(name)) };
  });
}

/** What stands in the file comes first; of other files, what ran first. */
function textOrder(one: Span, other: Span): number {
  if (isHere(one) && isHere(other)) return one.start - other.start;
  return Number(isHere(other)) - Number(isHere(one));
}

function instanceOf(
  { objectId, definition, bound, left, known, built }: Construction,
  { heap, trace: { steps, constructions } }: Run,
  interpreter: Interpreter,
): Instance {
  const object: ObjectValue = { kind: 'object', id: objectId, definition, span: null };
  const isHanded = [...bound.values()].some((value) => holdsModule(value, interpreter));
  const frame = moduleFrame(interpreter).with({ heap: built });
  const inside = new Set(isHanded ? namedModules(object, frame).map(({ value }) => idOf(value)) : []);
  return {
    object,
    parts: constructions.filter((one) => one.objectId !== objectId && inside.has(one.objectId)),
    heap,
    atSteps: [...new Set(steps.map((step) => step.heap))],
    bound,
    left,
    known,
    built,
    isYardstick: isYardstick(interpreter, objectId),
  };
}
