import type { RunSpec } from './run-spec.ts';

/** Factors take less than entries while rows of both are few beside the sides of a weight. */
const ROWS_PER_SIDE = 1 / 4;
/** Below, a weight costs little, with all its entries and in any precision. */
const WIDE = 512;

/**
 * The rank up to which all updates of a weight are worth keeping in factors, W_T − W_0 = LᵀR with a row of each per step and
 * sample: T · samples. Those of gradients have it, with momentum too, and a run that looks at nothing but coordinates does not
 * want the entries.
 *
 * @param fans of the weight
 * @returns 0 where all entries are kept: of other runs and rules, of small weights, and where the rank is large
 */
export function updateRank(
  { steps, batch, optimizer, probe }: Pick<RunSpec, 'steps' | 'batch' | 'optimizer' | 'probe'>,
  samples: number,
  { fanIn, fanOut }: { readonly fanIn: number; readonly fanOut: number },
): number {
  const rank = steps * samples;
  const side = Math.min(fanIn, fanOut);
  const isWide = side >= WIDE && rank <= ROWS_PER_SIDE * side;
  const hasRank = optimizer.kind !== 'adam' && batch === undefined;
  return probe.measures === 'coordinates' && isWide && hasRank ? rank : 0;
}

/**
 * Whether a run that looks at nothing but coordinates reads them off the pass that trains, as float32 has them: of wide
 * networks, where that pass has all samples.
 */
export function readsTraining({ net, batch, probe }: Pick<RunSpec, 'net' | 'batch' | 'probe'>): boolean {
  return probe.measures === 'coordinates' && net.width >= WIDE && batch === undefined;
}
