import { isModuleClass } from '../interpret/machine/classes.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import type { Trace } from '../interpret/machine/run-trace.ts';
import { newTrace, traced, tracedIn } from '../interpret/machine/trace.ts';
import type { Heap } from '../interpret/values/heap.ts';
import type { Expression, Statement } from '../syntax/ast.ts';
import { boundBy } from '../syntax/own-names.ts';
import { everyBlock, statementsIn } from '../syntax/statements-in.ts';
import { namesChanges } from './unread-code.ts';

/** A run of what stands at the top of a module. */
export interface TopRun {
  readonly trace: Trace;
  readonly heap: Heap;
  /** Where reading it stopped, as it takes more work than there is. */
  readonly stoppedAt?: number;
}

/** Whether the code that is no model's was left somewhere. */
export function areStopped(runs: readonly TopRun[]): boolean {
  return runs.some(({ stoppedAt }) => stoppedAt !== undefined);
}

/** What the code at the top of a module may take that is read anew since it took too much: the rest is for its models. */
const MOST_WORK = 250_000;

/** Runs a module from top to bottom, so far as there is work for it. */
export function runTop(body: readonly Statement[], frame: Frame): TopRun {
  const { heap, interpreter } = frame;
  const trace = newTrace(interpreter.trace);
  const run = () => tracedIn(trace, interpreter, () => frame.execute(body));
  if (!interpreter.joinsRounds || frame.module !== interpreter.file) run();
  else if (interpreter.budget.within(MOST_WORK, run) === undefined)
    return { trace, heap, stoppedAt: interpreter.budget.at };
  return { trace, heap };
}

/** Runs of a module what gives numbers and texts to names that nothing else of it gives a value. */
export function runConstants(
  body: readonly Statement[],
  frame: Frame,
): { readonly runs: readonly TopRun[]; readonly reaching: ReadonlySet<string> } {
  const { heap, interpreter, module } = frame;
  const own = constantsIn(body, module.rebound);
  const { trace } = traced(interpreter, () => frame.execute(own));
  return { runs: [{ trace, heap, stoppedAt: 0 }], reaching: new Set() };
}

/** Whether what a module does beside its models may make others of them. */
export function mayChangeModels(body: readonly Statement[], frame: Frame): boolean {
  const isModel = (one: Statement) => one.kind === 'class' && isModuleClass(frame.interpreter, one);
  return namesChanges(body, isModel, frame.interpreter);
}

/** The statements that give a number or a text to a name of its own. */
function constantsIn(body: readonly Statement[], rebound: ReadonlySet<string>): readonly Statement[] {
  const times = new Map<string, number>();
  for (const name of statementsIn(body, everyBlock).flatMap(boundBy))
    times.set(name, (times.get(name) ?? 0) + 1);
  return body.filter(
    (one) =>
      one.kind === 'assign' &&
      one.value !== null &&
      isConstant(one.value) &&
      one.targets.every(
        (target) => target.kind === 'name' && times.get(target.name) === 1 && !rebound.has(target.name),
      ),
  );
}

function isConstant(value: Expression): boolean {
  if (value.kind === 'unary') return isConstant(value.operand);
  return value.kind === 'number' || value.kind === 'text' || value.kind === 'constant';
}
