import { moduleFrame } from '../interpret/classes.ts';
import { Heap } from '../interpret/heap.ts';
import type { CallingModule, Interpreter } from '../interpret/interpreter.ts';
import { newTrace, unasked } from '../interpret/trace.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import { openModule, type Run, runModule } from './run-module.ts';

/** The work that running one of them may take; of one that takes more nothing is known. */
const MOST_WORK = 200_000;

/**
 * What modules do that train the models of the file: each is run like a script. Only those runs count that construct one
 * of these models; what they do to others is their own affair.
 */
export function runCallers(interpreter: Interpreter, models: readonly ClassStatement[]): readonly Run[] {
  const callers = interpreter.imports?.callers(models.map(({ name }) => name)) ?? [];
  return callers
    .flatMap((caller) => runCaller(interpreter, caller))
    .filter(
      ({ trace, isGivenUp }) =>
        isGivenUp || trace.constructions.some(({ definition }) => models.includes(definition)),
    );
}

function runCaller(interpreter: Interpreter, { scope, body }: CallingModule): readonly Run[] {
  const { budget } = interpreter;
  const heap = new Heap(interpreter.file.heap);
  const runs = budget.within(MOST_WORK, () =>
    runModule(body, openModule(body, moduleFrame(interpreter, scope).with({ heap }))),
  );
  return runs ?? [{ trace: newTrace(unasked()), heap, isGivenUp: true }];
}
