import type { ComparisonRow } from '../comparison/report.ts';
import type { Independence, IndependenceCell } from './report.ts';
import type { ConvergenceCheckRequest } from './request.ts';

/** A λ_min below this share of its limit is that of features that are all but dependent. */
export const LOW_SHARE = 0.1;

const QUANTITIES = { preactivation: 'lambdaMinPre', activation: 'lambdaMin' } as const;

/** λ_min of every layer at every probed step beside its infinite-width value, at the widest width whose runs finished. */
export function independenceOf(
  rows: readonly ComparisonRow[],
  request: ConvergenceCheckRequest,
): Independence | null {
  const finished = rows.filter(({ state }) => state === 'finished');
  if (finished.length === 0) return null;
  const width = Math.max(...finished.map((row) => row.width));
  const own = finished.filter((row) => row.width === width);
  const cells = Array.from({ length: request.depth }, (_, index) => index + 1).flatMap((layer) =>
    (['preactivation', 'activation'] as const).flatMap((which) =>
      request.probe.steps.flatMap((step) => cellOf(own, request, { layer, which, step }) ?? []),
    ),
  );
  const judged = cells.filter((cell) => cell.judged);
  const dependent = judged.filter(({ lambdaMin }) => lambdaMin === 0);
  return {
    width,
    samples: request.probe.samples,
    state: dependent.length > 0 ? 'dependent' : 'independent',
    cells,
    worst:
      least(dependent, ({ lambdaMin }) => lambdaMin) ??
      least(
        judged.filter(({ limit }) => limit === 0),
        ({ lambdaMin }) => lambdaMin,
      ) ??
      least(
        judged.filter(({ share }) => share !== null),
        ({ share }) => share ?? 0,
      ),
  };
}

/** Whether λ_min is next to nothing: below its floor, with the limit 0, or a small share of a limit above 0. */
export function isPoor({ lambdaMin, limit, share }: IndependenceCell): boolean {
  return lambdaMin === 0 || limit === 0 || (share !== null && share < LOW_SHARE);
}

function least(
  cells: readonly IndependenceCell[],
  value: (cell: IndependenceCell) => number,
): IndependenceCell | null {
  return cells.reduce<IndependenceCell | null>(
    (worst, next) => (worst === null || value(next) < value(worst) ? next : worst),
    null,
  );
}

function cellOf(
  rows: readonly ComparisonRow[],
  { limits, dataset, probe }: ConvergenceCheckRequest,
  { layer, which, step }: Pick<IndependenceCell, 'layer' | 'which' | 'step'>,
): IndependenceCell | null {
  const values = rows.flatMap(({ series }) => {
    const own = series.find((each) => each.quantity === QUANTITIES[which] && each.layer === layer);
    const value = own?.values[own.steps.indexOf(step)];
    return value === undefined ? [] : [value];
  });
  if (values.length === 0) return null;
  const known = values.every((value) => value > 0);
  const lambdaMin = known ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
  const limit = limits[which][layer - 1] ?? null;
  // hˡ of the first layer is linear in the input: its rank is that of the inputs, whatever is trained.
  const judged = layer > 1 || which === 'activation' || (probe.samples <= dataset.inputDim && limit !== null);
  return {
    layer,
    which,
    step,
    lambdaMin,
    limit,
    share: (limit ?? 0) > 0 ? lambdaMin / limit! : null,
    judged,
  };
}
