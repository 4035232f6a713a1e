import type { Execution } from '../lab/experiments/execute.ts';
import type { PreparedExperiment } from '../lab/experiments/prepared.ts';
import type { ExecutionOutcome } from '../lab/experiments/stages.ts';
import { secondsLeftOf, type TimeBudget } from '../lab/experiments/time-budget.ts';
import type { PlanEvents } from '../lab/runs/plan-events.ts';
import type { CommandIo } from './command.ts';
import { noteOn } from './terminal/note.ts';
import { ProgressLine } from './terminal/progress-line.ts';
import type { Terminal } from './terminal/terminal.ts';

const REDRAW_MS = 250;

/** Node's timers go no further, 24 days: a longer budget ends nothing. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Runs an experiment and follows it on standard error. */
export async function followExecution(
  { plan: first, labels }: PreparedExperiment,
  execution: Execution,
  {
    io,
    terminal,
    budget,
  }: { readonly io: CommandIo; readonly terminal: Terminal; readonly budget: TimeBudget | null },
): Promise<ExecutionOutcome> {
  const plan = [...first];
  const { meter } = execution;
  const line = new ProgressLine(io, terminal.plain);
  let done = 0;
  let current = 'starting';
  const draw = (): void =>
    line.update(() => ({
      done,
      total: plan.length,
      share: meter.share(),
      current,
      secondsLeft: Math.min(
        meter.secondsLeft(),
        budget === null ? Number.POSITIVE_INFINITY : secondsLeftOf(budget),
      ),
    }));
  const events: PlanEvents = {
    planned: (runs) => void plan.push(...runs),
    started: (index) => {
      const { parametrization, width, seed } = plan[index]!;
      current = `${labels[parametrization]} ${width} seed ${seed}`;
    },
    ended: () => void done++,
    noted: noteOn(io, terminal),
  };
  const { signal: interrupted } = io.interruption;
  const signal =
    budget === null
      ? interrupted
      : AbortSignal.any([
          interrupted,
          AbortSignal.timeout(Math.min(LONGEST_TIMER_MS, Math.floor(1000 * secondsLeftOf(budget)))),
        ]);
  const redraw = setInterval(draw, REDRAW_MS);
  draw();
  try {
    return await io.interruption.during(() => execution.run(signal, events));
  } finally {
    clearInterval(redraw);
    line.clear();
  }
}
