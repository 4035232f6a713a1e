import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { OptimizerStepping, Trace } from '../interpret/machine/run-trace.ts';
import { withForeignRates, withRatesWritten } from '../interpret/modules/foreign-rates.ts';
import { withUnreadScales } from '../interpret/modules/group-scales.ts';
import { groupsOf } from '../interpret/modules/optimizer-state.ts';
import type { Heap } from '../interpret/values/heap.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import { wordsIn } from '../syntax/words-in.ts';
import type { Run } from './run-module.ts';
import { areStopped } from './run-top.ts';

/** A model's own run, with the states in which its methods leave it. */
interface OwnRun {
  readonly trace: Trace;
  readonly heaps: readonly Heap[];
}

/** Whether a script that comes to the model has a word, such as the key under which groups keep a factor of the rate. */
export function isNamedByCallers(word: string, { name }: ClassStatement, { imports }: Interpreter): boolean {
  return imports?.callers([name]).some(({ body }) => wordsIn(body).has(word)) ?? false;
}

/**
 * The steps of optimizers, and of those that take none the state in which the code leaves them. What the file's own
 * code builds and trains says more than the same line run by itself, after which a script may still change the rates.
 */
export function trainingIn(
  own: OwnRun,
  runs: readonly Run[],
  isNamed: (word: string) => boolean,
): readonly OptimizerStepping[] {
  if (areStopped(runs)) return [];
  const elsewhere = new Set(runs.flatMap(({ trace }) => trace.optimizers.map(({ span }) => span.start)));
  const known = [own, ...runs.map(({ trace, heap }) => ({ trace, heaps: [heap] }))];
  const steps = known.flatMap(({ trace }) => trace.steps);
  const stepped = new Set(steps.map(({ build }) => build));
  const [clipped = null] = known.flatMap(({ trace }) => trace.clips);
  const left = known.flatMap(({ trace, heaps }) =>
    trace.optimizers.flatMap((build) => {
      if (stepped.has(build)) return [];
      return heaps
        .filter((heap) => groupsOf(build, heap).kind !== 'unknown')
        .map((heap) => ({ build, heap, clipped }));
    }),
  );
  const isOwn = ({ build }: OptimizerStepping) => own.trace.optimizers.includes(build);
  const all = [...steps, ...left].filter((one) => !isOwn(one) || !elsewhere.has(one.build.span.start));
  const rates = known.flatMap(({ trace }) => trace.foreign.rates);
  const entered = new Set(known.flatMap(({ trace }) => [...trace.entered]));
  const writer = known.flatMap(({ trace }) => [...trace.foreign.writers]).find((one) => !entered.has(one));
  const isGivenUp = runs.some(({ givenUp }) => givenUp !== undefined);
  return all.map((one) => {
    const heap = withRatesWritten(one.build, withForeignRates(one.build, one.heap, rates), writer);
    if (!isGivenUp && !isOwn(one)) return { ...one, heap };
    return { ...one, heap: withUnreadScales(one.build, heap, (name) => isGivenUp || isNamed(name)) };
  });
}
