import type { PreparedComparison } from '../../lab/experiments/prepared-comparison.ts';
import { executePlan } from '../../lab/runs/executor.ts';
import type { PlanEvents, PlanOutcome } from '../../lab/runs/plan-events.ts';
import { WorkMeter } from '../../lab/runs/work-meter.ts';
import type { Store } from '../../lab/store/store.ts';
import type { CommandIo } from '../command.ts';
import { noteOn } from '../terminal/note.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import type { Terminal } from '../terminal/terminal.ts';

const REDRAW_MS = 250;

export interface ExecutionChoice {
  readonly store: Store;
  readonly fresh: boolean;
  readonly workers: number;
  /** Operations a second of all workers together. */
  readonly rate: number;
  /** Hashes of the runs that the store does not have. */
  readonly missing: ReadonlySet<string>;
}

/** Runs a prepared comparison and follows it on standard error. */
export async function runWithProgress(
  { plan, cost, labels, request }: PreparedComparison,
  choice: ExecutionChoice,
  io: CommandIo,
  terminal: Terminal,
): Promise<PlanOutcome> {
  const meter = new WorkMeter(
    cost.runs.map(({ flops }) => flops),
    choice.rate,
  );
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
    started: (index) => {
      const { parametrization, width, seed } = plan[index]!;
      current = `${labels[parametrization]} ${width} seed ${seed}`;
    },
    advanced: (index, records) => meter.reach(index, records.at(-1)!.step / (request.steps + 1)),
    ended: (index, _, origin) => {
      done++;
      meter.reach(index, 1, origin);
    },
    failed: (index) => meter.reach(index, 1),
    noted: noteOn(io, terminal),
  };
  const redraw = setInterval(draw, REDRAW_MS);
  draw();
  try {
    const { store, fresh, workers } = choice;
    return await executePlan(plan, {
      dataset: request.dataset,
      store,
      fresh,
      workers,
      signal: io.signal,
      events,
    });
  } finally {
    clearInterval(redraw);
    line.clear();
  }
}
