import process from 'node:process';
import { type Probed, type ProbeQuestion, runProbe } from '../../built/run-probe.ts';
import type { CommandIo } from '../command.ts';
import { noteOn } from '../terminal/note.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import { terminalOf } from '../terminal/terminal.ts';
import type { FactoryRequest } from './factory-request.ts';

const REDRAW_MS = 250;

/** Builds what a factory makes, and trains it where that is asked; follows it on standard error. */
export async function followProbe(
  request: Omit<FactoryRequest, 'factory'> & Partial<Pick<FactoryRequest, 'factory'>>,
  question: ProbeQuestion,
  io: CommandIo,
): Promise<Probed> {
  const line = new ProgressLine(io, terminalOf(io).plain);
  const { widths } = request;
  const seeds = question.asks === 'coordinates' ? question.seeds : 1;
  const isOfDepths = question.asks === 'coordinates' && question.at !== undefined;
  const total = Math.max(1, widths.length * seeds);
  let [done, current] = [0, 'importing libraries'];
  const draw = (): void =>
    line.update(() => ({ done, total, share: done / total, current, secondsLeft: null }));
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
        if (record.event === (question.asks === 'coordinates' ? 'run' : 'width')) done++;
        const at = Math.floor(done / seeds);
        // Whoever forked this process, as an editor does, follows it.
        process.send?.({ done, total });
        current =
          widths.length === 0
            ? 'trying what runs'
            : `${isOfDepths ? 'depth' : 'width'} ${widths[at] ?? widths.at(-1)}`;
      },
    });
  } finally {
    clearInterval(redraw);
    line.clear();
    if (io.interruption.signal.aborted)
      noteOn(io, terminalOf(io))('stopped: nothing is kept, and the same command starts over');
  }
}
