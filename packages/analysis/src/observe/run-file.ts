import type { Budget } from '../budget.ts';
import { attributeOf } from '../interpret/attributes.ts';
import {
  bind,
  isLayerClass,
  isModuleClass,
  methodsOf,
  moduleFrame,
  protocolOf,
  receiverOf,
} from '../interpret/classes.ts';
import { createInterpreter } from '../interpret/create-interpreter.ts';
import { define } from '../interpret/execute.ts';
import { Heap } from '../interpret/heap.ts';
import type { Surroundings } from '../interpret/imports.ts';
import { constructModel } from '../interpret/instantiate.ts';
import {
  type Construction,
  type Frame,
  type Interpreter,
  type OptimizerStepping,
  positional,
  type Trace,
} from '../interpret/interpreter.ts';
import { modelRoots } from '../interpret/library.ts';
import { layerOf } from '../interpret/modules.ts';
import { dataValue, flowsIn, tensorsIn } from '../interpret/tensors.ts';
import { traced } from '../interpret/trace.ts';
import { NO_CLOSURE, type ObjectValue, type Value } from '../interpret/value.ts';
import { LIBRARIES } from '../libraries/index.ts';
import { type Flow, leave } from '../network/flow.ts';
import type { Tensor } from '../network/graph.ts';
import { ANY_DATA } from '../network/shape.ts';
import { input } from '../network/tensor.ts';
import type { ClassStatement, PythonModule, Statement } from '../syntax/ast.ts';
import { statementsIn, topLevelBlocks } from '../syntax/statements-in.ts';
import { describeModel } from './describe-model.ts';
import { initialize, initialized, initializersOf, runOtherMethods } from './later-methods.ts';
import type { Instance, ModelRun } from './model-run.ts';
import type { ObservedModel } from './observed-model.ts';
import { reachingModels } from './reach.ts';
import { callWithSymbols, type LooseFunction } from './symbolic-call.ts';

/** What running a file has shown. */
export interface ObservedFile {
  /** In the order of the text. A model is left out where code is, in it or in what may change it. */
  readonly models: readonly ObservedModel[];
  /** Where code stands that is nested too deep to be read, though a run came to it. */
  readonly leftOut: readonly number[];
  /** The paths of the modules that it imports from and that were asked for. */
  readonly imported: readonly string[];
}

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
  const file = openFile(interpreter, module);
  const definitions = definitionsIn(module.body).filter(
    (statement): statement is ClassStatement =>
      statement.kind === 'class' &&
      isModuleClass(interpreter, statement) &&
      !isLayerClass(interpreter, statement),
  );
  const imported = (): readonly string[] => [...(interpreter.imports?.paths ?? [])];
  if (definitions.length === 0) return { models: [], leftOut: [], imported: imported() };
  const runs = runFile(module, file);
  const nested = new Set(runs.flatMap(({ trace }) => [...trace.nested]));
  const modelRuns = definitions.map((definition) => {
    const { run, trace } = runModel(interpreter, definition, runs);
    for (const part of trace.nested) if (part !== definition) nested.add(part);
    return { run, trace };
  });
  const whole = modelRuns.filter(
    ({ run: { definition }, trace }) =>
      !nested.has(definition) &&
      trace.leftOut.size === 0 &&
      !runs.some((one) => skipsPartOf(definition, one)),
  );
  return {
    models: whole.map(({ run }) => describeModel(run)),
    leftOut: [...runs, ...modelRuns].flatMap(({ trace }) => [...trace.leftOut]),
    imported: imported(),
  };
}

/** Whether a run made such a model and came to code that is not read, which may do anything to what the run has made. */
function skipsPartOf(model: ClassStatement, { trace: { leftOut, constructions } }: Run): boolean {
  return leftOut.size > 0 && constructions.some(({ definition }) => definition === model);
}

