import { costEstimate, train } from '@widthwise/core';
import { requireEngine } from '../engines/engines.ts';
import { type PlannedWork, type TrialRun, trialRun } from './trial-run.ts';

/** The first steps are slower by half: Node has yet to compile them. */
const WARM_UP_MS = 80;
const TRIAL_MS = 80;

/** Floating-point operations a second of one thread here, tried for a sixth of a second on a small run like the plan's. */
export function measureRate(work: PlannedWork): number {
  const trial = trialRun(work);
  const { flops } = costEstimate([trial.run], trial.dataset.samples);
  stepsPerSecond(trial, WARM_UP_MS);
  return (flops / (trial.run.spec.steps + 1)) * stepsPerSecond(trial, TRIAL_MS);
}

function stepsPerSecond({ run: { spec }, dataset }: TrialRun, forMs: number): number {
  const engine = requireEngine(spec.engine.name);
  const startedMs = performance.now();
  let steps = 0;
  for (;;) {
    for (const _ of train(spec, dataset, engine)) {
      steps++;
      const elapsedMs = performance.now() - startedMs;
      if (elapsedMs >= forMs) return (1000 * steps) / elapsedMs;
    }
  }
}
