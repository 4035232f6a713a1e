import { costEstimate, type PlannedRun } from '@widthwise/core';

type Planned = Pick<PlannedRun, 'hash' | 'spec'>;

/** The runs that no thread has taken yet. */
export interface WaitingRuns {
  readonly size: number;
  /** Takes the next run: of those that are as long, the first that is wanted, where there is one. */
  take(isWanted?: (run: Planned) => boolean): Planned | undefined;
}

/** By their length alone, or one seed after the other, so that there are whole ones whenever it ends. */
export type Precedence = 'longest' | 'seeds';

/** Longest first: what is begun last is short, and no thread waits long for another. */
export function waitingRuns(
  runs: readonly Planned[],
  samples: number,
  precedence: Precedence = 'longest',
): WaitingRuns {
  const { runs: costs } = costEstimate(runs, samples);
  const group = ({ spec }: Planned): number => (precedence === 'seeds' ? spec.seed : 0);
  const waiting = runs
    .map((run, at) => ({ run, flops: costs[at]!.flops }))
    .sort((one, other) => group(one.run) - group(other.run) || other.flops - one.flops);
  return {
    get size() {
      return waiting.length;
    },
    take(isWanted = () => true) {
      const [first] = waiting;
      if (first === undefined) return undefined;
      const isAsLong = (at: number): boolean =>
        waiting[at]?.flops === first.flops && group(waiting[at]!.run) === group(first.run);
      let at = 0;
      while (isAsLong(at) && !isWanted(waiting[at]!.run)) at++;
      return waiting.splice(isAsLong(at) ? at : 0, 1)[0]?.run;
    },
  };
}
