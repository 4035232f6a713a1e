import type { Budget } from '../budget.ts';
import { isLayerClass, isModuleClass, moduleFrame } from '../interpret/classes.ts';
import { createInterpreter } from '../interpret/create-interpreter.ts';
import { withForeignRates } from '../interpret/foreign-rates.ts';
import { Heap } from '../interpret/heap.ts';
import type { Surroundings, TrainingMatters } from '../interpret/imports.ts';
import { constructModel } from '../interpret/instantiate.ts';
import type { Construction, Interpreter, OptimizerStepping, Trace } from '../interpret/interpreter.ts';
import { groupsOf, withUnreadScales } from '../interpret/optimizer-state.ts';
import { traced } from '../interpret/trace.ts';
import type { Value } from '../interpret/value.ts';
import { LIBRARIES } from '../libraries/index.ts';
import { isYardstick } from '../libraries/mup/base-shapes.ts';
import type { ClassStatement, PythonModule } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import { describeModel } from './describe-model.ts';
import { runForward } from './forward-run.ts';
import {
  initialize,
  initialized,
  initializersOf,
  isStartedElsewhere,
  runOtherMethods,
} from './later-methods.ts';
import type { Instance, ModelRun } from './model-run.ts';
import type { ObservedModel } from './observed-model.ts';
import { runCallers } from './run-callers.ts';
import { definitionsIn, openModule, type Run, runModule } from './run-module.ts';
import { modelsTrainedHere } from './trained-here.ts';

/** What running a file has shown. */
export interface ObservedFile {
  /** In the order of the text. A model is left out where code is, in it or in what may change it. */
  readonly models: readonly ObservedModel[];
  /** Models of other files that the code of this one trains. */
  readonly trained: readonly ObservedModel[];
  /** Where the last model begins that takes more work than there is, so that those before it are not read either. */
  readonly overworked: number | null;
  /** Where functions stand that take more work than there is: they may build and train models otherwise. */
  readonly givenUp: readonly number[];
  /** Where code stands that is nested too deep to be read, though a run came to it. */
  readonly leftOut: readonly number[];
  /** The paths of the modules that it imports from and that were asked for. */
  readonly imported: readonly string[];
}

/** What is seen of a file without models. */
export const NOTHING_SEEN: ObservedFile = {
  models: [],
  trained: [],
  overworked: null,
  givenUp: [],
  leftOut: [],
  imported: [],
};

/**
 * Runs a file on what is known and answers what it shows of each of its models.
 *
 * @throws OutOfBudget when that takes more work than there is
 */
export function observeFile(
  module: PythonModule,
  budget: Budget,
  around: Surroundings | null = null,
): ObservedFile {
  const { rebound } = module;
  const interpreter = createInterpreter({ rebound, libraries: LIBRARIES, budget, around });
  const file = openModule(module.body, moduleFrame(interpreter));
  const definitions = definitionsIn(module.body).filter(
    (statement): statement is ClassStatement =>
      statement.kind === 'class' &&
      isModuleClass(interpreter, statement) &&
      !isLayerClass(interpreter, statement),
  );
  const imported = (): readonly string[] => [...(interpreter.imports?.paths ?? [])];
  if (definitions.length === 0 && !around?.trains) return { ...NOTHING_SEEN, imported: imported() };
  const own = runModule(module.body, file);
  const runs = [...own, ...runCallers(interpreter, definitions)];
  budget.renew();
  const trained = module.broken || !around?.trains ? [] : trainedElsewhere(interpreter, own, around.trains);
  if (definitions.length === 0 && trained.length === 0) return { ...NOTHING_SEEN, imported: imported() };
  const nested = new Set(runs.flatMap(({ trace }) => [...trace.nested]));
  // Models stand behind their parts: what is known to be one is not run by itself.
  const seen: SeenModel[] = [];
  let overworked: number | null = null;
  for (const definition of definitions.toReversed()) {
    const made = budget.within(Number.POSITIVE_INFINITY, () =>
      nested.has(definition)
        ? { trace: constructPart(interpreter, definition), models: [] }
        : seenModel(interpreter, definition, runs),
    );
    if (made === undefined) {
      // What the model has for parts is not known: those before it may be some.
      overworked = definition.span.start;
      break;
    }
    for (const part of made.trace.nested) if (part !== definition) nested.add(part);
    seen.unshift({ definition, ...made });
  }
  const whole = seen.filter(
    ({ definition, trace }) =>
      !nested.has(definition) &&
      trace.leftOut.size === 0 &&
      !runs.some((one) => skipsPartOf(definition, one)),
  );
  return {
    models: whole.flatMap(({ models }) => models),
    trained,
    overworked,
    givenUp: runs.flatMap(({ givenUp }) => (givenUp ? [givenUp.start] : [])),
    leftOut: [...runs, ...seen].flatMap(({ trace }) => [...trace.leftOut]),
    imported: imported(),
  };
}