/** Where the file's names are, after its definitions and its other names for them. */
function openFile(interpreter: Interpreter, module: PythonModule): Frame {
  const frame = moduleFrame(interpreter);
  interpreter.file.globals.set('__name__', { kind: 'text', text: '__main__' });
  for (const statement of definitionsIn(module.body)) define(statement, frame);
  const aliases = module.body.filter(
    (statement) =>
      statement.kind === 'assign' &&
      (statement.value?.kind === 'name' || statement.value?.kind === 'attribute'),
  );
  frame.execute(aliases);
  return frame;
}

/** A run of code that is not a model's own. */
interface Run {
  readonly trace: Trace;
  readonly heap: Heap;
}

/** The file from top to bottom, then every function that it did not call itself and that may come to a model. */
function runFile(module: PythonModule, frame: Frame): Run[] {
  const { trace } = traced(frame.interpreter, () => frame.execute(module.body));
  const runs: Run[] = [{ trace, heap: frame.heap }];
  const entered = new Set(trace.entered);
  const loose = looseFunctions(frame.interpreter, module.body);
  const reaching = reachingModels(frame.interpreter, {
    definitions: [
      ...definitionsIn(module.body).filter((one) => one.kind === 'class' || one.kind === 'function'),
      ...loose.flatMap(({ definition, owner }) => (owner === null ? [] : [definition])),
    ],
    modelRoots: modelRoots(LIBRARIES),
  });
  for (const callee of loose) {
    if (entered.has(callee.definition) || !reaching.has(callee.definition)) continue;
    const run = runLoose(frame.interpreter, callee, frame);
    for (const definition of run.trace.entered) entered.add(definition);
    runs.push(run);
  }
  return runs;
}

/** Definitions at the top of the file, also inside `if` and `try`. */
function definitionsIn(body: readonly Statement[]): readonly Statement[] {
  return statementsIn(body, topLevelBlocks).filter(
    ({ kind }) => kind === 'function' || kind === 'class' || kind === 'import',
  );
}

/** The functions of the file and the methods of its classes that are no models; the last first, as callers follow what they call. */
function looseFunctions(interpreter: Interpreter, body: readonly Statement[]): readonly LooseFunction[] {
  const loose = definitionsIn(body).flatMap((statement): LooseFunction[] => {
    if (statement.kind === 'function') {
      return [{ kind: 'function', definition: statement, receiver: null, owner: null, closure: NO_CLOSURE }];
    }
    if (statement.kind !== 'class' || isModuleClass(interpreter, statement)) return [];
    const object: ObjectValue = {
      kind: 'object',
      id: interpreter.newId(),
      definition: statement,
      span: null,
    };
    return methodsOf(statement).map((method) =>
      bind({ method, owner: statement }, receiverOf(method, object)),
    );
  });
  return loose.reverse();
}

function runLoose(interpreter: Interpreter, loose: LooseFunction, file: Frame): Run {
  const frame = file.with({ heap: new Heap(file.heap), locals: new Map() });
  const { trace } = traced(interpreter, () => callWithSymbols(loose, frame));
  return { trace, heap: frame.heap };
}

function runModel(
  interpreter: Interpreter,
  definition: ClassStatement,
  runs: readonly Run[],
): { readonly run: ModelRun; readonly trace: Trace } {
  const frame = moduleFrame(interpreter).with({ locals: new Map(), heap: new Heap(interpreter.file.heap) });
  const { trace, result } = traced(interpreter, () => {
    const object = constructModel(definition, null, {
      frame,
      span: definition.span,
      presets: presetsOf(definition, runs),
    });
    const returned = runForward(object, frame.fork());
    const { uses, opaqueLayers, untracked } = frame.interpreter.trace;
    const forward = {
      ...returned,
      uses: [...uses],
      opaqueLayers: new Set(opaqueLayers),
      untracked: new Set(untracked),
    };
    const called = new Set(runs.flatMap((one) => [...one.trace.entered]));
    const initializers = initializersOf(object, frame, called);
    initialize(object, initializers, frame);
    const later = runOtherMethods(object, frame, called);
    return { object, forward, initializers, built: new Heap(frame.heap), later };
  });
  const own = runs.map(({ heap, trace: { constructions } }) => ({
    heap,
    made: constructions.filter((made) => made.definition === definition),
  }));
  const run: ModelRun = {
    interpreter,
    definition,
    pattern: { object: result.object, heap: result.built, bound: null },
    instances: own.flatMap(({ heap, made }) =>
      made.map((construction) => initialized(instanceOf(construction, heap), result.initializers, frame)),
    ),
    initializers: result.initializers.map(({ method }) => method.name),
    later: result.later,
    ...result.forward,
    training: trainingIn({ trace, heap: frame.heap }, runs),
  };
  return { run, trace };
}

