import { moduleFrame } from '../interpret/machine/classes.ts';
import type { Frame, Interpreter } from '../interpret/machine/interpreter.ts';
import type { ModuleScope } from '../interpret/machine/module-scope.ts';
import type { CallingModule, GivenUp, ScriptShown } from '../interpret/machine/other-modules.ts';
import { newTrace, unasked } from '../interpret/machine/trace.ts';
import { Heap } from '../interpret/values/heap.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import { decidedAt } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import { givenUpIn, isBesideModels } from './beside-models.ts';
import { openModule, type Run, runModule, runWhole } from './run-module.ts';
import { startsHere } from './started-here.ts';
import { trainingRuns } from './trained-here.ts';

/**
 * The work that running one of them may take: more than a script that trains a transformer in plain loops and evaluates it
 * in between; and all of them. One that takes more than its part of what the others leave is run again without what it
 * imports beside the models; of one that then still takes more nothing is known.
 */
export const MOST_WORK = 800_000;
const MOST_IN_ALL = 1_200_000;
const MOST_NARROWED_WORK = 200_000;

/**
 * What modules do that train the models of the file: each is run like a script. Only those runs count that construct one
 * of these models; what they do to others is their own affair. Of a file that has none and makes none, none is run.
 *
 * @param makers functions of the file that make models without a class
 */
export function runCallers(
  interpreter: Interpreter,
  models: readonly ClassStatement[],
  makers: readonly string[],
): readonly Run[] {
  if (models.length + makers.length === 0) return [];
  const { classes } = interpreter.chains;
  const isOwn = (one: ClassStatement) =>
    models.includes(one) || (makers.length > 0 && isHere(one.span) && classes.get(one.span.start) === one);
  return runUsers(interpreter, [...models.map(({ name }) => name), ...makers], {
    counts: makesModels,
  }).filter(
    ({ trace, givenUp }) =>
      givenUp !== undefined || trace.constructions.some(({ definition }) => isOwn(definition)),
  );
}

/**
 * What modules do that give a model to what the file has for training one: a function, or a class of a trainer; or for its
 * start. Only those runs count in which an optimizer is made by the file's own code, or a model's weights may be started.
 * Others are run for the settings that they give the models which these, or the file's own runs, train.
 */
export function runTrainers(
  interpreter: Interpreter,
  names: readonly string[],
  own: readonly Run[],
): readonly Run[] {
  const handed = runUsers(interpreter, names, { counts: ({ trains }, path) => trains.has(path) }).filter(
    (run) =>
      run.givenUp === undefined &&
      (run.trace.optimizers.some(({ span }) => isHere(decidedAt(span))) || startsHere(run)),
  );
  const trained = homesOfTrained(interpreter, [...own, ...handed]);
  const givesSettings = ({ makes }: ScriptShown) => [...makes].some((path) => trained.has(path));
  if (trained.size > 0)
    runUsers(interpreter, names, {
      counts: (shown, path) => !shown.trains.has(path) && givesSettings(shown),
    });
  return handed;
}

/** The paths of the files whose models the file's code trains or starts in some runs. */
function homesOfTrained(interpreter: Interpreter, runs: readonly Run[]): ReadonlySet<string> {
  const { imports } = interpreter;
  const made = trainingRuns(runs).flatMap(({ trace }) => trace.constructions);
  return new Set(made.map(({ definition }) => imports?.pathOf(interpreter.moduleOf(definition)) ?? ''));
}

/** What a module of another file does with the models that it has, and what those do that train these, each run like a script. */
export function runModuleAround(
  interpreter: Interpreter,
  user: CallingModule,
  models: readonly ClassStatement[],
): readonly Run[] {
  const names = models.map(({ name }) => name);
  return [
    ...runModule(user.body, openScript(interpreter, user)).runs,
    ...runUsers(interpreter, names, { of: user.scope, counts: makesModels }).filter(
      ({ trace, givenUp }) =>
        givenUp !== undefined || trace.constructions.some(({ definition }) => models.includes(definition)),
    ),
  ];
}