/** The models of other files that these runs train, each as far as there is work for it. */
function trainedElsewhere(
  interpreter: Interpreter,
  runs: readonly Run[],
  matters: TrainingMatters,
): readonly ObservedModel[] {
  return modelsTrainedHere(interpreter, runs, matters).flatMap((definition) => {
    const seen = interpreter.budget.within(Number.POSITIVE_INFINITY, () =>
      seenModel(interpreter, definition, runs),
    );
    const isWhole = seen?.trace.leftOut.size === 0 && !runs.some((one) => skipsPartOf(definition, one));
    return isWhole ? seen.models : [];
  });
}

/** What running a model by itself has shown; of a part of one nothing that stands by itself. */
interface SeenModel {
  readonly definition: ClassStatement;
  readonly trace: Trace;
  readonly models: readonly ObservedModel[];
}

function seenModel(
  interpreter: Interpreter,
  definition: ClassStatement,
  runs: readonly Run[],
): Pick<SeenModel, 'trace' | 'models'> {
  const { run, trace } = runModel(interpreter, definition, runs);
  return { trace, models: [describeModel(run)] };
}

/** Whether a run made such a model and came to code that is not read, which may do anything to what the run has made. */
function skipsPartOf(model: ClassStatement, { trace: { leftOut, constructions }, givenUp }: Run): boolean {
  return (
    (leftOut.size > 0 || givenUp !== undefined) &&
    constructions.some(({ definition }) => definition === model)
  );
}

/** Constructs a part of a model by itself, as it may have parts that the model does not give it. */
function constructPart(interpreter: Interpreter, definition: ClassStatement): Trace {
  const frame = moduleFrame(interpreter).with({ locals: new Map(), heap: new Heap(interpreter.file.heap) });
  const construct = () =>
    constructModel(definition, null, { frame, span: definition.span, presets: new Map() });
  return traced(interpreter, construct).trace;
}

function runModel(
  interpreter: Interpreter,
  definition: ClassStatement,
  runs: readonly Run[],
): { readonly run: ModelRun; readonly trace: Trace } {
  const frame = moduleFrame(interpreter).with({ locals: new Map(), heap: new Heap(interpreter.file.heap) });
  const instances = runs.flatMap(({ heap, trace: { constructions } }) =>
    constructions
      .filter((made) => made.definition === definition)
      .map((construction) => instanceOf(construction, heap, interpreter)),
  );
  const { trace, result } = traced(interpreter, () => {
    const object = constructModel(definition, null, {
      frame,
      span: definition.span,
      presets: presetsOf(definition, runs),
    });
    const { returned, notGiven } = runForward(object, frame.fork());
    const { opaqueLayers, untracked } = frame.interpreter.trace;
    const forward = {
      forward: returned,
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
    return { object, forward, initializers, built, later };
  });
  const run: ModelRun = {
    interpreter,
    definition,
    pattern: { object: result.object, heap: result.built, bound: null, isYardstick: false },
    instances: instances.map((instance) => initialized(instance, result.initializers, frame)),
    initializers: result.initializers.map(({ method }) => method.name),
    later: result.later,
    ...result.forward,
    training: trainingIn(
      { trace, heaps: [frame.heap, ...result.later.flatMap(({ heap }) => heap ?? [])] },
      runs,
    ),
  };
  return { run, trace };
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

/** What the first call in the text which constructs a model gives it to be made of or to look up. */
function presetsOf(definition: ClassStatement, runs: readonly Run[]): ReadonlyMap<string, Value> {
  const [first] = runs
    .flatMap(({ trace }) => trace.constructions)
    .filter((construction) => construction.definition === definition)
    .sort((one, other) => textOrder(one.span, other.span));
  return new Map([...(first?.bound ?? [])].filter(([, value]) => DECIDES.has(value.kind)));
}

/** A model's own run, with the states in which its methods leave it. */
interface OwnRun {
  readonly trace: Trace;
  readonly heaps: readonly Heap[];
}

/**
 * The steps of optimizers, and of those that take none the state in which the code leaves them. What the file's own
 * code builds and trains says more than the same line run by itself.
 */
function trainingIn(own: OwnRun, runs: readonly Run[]): readonly OptimizerStepping[] {
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
  const isGivenUp = runs.some(({ givenUp }) => givenUp !== undefined);
  return all.map((one) => {
    const heap = withForeignRates(one.build, one.heap, rates);
    return { ...one, heap: isGivenUp ? withUnreadScales(one.build, heap) : heap };
  });
}

/** What stands in the file comes first; of other files, what ran first. */
function textOrder(one: Span, other: Span): number {
  if (isHere(one) && isHere(other)) return one.start - other.start;
  return Number(isHere(other)) - Number(isHere(one));
}

function instanceOf(
  { objectId, definition, bound }: Construction,
  heap: Heap,
  interpreter: Interpreter,
): Instance {
  return {
    object: { kind: 'object', id: objectId, definition, span: null },
    heap,
    bound,
    isYardstick: isYardstick(interpreter, objectId),
  };
}
