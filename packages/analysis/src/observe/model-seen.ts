import { constructModel } from '../interpret/language/instantiate.ts';
import { leftBeside } from '../interpret/language/left-settings.ts';
import { moduleFrame } from '../interpret/machine/classes.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import { hasManyWays, noteManyWays, seesManyWays } from '../interpret/machine/many-ways.ts';
import type { Trace } from '../interpret/machine/run-trace.ts';
import { newTrace, traced, unasked } from '../interpret/machine/trace.ts';
import { Heap } from '../interpret/values/heap.ts';
import { Variables } from '../interpret/values/variables.ts';
import type { Tensor } from '../network/graph.ts';
import type { Layer } from '../network/layer.ts';
import { operandsOf } from '../network/tensor.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import { describeModel } from './describe-model.ts';
import { isLeft } from './model-presets.ts';
import type { ObservedModel } from './observed-model.ts';
import { type ModelSurroundings, runModel } from './run-model.ts';
import type { Run } from './run-module.ts';
import { areStopped } from './run-top.ts';

/** What running a model by itself has shown; of a part of one nothing that stands by itself. */
export interface SeenModel {
  readonly definition: ClassStatement;
  readonly trace: Trace;
  readonly models: readonly ObservedModel[];
}

export type Seen = Pick<SeenModel, 'trace' | 'models'>;

interface SeenByItself extends Seen {
  /** Whether some of its settings may be taken to be left at their defaults. */
  readonly hasDefaults: boolean;
}

/** What a model may take on every way that its settings leave open; one that takes more is read at their defaults. */
const MOST_OF_MANY_WAYS = 300_000;

/** The same where constructors have been seen whose ways are too many: what has parts of those takes too much, too. */
const MOST_BESIDE_MANY_WAYS = 100_000;

/** The same of one whose parts all have a configuration of their own; one that takes more is read without. */
const MOST_OF_CONFIGURED = 1_000_000;

/**
 * What a model shows on all its ways; with its settings at their defaults where that is too much, or follows more of what
 * it has into its forward pass. Undefined where that is too much, too.
 */
export function modelSeen(
  interpreter: Interpreter,
  definition: ClassStatement,
  { runs, configured }: Pick<ModelSurroundings, 'runs' | 'configured'>,
): Seen | undefined {
  const { budget } = interpreter;
  const read = (most: number, atDefaults: boolean) =>
    budget.within(most, () => seenModel(interpreter, definition, { runs, configured, atDefaults }));
  const all =
    configured === undefined
      ? onAllWays(definition, interpreter, (most) => read(most, false))
      : read(MOST_OF_CONFIGURED, false);
  if (all === undefined && configured !== undefined)
    return modelSeen(interpreter, definition, { runs, configured: configured.another?.() });
  if (all === undefined) return read(Number.POSITIVE_INFINITY, true);
  const { open, known } = countsIn(all);
  const left = open === 0 || !all.hasDefaults ? undefined : read(MOST_OF_MANY_WAYS, true);
  if (left === undefined) return all;
  const counts = countsIn(left);
  // Where settings say how many stages there are, more layers are told apart, so that more may be left open, too.
  return counts.open < open || counts.known > known ? left : all;
}

/** What is read on every way that settings leave open; undefined, which is noted of the class, where that is too much. */
function onAllWays<Read>(
  definition: ClassStatement,
  interpreter: Interpreter,
  read: (most: number) => Read | undefined,
): Read | undefined {
  if (hasManyWays(definition, interpreter)) return undefined;
  const all = read(seesManyWays(interpreter) ? MOST_BESIDE_MANY_WAYS : MOST_OF_MANY_WAYS);
  if (all === undefined) noteManyWays(definition, interpreter);
  return all;
}

/**
 * How many parameters a model has that its forward pass does not come by, or of which a length is one of several, and how
 * many others.
 */
function countsIn({ models }: Seen): { readonly open: number; readonly known: number } {
  const counts = models.map(({ parameters, forward }) => {
    const used = layersUsedIn(forward);
    const open = parameters.filter(
      ({ layer, aliases, dims }) =>
        ![layer, ...aliases.map((one) => one.layer)].some((one) => used.has(one)) ||
        dims?.some((one) => one.op === 'either') === true,
    ).length;
    return { open, known: parameters.length - open };
  });
  const total = (of: 'open' | 'known') => counts.reduce((sum, one) => sum + one[of], 0);
  return { open: total('open'), known: total('known') };
}

function layersUsedIn(forward: readonly Tensor[]): ReadonlySet<Layer> {
  const seen = new Set<Tensor>();
  const ahead = [...forward];
  for (let tensor = ahead.pop(); tensor !== undefined; tensor = ahead.pop()) {
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    ahead.push(...operandsOf(tensor));
  }
  return new Set([...seen].flatMap((one) => (one.op === 'weight' ? [one.layer] : [])));
}

/** What making a part by itself shows; nothing where it makes no other that is not known to be a part, too. */
export function partSeen(
  interpreter: Interpreter,
  definition: ClassStatement,
  mayMakeMore: () => boolean,
): Seen | undefined {
  if (!mayMakeMore()) return { trace: newTrace(unasked()), models: [] };
  const construct = (most: number, atDefaults: boolean) =>
    interpreter.budget.within(most, () => ({
      trace: constructPart(interpreter, definition, { atDefaults }),
      models: [],
    }));
  const all = onAllWays(definition, interpreter, (most) => construct(most, false));
  return all ?? construct(Number.POSITIVE_INFINITY, true);
}

/** What running a model takes beside what its code does. */
const WORK_OF_MODEL = 1500;

function seenModel(
  interpreter: Interpreter,
  definition: ClassStatement,
  around: ModelSurroundings,
): SeenByItself {
  interpreter.budget.spend(WORK_OF_MODEL);
  const { run, trace, hasDefaults } = runModel(interpreter, definition, around);
  const model = describeModel(run);
  return {
    trace,
    hasDefaults,
    models: [
      {
        ...model,
        broken: model.broken || [...trace.nested].some(isBroken),
        ...(areStopped(around.runs) && { isTrainingUnread: true }),
      },
    ],
  };
}

function isBroken({ broken }: ClassStatement): boolean {
  return broken;
}

/** Whether all is read of a model and of what may change it. */
export function isWhole({ definition, trace }: SeenModel, runs: readonly Run[]): boolean {
  return trace.leftOut.size === 0 && !runs.some((one) => skipsPartOf(definition, one));
}

/** Whether a run made such a model, or may have, and came to code that is not read, which may do anything to what is made. */
function skipsPartOf(
  model: ClassStatement,
  { trace: { leftOut, constructions }, givenUp, named }: Run,
): boolean {
  if (leftOut.size === 0 && givenUp === undefined) return false;
  return named?.has(model.name) === true || constructions.some(({ definition }) => definition === model);
}

/** Constructs a part of a model by itself, as it may have parts that the model does not give it. */
function constructPart(
  interpreter: Interpreter,
  definition: ClassStatement,
  { atDefaults }: Required<Pick<ModelSurroundings, 'atDefaults'>>,
): Trace {
  const frame = moduleFrame(interpreter).with({
    locals: new Variables(),
    heap: new Heap(interpreter.file.heap),
  });
  const construct = () =>
    constructModel(definition, null, {
      frame,
      span: definition.span,
      presets: new Map(),
      ...(atDefaults && {
        left: (name, preset) => isLeft(preset, name, []),
        beside: leftBeside(undefined, []),
      }),
    });
  return traced(interpreter, construct).trace;
}
