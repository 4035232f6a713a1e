import type { Experiment, PlannedRun, RunResult, RunSetting } from '@widthwise/core';
import type { PreparedExperiment } from './prepared.ts';
import type { ExecutionOutcome } from './stages.ts';

/** By the clock, what an experiment may take. */
export interface TimeBudget {
  readonly seconds: number;
  /** When it ends, on the clock of `performance.now()`. */
  readonly untilMs: number;
}

export function secondsLeftOf({ untilMs }: TimeBudget): number {
  return Math.max(0, untilMs - performance.now()) / 1000;
}

/**
 * What a time budget has left of an experiment that it ended: the first seeds, those of which every run has ended. That is
 * the experiment of fewer seeds, which were not chosen by what they show. Null where not even one has.
 */
export function cutExperiment<Params, Request extends RunSetting, Report>(
  { refine, reduce }: Experiment<Params, Request, Report>,
  prepared: PreparedExperiment<Request, Report>,
  { outcome, budget }: { readonly outcome: ExecutionOutcome; readonly budget: TimeBudget },
): PreparedExperiment<Request, Report> | null {
  const { results } = outcome;
  const { seeds: seedsAsked } = prepared.request;
  const seeds = wholeSeeds(prepared.plan, results);
  if (seeds === 0) return null;
  const own = (runs: readonly PlannedRun[]): readonly PlannedRun[] => runs.filter(({ seed }) => seed < seeds);
  const whole = { ...prepared.request, seeds };
  const left = refine?.(whole, { plan: own(outcome.plan), results, complete: true }) ?? [];
  const cut = { timeBudget: budget.seconds, seedsAsked, endedSearch: left.length > 0 };
  const request = { ...whole, cut };
  return {
    ...prepared,
    request,
    plan: own(prepared.plan),
    reduce: ({ plan = prepared.plan, ...ended }) => reduce(request, { ...ended, plan: own(plan) }),
  };
}

/** How many seeds, from 0 on, have every planned run behind them. */
function wholeSeeds(plan: readonly PlannedRun[], results: ReadonlyMap<string, RunResult>): number {
  const missing = plan.filter(({ hash }) => !results.has(hash)).map(({ seed }) => seed);
  return missing.length === 0 ? new Set(plan.map(({ seed }) => seed)).size : Math.min(...missing);
}
