import { isLayerClass, isModuleClass } from '../interpret/machine/classes.ts';
import type { Frame, Interpreter } from '../interpret/machine/interpreter.ts';
import type { ClassStatement, Expression, Statement } from '../syntax/ast.ts';
import { callsIn } from '../syntax/calls-in.ts';
import { isHere } from '../workspace/source-modules.ts';
import { configuredModels } from './configured-models.ts';
import { isWhole, modelSeen } from './model-seen.ts';
import type { ObservedModel } from './observed-model.ts';
import { definitionsIn, type Run } from './run-module.ts';

/** More models of other files that one file has the sizes of. */
const MOST_MODELS = 3;

/** What a file is: its statements, where its names stand for something, and what was run of it. */
interface FileRun {
  readonly body: readonly Statement[];
  readonly frame: Frame;
  readonly runs: readonly Run[];
}

/**
 * Models of other files, for which functions of this one make configurations that say of each part how it is made and
 * started: what is wrong with that stands here.
 */
export function configuredElsewhere(
  interpreter: Interpreter,
  { body, frame, runs }: FileRun,
): readonly ObservedModel[] {
  const definitions = [
    ...new Set(
      definitionsIn(body).flatMap((one) => (one.kind === 'function' ? namedIn(one.body, frame) : [])),
    ),
  ];
  // What else the file does with such a model is not asked, as where the model's own file is read.
  const followed = runs.filter(({ givenUp }) => givenUp === undefined);
  const configured = configuredModels(interpreter, { body, definitions, runs: followed });
  interpreter.budget.renew();
  const seen = [...configured].slice(-MOST_MODELS).flatMap(([definition, one]) => {
    const made = modelSeen(interpreter, definition, { runs: followed, configured: one });
    return made !== undefined && isWhole({ definition, ...made }, followed) ? [{ definition, ...made }] : [];
  });
  const parts = new Set(seen.flatMap(({ trace }) => [...trace.nested]));
  return seen.filter(({ definition }) => !parts.has(definition)).flatMap(({ models }) => models);
}

/** The models of other files of which some code makes configurations: `Model.Config(…)`. */
function namedIn(body: readonly Statement[], frame: Frame): readonly ClassStatement[] {
  const owners = new Map<string, Expression>();
  for (const { callee } of callsIn(body))
    if (callee.kind === 'attribute' && callee.object.kind === 'name')
      owners.set(callee.object.name, callee.object);
  return [...owners.values()].flatMap((owner) => {
    const made = frame.evaluate(owner);
    return made.kind === 'class' && isModelElsewhere(made.definition, frame.interpreter)
      ? [made.definition]
      : [];
  });
}

function isModelElsewhere(definition: ClassStatement, interpreter: Interpreter): boolean {
  return (
    !isHere(definition.span) &&
    isModuleClass(interpreter, definition) &&
    !isLayerClass(interpreter, definition)
  );
}
