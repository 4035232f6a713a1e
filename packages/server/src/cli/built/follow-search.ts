import process from 'node:process';
import { valueText } from '@widthwise/figures';
import type { RateRecord } from '../../built/rates/rate-record.ts';
import type { RateSearch } from '../../built/rates/rate-search.ts';
import { whyTooLong } from '../../built/rates/whole-seconds.ts';
import { type Probed, runProbe } from '../../built/run-probe.ts';
import type { CommandIo } from '../command.ts';
import { noteOn } from '../terminal/note.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import { terminalOf } from '../terminal/terminal.ts';
import type { FactoryRequest } from './factory-request.ts';

const REDRAW_MS = 250;

/** What came of a search for the best rates. */
export interface Searched {
  readonly probed: Probed;
  readonly ending: 'whole' | 'cut' | 'stopped';
  readonly records: readonly RateRecord[];
}

type Ask = (left: Pick<FactoryRequest, 'widths' | 'seconds'>) => Promise<Probed>;

/** Asks again without the width at which a process ended, as long as there are others and time: what it did for them stays. */
async function askAll(
  ask: Ask,
  left: Pick<FactoryRequest, 'widths' | 'seconds'>,
  by: { readonly search: RateSearch; readonly signal: AbortSignal },
): Promise<Probed> {
  const startedMs = performance.now();
  const probed = await ask(left);
  const width = widthThatEnds(probed);
  if (width === undefined || by.signal.aborted) return probed;
  by.search.leaveOut(width);
  const widths = left.widths.filter((one) => one !== width);
  const seconds = left.seconds - (performance.now() - startedMs) / 1000;
  if (widths.length < 2 || seconds <= 0) return probed;
  const others = await askAll(ask, { widths, seconds }, by);
  return { ...others, failures: [...probed.failures, ...others.failures] };
}

/** A run that raises an error is another matter. */
function widthThatEnds({ failures }: Probed): number | undefined {
  return failures.find(({ stage }) => stage === 'width' || stage === 'memory')?.width;
}

/** Trains what a search asks for until it has found, its time is over or somebody stops it; what has ended stays. */
export async function followSearch(
  request: FactoryRequest & { readonly seeds: number; readonly steps: number; readonly timeBudget: number },
  search: RateSearch,
  io: CommandIo,
): Promise<Searched> {
  const line = new ProgressLine(io, terminalOf(io).plain);
  const { signal } = io.interruption;
  const records: RateRecord[] = [];
  let current = 'importing libraries';
  let beganMs: number | null = null;
  let isCut = false;
  let isTold = false;
  const spentSeconds = (): number => (beganMs === null ? 0 : (performance.now() - beganMs) / 1000);
  const state = () => {
    const done = records.length;
    const total = done + search.left + 1;
    return { done, total, share: spentSeconds() / request.timeBudget, current, secondsLeft: null };
  };
  const redraw = setInterval(() => line.update(state), REDRAW_MS);
  line.update(state);
  try {
    const ask: Ask = (left) =>
      runProbe({
        ...request,
        ...left,
        question: { asks: 'rates', steps: request.steps },
        cwd: io.cwd,
        signal,
        heard: (record) => {
          if (record.event === 'rate') {
            search.heard(record);
            records.push(record);
            const why = isTold ? null : whyTooLong(records, request);
            if (why !== null) {
              isTold = true;
              line.clear();
              noteOn(io, terminalOf(io))(why);
            }
            const { done, total, share } = state();
            // Whoever forked this process, as an editor does, follows it.
            process.send?.({ done, total, share });
          }
          if (record.event === 'failed' && record.width !== undefined) search.leaveOut(record.width);
        },
        next: () => {
          beganMs ??= performance.now();
          const run = search.next();
          isCut = run !== null && records.length > 0 && spentSeconds() > request.timeBudget;
          if (run === null || isCut) return null;
          current = `width ${run[0]} rate factor ${valueText(run[2])}`;
          return run;
        },
      });
    const probed = await askAll(ask, request, { search, signal });
    const isStopped = signal.aborted || probed.failures.some(({ width }) => width === undefined);
    return { probed, ending: isStopped ? 'stopped' : isCut ? 'cut' : 'whole', records };
  } finally {
    clearInterval(redraw);
    line.clear();
  }
}
