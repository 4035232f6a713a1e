import type { Execution } from '../lab/experiments/execute.ts';
import type { PreparedExperiment } from '../lab/experiments/prepared.ts';
import type { ExecutionOutcome } from '../lab/experiments/stages.ts';
import type { PlanEvents } from '../lab/runs/plan-events.ts';
import type { CommandIo } from './command.ts';
import { noteOn } from './terminal/note.ts';
import { ProgressLine } from './terminal/progress-line.ts';
import type { Terminal } from './terminal/terminal.ts';

const REDRAW_MS = 250;

/** Runs an experiment and follows it on standard error. */
export async function followExecution(
  { plan: first, labels }: PreparedExperiment,
  execution: Execution,
  { io, terminal }: { readonly io: CommandIo; readonly terminal: Terminal },
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
      secondsLeft: meter.secondsLeft(),
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
  const redraw = setInterval(draw, REDRAW_MS);
  draw();
  try {
    return await io.interruption.during(() => execution.run(io.interruption.signal, events));
  } finally {
    clearInterval(redraw);
    line.clear();
  }
}
