import { train } from '@widthwise/core';
import { requireEngine } from '../runs/engines.ts';
import type { PreparedComparison } from './prepared-comparison.ts';

const TRIAL_MS = 100;
const TRIAL_WIDTH = 256;

/**
 * Floating-point operations a second of one thread here, tried for a tenth of a second on one of the plan's own runs:
 * the widest up to 256, or the narrowest.
 */
export function measureRate({ plan, cost, request }: PreparedComparison): number {
  let index = 0;
  for (const [i, { width }] of plan.entries()) {
    if (width <= TRIAL_WIDTH && width > plan[index]!.width) index = i;
  }
  const { spec } = plan[index]!;
  const run = train(spec, request.dataset, requireEngine(request.engine.name));
  const startedMs = performance.now();
  let steps = 0;
  while (performance.now() - startedMs < TRIAL_MS && !run.next().done) steps++;
  const seconds = (performance.now() - startedMs) / 1000;
  return (cost.runs[index]!.flops * Math.max(1, steps)) / (spec.steps + 1) / seconds;
}
