import type { BuiltCheck } from './built-check.ts';
import type { RunRecord } from './run-record.ts';

/** A check of more seeds is somebody's choice: with so many, nine right transformers in ten are decided, with five one in two. */
export const MOST_SEEDS = 10;

/** Runs take as long as those before them, or a little longer. */
const SHARE_OF_TIME = 0.8;

/**
 * How many seeds, in all, a check goes on to: those that would decide it, as far as they are allowed and there is time.
 *
 * @param secondsLeft until the check is ended
 * @returns null where seeds do not decide what is open, or there are none to be had
 */
export function seedsToGoOnTo(
  {
    verdict,
    reasons,
    seeds,
    runs,
  }: Pick<BuiltCheck, 'verdict' | 'reasons' | 'seeds'> & { readonly runs: Timed },
  { most, secondsLeft }: { readonly most: number; readonly secondsLeft: number },
): number | null {
  const each = reasons.map((reason) => ('by' in reason && reason.by?.kind === 'seeds' ? reason.by.seeds : 0));
  if (verdict !== 'undecided' || each.length === 0 || each.includes(0)) return null;
  const affordable = seeds + Math.floor((SHARE_OF_TIME * secondsLeft) / secondsOfSeed(runs, seeds));
  const wanted = Math.min(Math.max(...each), most, affordable);
  return wanted > seeds ? wanted : null;
}

type Timed = readonly Pick<RunRecord, 'seconds'>[];

/** What one seed takes at all widths. */
function secondsOfSeed(runs: Timed, seeds: number): number {
  return runs.reduce((sum, { seconds }) => sum + seconds, 0) / seeds;
}
