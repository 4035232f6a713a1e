import type { PlannedRun, RunResult } from '@widthwise/core';
import type { PlanEvents, PlanOutcome } from '../runs/plan-events.ts';
import type { WorkMeter } from '../runs/work-meter.ts';
import type { PreparedExperiment } from './prepared.ts';

/** What an execution has left, with all that was planned on its way. */
export interface ExecutionOutcome extends PlanOutcome {
  readonly plan: readonly PlannedRun[];
}

/** What runs a part of a plan; `index` of its events counts within the part. */
type RunPart = (part: readonly PlannedRun[], events: PlanEvents) => Promise<PlanOutcome>;

/**
 * Runs a plan, and what the experiment plans besides once it knows the results, until it plans no more. What is planned
 * twice is run once. A run that fails ends it after its part.
 */
export async function runStages(
  prepared: PreparedExperiment,
  meter: WorkMeter,
  { runPart, events }: { readonly runPart: RunPart; readonly events: PlanEvents },
): Promise<ExecutionOutcome> {
  const plan = [...prepared.plan];
  const results = new Map<string, RunResult>();
  let outcome = await runPart(prepared.plan, events);
  for (;;) {
    for (const [hash, result] of outcome.results) results.set(hash, result);
    const whole = outcome.complete && outcome.failures.length === 0;
    const next = whole ? (prepared.refine?.(plan, results) ?? []) : [];
    if (next.length === 0) return { ...outcome, results, plan };
    const from = plan.length;
    plan.push(...next);
    meter.add(prepared.costOf(next).runs.map(({ flops }) => flops));
    events.planned?.(next);
    const places: number[] = [];
    for (const [index, { hash }] of next.entries()) {
      const known = results.get(hash);
      if (known === undefined) places.push(from + index);
      else events.ended?.(from + index, known, 'store');
    }
    const before = outcome;
    outcome = await runPart(
      places.map((place) => plan[place]!),
      placed(events, places),
    );
    outcome = added(before, outcome);
  }
}

/** Events of a part, at the places that its runs have in the whole plan. */
function placed(events: PlanEvents, places: readonly number[]): PlanEvents {
  return {
    started: (index) => events.started?.(places[index]!),
    advanced: (index, records) => events.advanced?.(places[index]!, records),
    ended: (index, result, origin) => events.ended?.(places[index]!, result, origin),
    failed: (index, failure) => events.failed?.(places[index]!, failure),
    noted: (sentence) => events.noted?.(sentence),
  };
}

function added(before: PlanOutcome, next: PlanOutcome): PlanOutcome {
  return {
    ...next,
    computed: before.computed + next.computed,
    stored: before.stored + next.stored,
    unkept: before.unkept + next.unkept,
  };
}
