import { costEstimate, train } from '@widthwise/core';
import { requireEngine } from '../engines/engines.ts';
import { type TrialRun, trialRun } from './trial-run.ts';

/** The first steps are slower by half: Node has yet to compile them, but for kernels that are compiled ahead. */
const WARM_UP_MS = { wasm: 120, others: 400 };
const TRIAL_MS = 120;

/** Floating-point operations a second of this thread, tried for a quarter to half a second on a small run like the one that is given. */
export function measureRate(run: TrialRun, nowMs: () => number = () => performance.now()): number {
  const trial = trialRun(run);
  const { flops } = costEstimate([{ hash: '', spec: trial.spec }], trial.dataset.samples);
  runsPerSecond(trial, trial.spec.engine.name === 'wasm' ? WARM_UP_MS.wasm : WARM_UP_MS.others, nowMs);
  return flops * runsPerSecond(trial, TRIAL_MS, nowMs);
}

/** Of whole runs: their beginning takes longer than a step. */
function runsPerSecond({ spec, dataset }: TrialRun, forMs: number, nowMs: () => number): number {
  const engine = requireEngine(spec.engine.name);
  const startedMs = nowMs();
  for (let runs = 1; ; runs++) {
    for (const _ of train(spec, dataset, engine));
    const elapsedMs = nowMs() - startedMs;
    if (elapsedMs >= forMs) return (1000 * runs) / elapsedMs;
  }
}
