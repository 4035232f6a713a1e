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
  const { leftOut } = interpreter.trace;
  for (const at of traced(interpreter, run).trace.leftOut) leftOut.add(at);
}

/** Notes what a run with a trace of its own has done. */
export function adopt({ trace }: Interpreter, other: Trace): void {
  trace.applied.push(...other.applied);
  trace.optimizers.push(...other.optimizers);
  trace.steps.push(...other.steps);
  trace.clips.push(...other.clips);
  trace.constructions.push(...other.constructions);
  for (const one of other.entered) trace.entered.add(one);
  for (const one of other.nested) trace.nested.add(one);
  for (const one of other.opaqueLayers) trace.opaqueLayers.add(one);
  for (const one of other.untracked) trace.untracked.add(one);
  for (const one of other.objects) trace.objects.add(one);
  for (const at of other.leftOut) trace.leftOut.add(at);
}

/** One that nothing has been noted in. */
export function newTrace(): Trace {
  return {
    applied: [],
    optimizers: [],
    steps: [],
    clips: [],
    constructions: [],
    entered: new Set(),
    nested: new Set(),
    opaqueLayers: new Set(),
    untracked: new Set(),
    objects: new Set(),
    leftOut: new Set(),
  };
}
