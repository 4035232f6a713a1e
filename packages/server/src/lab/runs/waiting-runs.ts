import { costEstimate, drawsOf, type PlannedRun } from '@widthwise/core';

type Planned = Pick<PlannedRun, 'hash' | 'spec'>;

/** The runs that no thread has taken yet. */
export interface WaitingRuns {
  readonly size: number;
  /**
   * Takes the next run for a thread: one that starts from the same draws as its last, else the longest of draws that no
   * other thread has in hand, else the longest.
   */
  take(thread: number): Planned | undefined;
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
    .map((run, at) => ({ run, draws: drawsOf(run.spec), flops: costs[at]!.flops }))
    .sort((one, other) => group(one.run) - group(other.run) || other.flops - one.flops);
  const inHand = new Map<number, string>();
  return {
    get size() {
      return waiting.length;
    },
    take(thread) {
      const own = inHand.get(thread);
      inHand.delete(thread);
      const others = new Set(inHand.values());
      const same = waiting.findIndex(({ draws }) => draws === own);
      const [first] = waiting;
      const isFree = (each: (typeof waiting)[number]): boolean =>
        !others.has(each.draws) && group(each.run) === group(first!.run);
      const free = same >= 0 ? same : waiting.findIndex(isFree);
      const [next] = waiting.splice(Math.max(0, free), 1);
      if (next !== undefined) inHand.set(thread, next.draws);
      return next?.run;
    },
  };
}
