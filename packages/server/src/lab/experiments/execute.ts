import { LONE_ENGINE_NAMES, type PlannedRun } from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';
import { busySeconds } from '../runs/busy-seconds.ts';
import { defaultWorkers, executePlan } from '../runs/executor.ts';
import type { Tried } from '../runs/measure-rate.ts';
import { workersThatFit } from '../runs/memory.ts';
import type { PlanEvents } from '../runs/plan-events.ts';
import { ThreadPool } from '../runs/thread-pool.ts';
import { runsOfTrial } from '../runs/trial-run.ts';
import type { Precedence } from '../runs/waiting-runs.ts';
import { WorkMeter } from '../runs/work-meter.ts';
import type { Store } from '../store/store.ts';
import type { PreparedExperiment } from './prepared.ts';
import { type ExecutionOutcome, runStages } from './stages.ts';
import { secondsLeftOf, type TimeBudget } from './time-budget.ts';

/** How an experiment is to be run. */
export interface ExecutionOptions {
  readonly store: Store;
  /** Computes again what the store has. */
  readonly fresh?: boolean;
  /** Threads at most; by default one a processor, at most four. */
  readonly workers?: number;
  /** How many of them may work now; asked before each run. */
  readonly share?: () => number;
  /** With one, seeds are trained one after the other. */
  readonly budget?: TimeBudget | null;
}

/** An experiment about to run: what it will take, how far it is, and the running itself. */
export interface Execution {
  /** How many cells of the plan the store has. */
  readonly stored: number;
  /** As many as fit in memory and have something to do. */
  readonly workers: number;
  /** How long the rest of what is planned so far will take, before any of it is run. */
  readonly seconds: number;
  readonly meter: WorkMeter;
  /** Runs the plan, once; aborting stops every run between two steps and keeps what was finished. */
  run(signal: AbortSignal, events: PlanEvents): Promise<ExecutionOutcome>;
}

/**
 * Looks at what the store has, what fits in memory and how fast this machine is, for which small runs of the plan are trained.
 *
 * @throws InputError for a time budget that is too short for one seed
 */
export async function openExecution(
  prepared: PreparedExperiment,
  { store, fresh = false, workers: asked = defaultWorkers(), share, budget = null }: ExecutionOptions,
): Promise<Execution> {
  const { plan, cost, dataset } = prepared;
  const there = new Set(fresh ? [] : await store.list());
  const missing = plan.flatMap(({ hash }, index) => (there.has(hash) ? [] : [{ hash, index }]));
  const runs = new Set(missing.map(({ hash }) => hash)).size;
  const isLone = LONE_ENGINE_NAMES.includes(plan[0]?.spec.engine.name ?? '');
  const most = isLone ? 1 : workersThatFit(asked, cost.peakBytes);
  const workers = Math.max(1, Math.min(most, runs));
  // A search that plans more on its way goes on with the threads that it has.
  const pool = new ThreadPool(dataset);
  const { rate, results: tried } =
    runs === 0 ? NOTHING_TO_TRY : await triedOn(pool, { prepared, missing, workers });
  const done = new Set(tried.map(({ hash }) => hash));
  const left = missing.filter(({ hash }) => !done.has(hash));
  const secondsOf = (runs: typeof missing): number =>
    busySeconds(
      runs.map(({ index }) => cost.runs[index]!.flops),
      { rate, workers },
    ) +
    (KEEPING_SECONDS * runs.length) / workers;
  const firstSeed = left.filter(({ index }) => plan[index]!.seed === 0);
  if (budget !== null && isTooShort(budget, secondsOf(firstSeed))) {
    await pool.close();
    throw tooShort(budget, secondsOf(firstSeed));
  }
  const meter = new WorkMeter(
    cost.runs.map((run) => run.flops),
    rate,
  );
  for (const { hash, index } of missing) if (done.has(hash)) meter.reach(index, 1, 'store');
  return {
    stored: plan.length - missing.length,
    workers,
    seconds: secondsOf(left),
    meter,
    run: async (signal, events) => {
      const precedence: Precedence = budget === null ? 'longest' : 'seeds';
      const options = {
        dataset,
        store,
        fresh,
        workers,
        signal,
        pool,
        precedence,
        tried,
        ...(share && { share }),
      };
      try {
        return await runStages(prepared, meter, {
          runPart: (part, partEvents) => executePlan(part, { ...options, events: partEvents }),
          events: metered(plan, meter, events),
        });
      } finally {
        await pool.close();
      }
    },
  };
}

const NOTHING_TO_TRY: Tried = { rate: Number.POSITIVE_INFINITY, results: [] };

/** How fast the threads are, tried on runs of the plan where it has small ones, those of the first seeds first. */
function triedOn(
  pool: ThreadPool,
  {
    prepared: { plan, dataset },
    missing,
    workers,
  }: {
    readonly prepared: Pick<PreparedExperiment, 'plan' | 'dataset'>;
    readonly missing: readonly { readonly hash: string; readonly index: number }[];
    readonly workers: number;
  },
): Promise<Tried> {
  const { spec } = plan.at(-1)!;
  const runs = [...new Map(missing.map(({ hash, index }) => [hash, plan[index]!])).values()];
  const small = runsOfTrial(runs, { spec, dataset }).map((run) => run.spec);
  return pool.try(spec, small, workers);
}

/** Of the main thread for a result's message, digest and file, which the processors that train do beside it. */
const KEEPING_SECONDS = 0.0022;

/** What is foretold should be within a quarter of what it takes, on a machine with nothing else to do. */
const FORECAST_ERROR = 0.25;

function isTooShort(budget: TimeBudget, secondsOfOneSeed: number): boolean {
  return secondsOfOneSeed > (1 + FORECAST_ERROR) * secondsLeftOf(budget);
}

function tooShort(budget: TimeBudget, secondsOfOneSeed: number): InputError {
  const left = secondsLeftOf(budget).toFixed(1);
  return new InputError(
    'time-budget',
    `${budget.seconds} s are too few: one seed of every width takes about ${Math.ceil(secondsOfOneSeed)} s here, and ${left} s are left`,
  );
}

/** The same events, each of which moves the meter first. */
function metered(first: readonly PlannedRun[], meter: WorkMeter, events: PlanEvents): PlanEvents {
  const plan = [...first];
  return {
    planned: (runs) => {
      plan.push(...runs);
      events.planned?.(runs);
    },
    started: (index) => events.started?.(index),
    advanced: (index, records) => {
      meter.reach(index, records.at(-1)!.step / (plan[index]!.spec.steps + 1));
      events.advanced?.(index, records);
    },
    ended: (index, result, origin) => {
      meter.reach(index, 1, origin);
      events.ended?.(index, result, origin);
    },
    failed: (index, failure) => {
      meter.reach(index, 1);
      events.failed?.(index, failure);
    },
    noted: (sentence) => events.noted?.(sentence),
  };
}
