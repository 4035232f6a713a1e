import process from 'node:process';
import { costEstimate, train } from '@widthwise/core';
// @boundaries-ignore what is measured is how a command forecasts, without the command's other threads
import { requireEngine } from '../../../packages/server/src/lab/engines/engines.ts';
// @boundaries-ignore what is measured is how a command forecasts, without the command's other threads
import { prepareExperiment } from '../../../packages/server/src/lab/experiments/prepare.ts';
// @boundaries-ignore what is measured is how a command forecasts, without the command's other threads
import { measureRate } from '../../../packages/server/src/lab/runs/measure-rate.ts';
// @boundaries-ignore what is measured is how a command forecasts, without the command's other threads
import { runsOfTrial } from '../../../packages/server/src/lab/runs/trial-run.ts';
import type { Plan, PlanEngine, Told } from './plan-list.ts';

/** The fewest that every experiment takes. */
const SEEDS = 2;
/** Trials of a machine with other work differ. */
const TRIALS = 3;

/** A plan of two seeds on this thread, foretold and taken in the processor's own time. */
export async function toldAlone({ experiment, asked }: Plan, engine: PlanEngine): Promise<Told> {
  const params = { ...asked, engine, seeds: SEEDS };
  // SAFETY: every experiment has the fields that its plan asks for.
  const { plan, dataset } = await prepareExperiment(experiment as never, params as never, {
    cwd: process.cwd(),
  });
  const runs = [...new Map(plan.map((run) => [run.hash, run])).values()];
  const { spec } = plan.at(-1) ?? runs[0] ?? unplanned();
  const tried = runsOfTrial(runs, { spec, dataset }).map((run) => run.spec);
  const rates = Array.from({ length: TRIALS }, () => measureRate({ spec, dataset }, tried, processorMs).rate);
  const rate = rates.sort((one, other) => one - other)[Math.floor(TRIALS / 2)] ?? 0;
  const begunMs = processorMs();
  for (const run of runs) for (const _ of train(run.spec, dataset, requireEngine(engine)));
  const taken = (processorMs() - begunMs) / 1000;
  return { foretold: costEstimate(runs, dataset.samples).flops / rate, taken };
}

function unplanned(): never {
  throw new TypeError('toldAlone: expected a plan with runs, got none');
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
