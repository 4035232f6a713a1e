import type { Interpreter, Trace } from './interpreter.ts';

/** Runs something with a trace of its own. */
export function traced<Result>(
  interpreter: Interpreter,
  run: () => Result,
): { readonly trace: Trace; readonly result: Result } {
  const before = interpreter.trace;
  const trace = newTrace();
  interpreter.trace = trace;
  const result = run();
  interpreter.trace = before;
  return { trace, result };
}

/** Runs something of which nothing is noted but what it could not read. */
export function rehearsed(interpreter: Interpreter, run: () => void): void {
  const { uses, leftOut } = interpreter.trace;
  const noted = uses.map(({ exits }) => ({ notes: exits, length: exits.length }));
  for (const at of traced(interpreter, run).trace.leftOut) leftOut.add(at);
  for (const { notes, length } of noted) notes.length = length;
}

/** One that nothing has been noted in. */
export function newTrace(): Trace {
  return {
    uses: [],
    optimizers: [],
    steps: [],
    unread: [],
    constructions: [],
    entered: new Set(),
    nested: new Set(),
    opaqueLayers: new Set(),
    untracked: new Set(),
    leftOut: new Set(),
  };
}
