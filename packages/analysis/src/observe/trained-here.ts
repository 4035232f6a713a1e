import type { TrainingMatters } from '../interpret/language/loaded-modules.ts';
import { isLayerClass, isModuleClass, moduleFrame } from '../interpret/machine/classes.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { Construction } from '../interpret/machine/run-trace.ts';
import { idOf, modulesIn, namedModules, namedParameters } from '../interpret/modules/modules.ts';
import { groupsOf, rateWrittenAt } from '../interpret/modules/optimizer-state.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import { decidedAt } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { Run } from './run-module.ts';
import { startsHere } from './started-here.ts';
import { layersIn, layersTrainedIn } from './trained-instances.ts';

/** More models of other files than one script trains. */
const MOST_MODELS = 4;

/**
 * The models of other files that the code of this one makes where it makes an optimizer or gives one its rates, and those
 * that its functions may start, those that are parts of others left out: what is wrong with how they are started and trained
 * stands here.
 */
export function modelsTrainedHere(
  interpreter: Interpreter,
  runs: readonly Run[],
  matters: TrainingMatters,
): readonly ClassStatement[] {
  const byMatrices = areByMatrices(runs);
  const training = trainingRuns(runs);
  const nested = new Set(runs.flatMap(({ trace }) => [...trace.nested]));
  const made = training.flatMap(({ trace }) => trace.constructions);
  const handed = new Set(made.flatMap((one) => handedTo(one, interpreter)));
  const apart = new Set(training.flatMap((run) => trainedApart(run, interpreter)));
  // What becomes of a model that another one is handed is that one's affair, unless it has an optimizer to itself.
  const whole = made.filter(({ objectId }) => !handed.has(objectId) || apart.has(objectId));
  const trained = new Set(training.flatMap((run) => trainedIn(run, interpreter)));
  const first = whole.filter(({ objectId }) => trained.has(objectId));
  return [...new Set([...first, ...whole].map(({ definition }) => definition))]
    .filter(
      (definition) =>
        !isHere(definition.span) &&
        !nested.has(definition) &&
        matters(definition.span, byMatrices) &&
        isModuleClass(interpreter, definition) &&
        !isLayerClass(interpreter, definition),
    )
    .slice(0, MOST_MODELS);
}

/** The modules that a model is handed, and those in them, as in a list of blocks. */
function handedTo({ bound, built }: Construction, interpreter: Interpreter): readonly number[] {
  const frame = moduleFrame(interpreter).with({ heap: built });
  const modules = [...bound.values()].flatMap((value) => modulesIn(value, interpreter));
  return modules.flatMap((module) => namedModules(module, frame).map(({ value }) => idOf(value)));
}

/** The models that a run makes of which its optimizers surely have parameters: others may be copied into these. */
function trainedIn(run: Run, interpreter: Interpreter): readonly number[] {
  const layers = new Set(layersTrainedIn(run));
  if (layers.size === 0) return [];
  const frame = moduleFrame(interpreter).with({ heap: run.heap });
  return run.trace.constructions.flatMap(({ objectId: id, definition }) => {
    const parameters = namedParameters({ kind: 'object', id, definition, span: null }, frame);
    return parameters.some(({ parameter }) => layers.has(parameter.layer)) ? [id] : [];
  });
}

/** The models that some optimizer of a run trains as a whole, as those of an agent, and that are no such model's part. */
function trainedApart(run: Run, interpreter: Interpreter): readonly number[] {
  const { constructions, optimizers } = run.trace;
  const frame = moduleFrame(interpreter).with({ heap: run.heap });
  const layersOf = ({ objectId: id, definition }: Construction) =>
    new Set(
      namedParameters({ kind: 'object', id, definition, span: null }, frame).map(
        ({ parameter: { layer } }) => layer,
      ),
    );
  if (constructions.length > MOST_APART || optimizers.length > MOST_APART) return [];
  const made = constructions.map((one) => ({ one, layers: layersOf(one) }));
  return optimizers.flatMap((build) => {
    const trained = new Set(layersIn(groupsOf(build, run.heap)));
    const same = made.filter(
      ({ layers }) =>
        layers.size > 0 && layers.size === trained.size && [...layers].every((one) => trained.has(one)),
    );
    const parts = new Set(same.flatMap(({ one }) => handedTo(one, interpreter)));
    return same.flatMap(({ one: { objectId } }) => (parts.has(objectId) ? [] : [objectId]));
  });
}

/** An agent has no more models and optimizers. */
const MOST_APART = 32;

/** Whether some optimizer is of whole matrices, or may be. */
export function areByMatrices(runs: readonly Run[]): boolean {
  return runs.some(({ trace }) => trace.optimizers.some(({ isMatrix }) => isMatrix !== false));
}

/** The runs in which code of the file makes an optimizer, gives one its rates or may start weights. */
export function trainingRuns(runs: readonly Run[]): readonly Run[] {
  return runs.filter(
    (run) =>
      startsHere(run) ||
      run.trace.optimizers.some((build) => {
        const written = rateWrittenAt(build, run.heap);
        return isHere(decidedAt(build.span)) || (written !== null && isHere(decidedAt(written)));
      }),
  );
}
