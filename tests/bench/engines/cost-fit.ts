/** What a run took, in nanoseconds, and its work: how many units of each kind. */
export interface Timed {
  readonly work: readonly number[];
  readonly nanoseconds: number;
}

const SWEEPS = 2000;
/** A kind that no run tells of stays at a third of the most that it can be. */
const START = 1 / 3;
const PRIOR_WEIGHT = 0.02;

/**
 * Nanoseconds a unit of each kind, all above 0: of least Σ log²(predicted / measured), so that a forecast of half counts like
 * one of twice, with a little weight on where it begins. One kind after the other, by Gauss and Newton, in logarithms.
 *
 * @param known a kind whose pace is not fitted
 */
export function fittedPaces(
  runs: readonly Timed[],
  known: { readonly kind: number; readonly pace: number },
): readonly number[] {
  const [{ work: kinds }] = runs as readonly [Timed, ...Timed[]];
  const starts = kinds.map((_, kind) => Math.log(START * mostOf(runs, kind)));
  const logs = starts.with(known.kind, Math.log(known.pace));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const kind of kinds.keys()) {
      if (kind === known.kind) continue;
      const pace = Math.exp(logs[kind] ?? 0);
      let slope = PRIOR_WEIGHT * ((logs[kind] ?? 0) - (starts[kind] ?? 0));
      let curvature = PRIOR_WEIGHT;
      for (const run of runs) {
        const predicted = predictedOf(run, logs.map(Math.exp));
        const share = ((run.work[kind] ?? 0) * pace) / predicted;
        slope += share * Math.log(predicted / run.nanoseconds);
        curvature += share * share;
      }
      logs[kind] = (logs[kind] ?? 0) - Math.max(-1, Math.min(1, slope / curvature));
    }
  }
  return logs.map(Math.exp);
}

export function predictedOf({ work }: Timed, paces: readonly number[]): number {
  return work.reduce((sum, count, kind) => sum + count * (paces[kind] ?? 0), 0);
}

/** What a unit would take if no other kind took anything. */
function mostOf(runs: readonly Timed[], kind: number): number {
  const each = runs.filter(({ work }) => (work[kind] ?? 0) > 0);
  return Math.min(...each.map(({ work, nanoseconds }) => nanoseconds / (work[kind] ?? 1)));
}
