import { moduleFrame } from '../interpret/classes.ts';
import { Heap } from '../interpret/heap.ts';
import type { CallingModule, Interpreter } from '../interpret/interpreter.ts';
import { newTrace, unasked } from '../interpret/trace.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import { openModule, type Run, runModule } from './run-module.ts';

/**
 * The work that running one of them may take. One that takes more is run again without what it imports beside the
 * models; of one that then still takes more nothing is known.
 */
const MOST_WORK = 200_000;

/**
 * What modules do that train the models of the file: each is run like a script. Only those runs count that construct one
 * of these models; what they do to others is their own affair.
 */
export function runCallers(interpreter: Interpreter, models: readonly ClassStatement[]): readonly Run[] {
  const names = models.map(({ name }) => name);
  const callers = interpreter.imports?.callers(names) ?? [];
  return callers
    .flatMap((caller) => runCaller(interpreter, caller, names))
    .filter(
      ({ trace, givenUp }) =>
        givenUp !== undefined || trace.constructions.some(({ definition }) => models.includes(definition)),
    );
}

function runCaller(
  interpreter: Interpreter,
  caller: CallingModule,
  names: readonly string[],
): readonly Run[] {
  const { budget, imports } = interpreter;
  const run = () => {
    const runs = budget.within(MOST_WORK, () => runScript(interpreter, caller));
    return runs?.some(({ givenUp }) => givenUp !== undefined) ? undefined : runs;
  };
  return (
    run() ??
    imports?.narrowed(caller, names, run) ?? [
      { trace: newTrace(unasked()), heap: new Heap(interpreter.file.heap), givenUp: null },
    ]
  );
}

function runScript(interpreter: Interpreter, { scope, body }: CallingModule): readonly Run[] {
  const heap = new Heap(interpreter.file.heap);
  return runModule(body, openModule(body, moduleFrame(interpreter, scope).with({ heap })));
}
