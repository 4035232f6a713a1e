import { constructModel } from '../interpret/language/instantiate.ts';
import { leftBeside } from '../interpret/language/left-settings.ts';
import { findMethod, moduleFrame } from '../interpret/machine/classes.ts';
import type { Frame, Interpreter } from '../interpret/machine/interpreter.ts';
import type { Construction, Trace } from '../interpret/machine/run-trace.ts';
import { traced } from '../interpret/machine/trace.ts';
import { holdsModule, idOf, namedModules } from '../interpret/modules/modules.ts';
import { Heap } from '../interpret/values/heap.ts';
import type { ObjectValue } from '../interpret/values/value.ts';
import { Variables } from '../interpret/values/variables.ts';
import { isYardstick } from '../libraries/mup/base-shapes.ts';
import type { Tensor } from '../network/graph.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import { annotatedParts } from './annotated-parts.ts';
import { type ForwardSeen, runForward } from './forward-run.ts';
import { givenForLosses } from './given-for-losses.ts';
import { attributesSetBy, heirsOf } from './heirs.ts';
import {
  initialized,
  initializersOf,
  isStartedElsewhere,
  runOtherMethods,
  takeInitialized,
} from './later-methods.ts';
import { givenInstead, isLeft, isOfKind, presetsOf } from './model-presets.ts';
import type { Configured, Instance, ModelRun } from './model-run.ts';
import { changeAsOutside, givenOtherwise } from './outside-changes.ts';
import type { Run } from './run-module.ts';
import { trainedInstances } from './trained-instances.ts';
import { givenElsewhere, trainedAs } from './trained-outputs.ts';
import { isNamedByCallers, trainingIn } from './training-steps.ts';
import { placeUnreadParts } from './unread-parts.ts';

/** What a model is read with. */
export interface ModelSurroundings {
  readonly runs: readonly Run[];
  /** What it is made of, where no run makes one. */
  readonly configured?: Configured | undefined;
  /** Whether its settings are taken to be left at their defaults. */
  readonly atDefaults?: boolean;
}

/** Constructs a model of symbols and runs it, its forward pass and its methods; and whether at its defaults it would be another one. */
export function runModel(
  interpreter: Interpreter,
  definition: ClassStatement,
  { runs, configured, atDefaults = false }: ModelSurroundings,
): { readonly run: ModelRun; readonly trace: Trace; readonly hasDefaults: boolean } {
  const presets = configured ?? presetsOf(definition, runs, interpreter);
  const frame = moduleFrame(interpreter).with({
    locals: new Variables(),
    heap: new Heap(presets.heap ?? interpreter.file.heap),
  });
  const made = runs.flatMap((run) =>
    run.trace.constructions
      .filter((construction) => construction.definition === definition)
      .map((construction) => instanceOf(construction, run, interpreter)),
  );
  const instances = trainedInstances(made, runs, frame);
  const given = givenElsewhere({ definition, runs });
  const called = new Set(runs.flatMap((one) => [...one.trace.entered]));
  let hasDefaults = false;
  const beside = leftBeside(findMethod(interpreter, definition, '__init__')?.method, made);
  if (made.length === 0)
    interpreter.leftToHeirs.set(definition, attributesSetBy(heirsOf(definition, interpreter)));
  const { trace, result } = traced(interpreter, () => {
    const isMade = made.length > 0 || configured !== undefined;
    const parts = isMade ? [] : annotatedParts(definition, frame);
    const object = constructModel(definition, null, {
      frame,
      span: definition.span,
      presets: new Map([...presets.given, ...parts]),
      left: (name, preset) => {
        const mayBe = isLeft(preset, name, made);
        hasDefaults ||= mayBe;
        return atDefaults && mayBe;
      },
      beside: atDefaults ? beside : null,
      isOfKind: (name, preset) => isOfKind(preset, name, made),
      instead: (name, preset) => givenInstead(preset, { name, made: instances, interpreter }),
    });
    const changed = changeAsOutside(object, instances, frame);
    const { returned, notGiven } = runForward(object, frame.fork(), { multiplied: given, called });
    const { opaqueLayers, untracked } = frame.interpreter.trace;
    const forward = {
      forward: givenOtherwise(returned, changed),
      notGiven,
      opaqueLayers: new Set(opaqueLayers),
      untracked: new Set(untracked),
    };
    const isStarted = instances.some((instance) => isStartedElsewhere(instance, object, frame));
    const initializers = isStarted ? [] : initializersOf(object, frame, called);
    takeInitialized(initializers, frame);
    const built = new Heap(frame.heap);
    const later = runOtherMethods(object, frame, called);
    for (const part of placeUnreadParts(object, frame.interpreter.trace, frame.with({ heap: built })))
      forward.opaqueLayers.add(part);
    return { object, forward, initializers, built, later, changed };
  });
  interpreter.leftToHeirs.delete(definition);
  const { object, built, changed } = result;
  const givenByOwn = givenForLosses(trace, object.id);
  const passed =
    givenByOwn.length === 0
      ? result.forward.forward
      : givenOtherwise(
          forwardAgain(
            object,
            { multiplied: [...given, ...givenByOwn], called },
            frame.with({ heap: built }),
          ),
          changed,
        );
  const forward = trainedAs(passed, { definition, object, own: trace, runs, instances, frame });
  const making = runs.filter((one) => one.trace.constructions.some((made) => made.definition === definition));
  const run: ModelRun = {
    interpreter,
    definition,
    isClassless: false,
    isHandedParts: presets.heap !== null,
    configured: configured ?? null,
    atDefaults,
    flags: new Map([...trace.flags, ...making.flatMap((one) => [...one.trace.flags])]),
    pattern: {
      object,
      heap: built,
      atSteps: [],
      bound: null,
      left: new Set(),
      known: new Map(),
      parts: [],
      beside: [],
      built: null,
      isYardstick: false,
    },
    instances: instances.map((instance) => initialized(instance, result.initializers, frame)),
    handed: made.find((one) => idOf(one.object) === presets.handed && !instances.includes(one)),
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

/** The forward pass on what a model's own methods give it, which is known once they have run. */
function forwardAgain(object: ObjectValue, seen: ForwardSeen, frame: Frame): readonly Tensor[] {
  const run = () =>
    runForward(object, frame.with({ locals: new Variables(), heap: new Heap(frame.heap) }), seen);
  return traced(frame.interpreter, run).result.returned;
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
    beside: constructions.filter((one) => one.definition !== definition && !inside.has(one.objectId)),
    heap,
    atSteps: [...new Set(steps.map((step) => step.heap))],
    bound,
    left,
    known,
    built,
    isYardstick: isYardstick(interpreter, objectId),
  };
}