/** Whether a script makes models of a file. */
function makesModels({ makes }: ScriptShown, path: string): boolean {
  return makes.has(path);
}

interface Users {
  /** The module whose names they use; by default the file. */
  readonly of?: ModuleScope;
  /** Whether what a script does may count for the file of this path. */
  readonly counts: (shown: ScriptShown, path: string) => boolean;
}

/**
 * What modules do that use these names of the file, or of a module. One that has a model through others, or names no
 * optimizer, counts where it trains one and none before it does, or may, as it takes too much work.
 */
function runUsers(interpreter: Interpreter, names: readonly string[], { of, counts }: Users): readonly Run[] {
  const { budget, imports } = interpreter;
  const callers = imports?.callers(names, of) ?? [];
  const path = imports?.pathOf(of ?? interpreter.file) ?? '';
  let left = MOST_IN_ALL;
  let isTrained = false;
  const nearer = callers.filter(({ isFarther }) => !isFarther).length;
  return callers.flatMap((caller, index) => {
    if (caller.isFarther && isTrained) return [];
    const before = budget.counted;
    const last = caller.isFarther ? callers.length : nearer;
    const part = Math.min(MOST_WORK, left / (last - index));
    const isIdle = (shown: ScriptShown) => !counts(shown, path);
    const most = Math.max(MOST_NARROWED_WORK, part);
    const { runs, spared, trains } = runCaller(interpreter, caller, { names, most, isIdle });
    left -= budget.counted - before + spared;
    isTrained ||= trains || runs.some(({ givenUp }) => givenUp !== undefined);
    return caller.isFarther && !trains ? [] : runs;
  });
}

interface Asked {
  readonly names: readonly string[];
  /** The work that running a script may take. */
  readonly most: number;
  /** Whether a script does nothing that counts. */
  readonly isIdle: (shown: ScriptShown) => boolean;
}

/** What a script has shown. */
interface Called {
  readonly runs: readonly Run[];
  /** Whether it makes a model and an optimizer for it. */
  readonly trains: boolean;
  /** The work of running it, where that is known not to matter. */
  readonly spared: number;
}

/** A script is not run again of which it is known that it does nothing that counts; nor tried again where it takes more work than it may, too. */
function runCaller(interpreter: Interpreter, caller: CallingModule, { names, most, isIdle }: Asked): Called {
  const { budget, imports } = interpreter;
  const { shown = null, units = 0 } = imports?.seenAlone(caller) ?? {};
  const isBeside = (one: GivenUp) => isBesideModels(one, { interpreter, caller, names });
  // What one that makes models of the file gives them is known as far as it was run, too.
  const idle = shown !== null && isIdle(shown) ? shown : null;
  const isTooMuch = idle !== null && (units > most || !idle.givenUp.every(isBeside));
  if (!isTooMuch && idle !== null) return { runs: [], trains: idle.isTraining, spared: units };
  const isLeftOut = (one: Run) => {
    const givenUp = givenUpIn(one, caller);
    return givenUp !== null && isBeside(givenUp);
  };
  const run = (work: number) =>
    budget.within(work, () => runWhole(caller.body, openScript(interpreter, caller), isLeftOut));
  const isSeenThrough = () =>
    caller.isFarther ? undefined : imports?.narrowed(caller, names, () => run(MOST_NARROWED_WORK));
  const runs = (isTooMuch ? undefined : run(most)) ??
    isSeenThrough() ?? [{ trace: newTrace(unasked()), heap: new Heap(interpreter.file.heap), givenUp: null }];
  const trains = runs.some(({ trace }) => trace.optimizers.length > 0 && trace.constructions.length > 0);
  return { runs, trains, spared: isTooMuch ? Math.min(units, most) : 0 };
}

export function openScript(interpreter: Interpreter, { scope, body }: CallingModule): Frame {
  const heap = new Heap(interpreter.file.heap);
  return openModule(body, moduleFrame(interpreter, scope).with({ heap }));
}
