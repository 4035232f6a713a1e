import process from 'node:process';
import { type Probed, type ProbeQuestion, runProbe } from '../../built/run-probe.ts';
import type { CommandIo } from '../command.ts';
import { noteOn } from '../terminal/note.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import { terminalOf } from '../terminal/terminal.ts';
import type { FactoryRequest } from './factory-request.ts';
import { ProbeProgress } from './probe-progress.ts';

const REDRAW_MS = 250;

/** What a coordinate check has measured when it asks whether it goes on. */
export interface MeasuredSoFar extends Pick<ProbeProgress, 'widths' | 'runs'> {
  /** Until it is ended. */
  readonly secondsLeft: number;
}

/** The seeds that have ended, and to how many it goes on; null where it ends. */
export type MoreSeeds = readonly [from: number, to: number] | null;

/**
 * Builds what a factory makes, and trains it where that is asked; follows it on standard error.
 *
 * @param more of a coordinate check that may go on
 */
export async function followProbe(
  request: Omit<FactoryRequest, 'factory'> & Partial<Pick<FactoryRequest, 'factory'>>,
  question: ProbeQuestion,
  io: CommandIo,
  more: (measured: MeasuredSoFar) => MoreSeeds = () => null,
): Promise<Probed> {
  const line = new ProgressLine(io, terminalOf(io).plain);
  const progress = new ProbeProgress(request.widths, question);
  const beganMs = performance.now();
  const draw = (): void => line.update(() => progress.state);
  const redraw = setInterval(draw, REDRAW_MS);
  draw();
  try {
    return await runProbe({
      factory: '',
      ...request,
      question,
      cwd: io.cwd,
      signal: io.interruption.signal,
      heard: (record) => {
        progress.hear(record);
        const { done, total, share } = progress.state;
        // Whoever forked this process, as an editor does, follows it.
        process.send?.({ done, total, share });
      },
      next: () => {
        const { widths, runs } = progress;
        const secondsLeft = request.seconds - (performance.now() - beganMs) / 1000;
        const seeds = more({ widths, runs, secondsLeft });
        if (seeds === null) return null;
        progress.goOn(...seeds);
        return seeds[1];
      },
    });
  } finally {
    clearInterval(redraw);
    line.clear();
    if (io.interruption.signal.aborted)
      noteOn(io, terminalOf(io))('stopped: nothing is kept, and the same command starts over');
  }
}
