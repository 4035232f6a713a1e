import { isLayerClass, isModuleClass, moduleFrame } from '../interpret/machine/classes.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { CallingModule } from '../interpret/machine/other-modules.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import type { ObservedModel } from './observed-model.ts';
import { runModuleAround } from './run-callers.ts';
import { definitionsIn, openModule, type Run } from './run-module.ts';

/** Files that are asked for what they make of the parts, models of these that are read for it, and the work that all may take. */
const MOST_USERS = 2;
const MOST_READ = 3;
const MOST_WORK = 600_000;

/** What reading a model of another file shows: the classes that are its parts, and what it is. */
interface Read {
  readonly nested: ReadonlySet<ClassStatement>;
  readonly models: readonly ObservedModel[];
}

/**
 * Models of other files that are made of classes which this file has and nobody makes by itself: only they may show what of
 * such a part grows, as what is added to or embedded has its width from the model around it.
 *
 * @param parts the classes of the file that stand by themselves, and may be parts of models elsewhere
 * @param read what running a class shows beside these runs; undefined where that takes more work than there is
 */
export function wholesAround(
  interpreter: Interpreter,
  parts: ReadonlySet<ClassStatement>,
  read: (definition: ClassStatement, runs: readonly Run[]) => Read | undefined,
): readonly ObservedModel[] {
  const { budget, imports } = interpreter;
  const users = new Map(
    [...parts].flatMap(({ name }) => imports?.users(name) ?? []).map((one) => [one.scope, one]),
  );
  const found: ObservedModel[] = [];
  budget.within(MOST_WORK, () => {
    for (const user of [...users.values()].slice(0, MOST_USERS)) {
      const models = modelsOf(interpreter, user);
      if (models.length === 0) continue;
      const runs = runModuleAround(interpreter, user, models);
      // Models stand behind their parts.
      const last = models.toReversed().slice(0, MOST_READ);
      for (const { nested, models: seen } of wholesAmong(last, (definition) => read(definition, runs)))
        if ([...nested].some((part) => parts.has(part))) found.push(...seen);
    }
  });
  return found;
}

/** What reading those of some classes shows that are no parts of those before them. */
function wholesAmong(
  definitions: readonly ClassStatement[],
  read: (definition: ClassStatement) => Read | undefined,
): readonly Read[] {
  const known = new Set<ClassStatement>();
  return definitions.flatMap((definition) => {
    const seen = known.has(definition) ? undefined : read(definition);
    for (const part of seen?.nested ?? []) known.add(part);
    return seen ?? [];
  });
}

function modelsOf(interpreter: Interpreter, { scope, body }: CallingModule): readonly ClassStatement[] {
  openModule(body, moduleFrame(interpreter, scope));
  return definitionsIn(body).filter(
    (one): one is ClassStatement =>
      one.kind === 'class' && isModuleClass(interpreter, one) && !isLayerClass(interpreter, one),
  );
}
