import { type PlannedRun, train } from '@widthwise/core';
import { requireEngine } from '../runs/engines.ts';
import type { PreparedComparison } from './prepared-comparison.ts';

/** The first steps are slower by half: Node has yet to compile them. */
const WARM_UP_MS = 80;
const TRIAL_MS = 80;
const TRIAL_WIDTH = 256;

/**
 * Floating-point operations a second of one thread here, tried for a sixth of a second on one of the plan's own runs:
 * the widest up to 256, or the narrowest.
 */
export function measureRate(prepared: PreparedComparison): number {
  const { plan, cost } = prepared;
  let index = 0;
  for (const [i, { width }] of plan.entries()) {
    if (width <= TRIAL_WIDTH && width > plan[index]!.width) index = i;
  }
  const { spec } = plan[index]!;
  stepsPerSecond(prepared, spec, WARM_UP_MS);
  return (cost.runs[index]!.flops / (spec.steps + 1)) * stepsPerSecond(prepared, spec, TRIAL_MS);
}

function stepsPerSecond({ request }: PreparedComparison, spec: PlannedRun['spec'], forMs: number): number {
  const startedMs = performance.now();
  let steps = 0;
  for (;;) {
    for (const _ of train(spec, request.dataset, requireEngine(request.engine.name))) {
      steps++;
      const elapsedMs = performance.now() - startedMs;
      if (elapsedMs >= forMs) return (1000 * steps) / elapsedMs;
    }
  }
}
