import { costEstimate, type Dataset, type RunResult, type RunSpec, train } from '@widthwise/core';
import { requireEngine } from '../engines/engines.ts';
import { type TrialRun, trialRun } from './trial-run.ts';

/**
 * The first steps are slower: Node has yet to compile them, and does so on threads of its own, which take their share of the
 * processors that train. Of kernels that are compiled ahead that is little; what runs graphs is compiled longest.
 */
const WARM_UP_MS: Readonly<Record<string, number>> = { wasm: 120, reference: 400 };
const GRAPHS_WARM_UP_MS = 800;
const TRIAL_MS = 100;
/** What else a machine does for a moment makes one of them slow. */
const TRIALS = 2;

/** How fast a thread is, and what it has trained to tell. */
export interface Tried {
  /** Floating-point operations a second. */
  readonly rate: number;
  /** Of the runs that were taken, in their order. */
  readonly results: readonly RunResult[];
}

/**
 * How fast this thread is, tried for a quarter of a second to one: on runs that have to be trained anyway, one after the other,
 * and once there are none on a small run like the one that is given. What is timed are the longest of them, in which most of a
 * plan's time goes.
 *
 * @param runs of the same data set, none much longer than a trial, the shortest first
 */
export function measureRate(
  run: TrialRun,
  runs: readonly RunSpec[] = [],
  nowMs: () => number = () => performance.now(),
): Tried {
  const trial = trialRun(run);
  const waiting = [...runs];
  const results: RunResult[] = [];
  const operationsOfOne = (spec: RunSpec | undefined): number => {
    if (spec === undefined) return operationsOf(trained(trial), trial.dataset.samples);
    const result = trained({ spec, dataset: run.dataset });
    results.push(result);
    return operationsOf(result, run.dataset.samples);
  };
  const perSecond = (forMs: number, next: () => RunSpec | undefined): number => {
    const startedMs = nowMs();
    for (let done = operationsOfOne(next()); ; done += operationsOfOne(next())) {
      const elapsedMs = nowMs() - startedMs;
      if (elapsedMs >= forMs) return (1000 * done) / elapsedMs;
    }
  };
  perSecond(WARM_UP_MS[run.spec.engine.name] ?? GRAPHS_WARM_UP_MS, () => waiting.shift());
  const rates = Array.from({ length: TRIALS }, () => perSecond(TRIAL_MS, () => takeWidest(waiting)));
  return { rate: Math.max(...rates), results };
}

/** Of those at the end of the list, the first. */
function takeWidest(waiting: RunSpec[]): RunSpec | undefined {
  const widest = waiting.at(-1)?.net.width;
  return waiting.splice(
    waiting.findIndex(({ net }) => net.width === widest),
    1,
  )[0];
}

/** Of whole runs: their beginning takes longer than a step. */
function trained({ spec, dataset }: { readonly spec: RunSpec; readonly dataset: Dataset }): RunResult {
  const run = train(spec, dataset, requireEngine(spec.engine.name));
  for (;;) {
    const { done, value } = run.next();
    if (done) return value;
  }
}

/** Of a run that diverged those of the steps that it took. */
function operationsOf({ spec, divergedAt }: RunResult, samples: number): number {
  const { flops } = costEstimate([{ hash: '', spec }], samples);
  return divergedAt === null ? flops : (flops * (divergedAt + 1)) / (spec.steps + 1);
}