/** Kinds of which a call may hand one to a model that is then made of it: `ResNet(BasicBlock, …)`. */
const CALLABLE: ReadonlySet<Value['kind']> = new Set(['class', 'reference', 'function', 'partial']);

/** The classes and functions that the first call in the text which constructs a model gives it. */
function presetsOf(definition: ClassStatement, runs: readonly Run[]): ReadonlyMap<string, Value> {
  const [first] = runs
    .flatMap(({ trace }) => trace.constructions)
    .filter((construction) => construction.definition === definition)
    .sort((one, other) => one.span.start - other.span.start);
  return new Map([...(first?.bound ?? [])].filter(([, value]) => CALLABLE.has(value.kind)));
}

/**
 * The steps of optimizers, and of those that take none the state in which the code leaves them. What the file's own
 * code builds and trains says more than the same line run by itself.
 */
function trainingIn(own: Run, runs: readonly Run[]): readonly OptimizerStepping[] {
  const elsewhere = new Set(runs.flatMap(({ trace }) => trace.optimizers.map(({ span }) => span.start)));
  const known = [own, ...runs];
  const steps = known.flatMap(({ trace }) => trace.steps);
  const stepped = new Set(steps.map(({ build }) => build));
  const left = known.flatMap((run) =>
    run.trace.optimizers.flatMap((build) => (stepped.has(build) ? [] : [{ build, heap: run.heap }])),
  );
  const isOwn = ({ build }: OptimizerStepping) => own.trace.optimizers.includes(build);
  return [...steps, ...left].filter((one) => !isOwn(one) || !elsewhere.has(one.build.span.start));
}

function instanceOf({ objectId, definition, bound }: Construction, heap: Heap): Instance {
  return { object: { kind: 'object', id: objectId, definition, span: null }, heap, bound };
}

/** What a forward pass returns. */
interface Forward {
  readonly outputs: readonly Flow[];
  readonly forward: readonly Tensor[];
}

/** Runs the forward pass on tensors of which nothing is known, and answers what it returns. */
function runForward(object: ObjectValue, frame: Frame): Forward {
  const protocol = protocolOf(frame.interpreter, object.definition);
  const forward = protocol && attributeOf(object, protocol.forward, frame);
  if (forward?.kind !== 'function') return runBase(object, frame);
  const tensors = new Map<string, Value>();
  for (const { name, collects } of forward.definition.parameters.slice(1)) {
    if (collects === null) tensors.set(name, dataValue(input(ANY_DATA, null)));
  }
  const args = { positional: [], named: tensors, open: true };
  return returnedBy(frame.call(forward, args, object.definition.span), frame);
}

function returnedBy(result: Value, frame: Frame): Forward {
  const outputs = flowsIn([result]);
  for (const flow of outputs) leave(flow, 'end');
  return { outputs, forward: tensorsIn([result], frame) };
}

/** The forward pass of a container that a model is. */
function runBase(object: ObjectValue, frame: Frame): Forward {
  const layer = layerOf(object, frame);
  if (layer === undefined) return { outputs: [], forward: [] };
  return returnedBy(frame.call(object, positional(dataValue(input(ANY_DATA, null))), layer.span), frame);
}
