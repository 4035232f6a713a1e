import type { Tensor } from '../../network/graph.ts';
import type { OptimizerBuild } from '../../network/optimizer.ts';
import { isSameGiven } from './given-inputs.ts';
import type { Interpreter } from './interpreter.ts';
import type { Following, ModelOutput, Trace } from './run-trace.ts';

/** Runs something with a trace of its own; its forward passes are followed as those around it unless something else is said. */
export function traced<Result>(
  interpreter: Interpreter,
  run: () => Result,
  following: Following = interpreter.trace,
): { readonly trace: Trace; readonly result: Result } {
  const trace = newTrace(following);
  return { trace, result: tracedIn(trace, interpreter, run) };
}

/** Runs something of which a trace notes what it does, as far as it comes. */
export function tracedIn<Result>(trace: Trace, interpreter: Interpreter, run: () => Result): Result {
  const before = interpreter.trace;
  interpreter.trace = trace;
  try {
    return run();
  } finally {
    interpreter.trace = before;
  }
}

/** Runs something of which nothing is noted but what it could not read, and no tensor is asked for. */
export function rehearsed(interpreter: Interpreter, run: () => void): void {
  const { leftOut } = interpreter.trace;
  const { trace } = traced(interpreter, run, { ...interpreter.trace, followsAll: false });
  for (const at of trace.leftOut) leftOut.add(at);
}

/** Notes what a run with a trace of its own has done. */
export function adopt({ trace }: Interpreter, other: Trace): void {
  for (const [tensor, outputs] of other.outputs) noteOutputs(trace, tensor, outputs);
  for (const one of other.losses) trace.losses.add(one);
  for (const one of other.unread) trace.unread.add(one);
  for (const one of other.descended) trace.descended.add(one);
  trace.descendedUnread.push(...other.descendedUnread);
  trace.applied.push(...other.applied);
  trace.optimizers.push(...other.optimizers);
  trace.steps.push(...other.steps);
  trace.clips.push(...other.clips);
  trace.foreign.asksGroups ||= other.foreign.asksGroups;
  trace.foreign.rates.push(...other.foreign.rates);
  for (const one of other.foreign.writers) trace.foreign.writers.add(one);
  trace.constructions.push(...other.constructions);
  for (const one of other.entered) trace.entered.add(one);
  for (const one of other.nested) trace.nested.add(one);
  for (const one of other.opaqueLayers) trace.opaqueLayers.add(one);
  for (const [id, names] of other.calledUnread) noteCalledUnread(trace, id, names);
  for (const one of other.untracked) trace.untracked.add(one);
  trace.unreadChanges.push(...other.unreadChanges);
  for (const [flag, holds] of other.flags) trace.flags.set(flag, holds);
  for (const at of other.leftOut) trace.leftOut.add(at);
}

/** How far a trace has come in what does nothing to models. */
export interface TraceMark {
  readonly outputs: Trace['outputs'];
  readonly losses: number;
  readonly unread: number;
  readonly opaqueLayers: number;
  readonly untracked: number;
  readonly leftOut: number;
  readonly applied: number;
}

/** How far a trace has come now. */
export function markIn(trace: Trace): TraceMark {
  return {
    outputs: new Map(trace.outputs),
    losses: trace.losses.size,
    unread: trace.unread.size,
    opaqueLayers: trace.opaqueLayers.size,
    untracked: trace.untracked.size,
    leftOut: trace.leftOut.size,
    applied: trace.applied.length,
  };
}

/** What a trace has noted since then of what does nothing to models; of the layers that tensors went through, the first. */
export function notedSince(mark: TraceMark, trace: Trace): Trace {
  const since = newTrace(trace);
  for (const [tensor, given] of trace.outputs)
    if (mark.outputs.get(tensor) !== given) since.outputs.set(tensor, given);
  for (const one of [...trace.losses].slice(mark.losses)) since.losses.add(one);
  for (const one of [...trace.unread].slice(mark.unread)) since.unread.add(one);
  for (const one of [...trace.opaqueLayers].slice(mark.opaqueLayers)) since.opaqueLayers.add(one);
  for (const one of [...trace.untracked].slice(mark.untracked)) since.untracked.add(one);
  for (const at of [...trace.leftOut].slice(mark.leftOut)) since.leftOut.add(at);
  since.applied.push(...trace.applied.slice(mark.applied, mark.applied + 1));
  for (const [id, names] of trace.calledUnread) noteCalledUnread(since, id, names);
  return since;
}

/** The optimizers that have taken a step, here or before this began. */
export function steppedIn({ steps, steppedBefore }: Trace): ReadonlySet<OptimizerBuild> {
  return new Set([...steppedBefore, ...steps.map(({ build }) => build)]);
}

/** Notes what models give: one and the same model may be given other inputs. */
export function noteOutputs(
  { outputs }: Pick<Trace, 'outputs'>,
  tensor: Tensor,
  more: readonly ModelOutput[],
): void {
  const before = outputs.get(tensor) ?? [];
  outputs.set(tensor, [
    ...before,
    ...more.filter((one) => !before.some((other) => isSameOutput(one, other))),
  ]);
}

function isSameOutput(one: ModelOutput, other: ModelOutput): boolean {
  return one.model === other.model && one.at === other.at && isSameGiven(one.given, other.given);
}

/** Notes that attributes of a module were called of which nothing is known. */
export function noteCalledUnread(
  { calledUnread }: Pick<Trace, 'calledUnread'>,
  id: number,
  names: Iterable<string>,
): void {
  calledUnread.set(id, new Set([...(calledUnread.get(id) ?? []), ...names]));
}

/** How forward passes are followed where nobody asks for their tensors. */
export const unasked = (): Following => ({
  passes: new Map(),
  followsAll: false,
  calls: { made: new Map(), idle: new Set(), busy: new Set() },
  usedAsObject: () => {},
  askedForNone: () => {},
});

/** One that nothing has been noted in. */
export function newTrace({ passes, followsAll, calls, usedAsObject, askedForNone }: Following): Trace {
  return {
    passes,
    followsAll,
    calls,
    usedAsObject,
    askedForNone,
    outputs: new Map(),
    losses: new Set(),
    unread: new Set(),
    descended: new Set(),
    descendedUnread: [],
    applied: [],
    optimizers: [],
    steps: [],
    steppedBefore: new Set(),
    clips: [],
    foreign: { asksGroups: false, rates: [], writers: new Set() },
    constructions: [],
    entered: new Set(),
    nested: new Set(),
    opaqueLayers: new Set(),
    calledUnread: new Map(),
    untracked: new Set(),
    unreadChanges: [],
    flags: new Map(),
    leftOut: new Set(),
  };
}
