import type { Series } from '../../run/run-result.ts';
import type { Evidence } from './evidence.ts';
import type { ComparisonRow } from './report.ts';

/**
 * Whether rounding is all that moved of the probe at the smallest width.
 *
 *     ‖h_T − h_0‖_F / ‖h_0‖_F < √(4 · max(n, P) · ε) in every layer
 */
export function nothingMoved(evidence: Evidence): boolean {
  const { rows, floor } = narrowest(evidence);
  const movements = rows.flatMap(({ layers }) => layers.map(({ movement }) => movement));
  return movements.length > 0 && movements.every((movement) => movement !== null && movement < floor);
}

/** Whether the loss of the training data stayed there, too: |L_T − L_0| within the same share of L_0. */
export function lossesStay(evidence: Evidence): boolean {
  const { rows, floor } = narrowest(evidence);
  return rows.every(({ loss: [first, last] }) => {
    if (first === null || last === null) return true;
    return Math.abs(last - first) <= floor * first;
  });
}

/** Of the smallest width: its rows, and the share of what is compared that rounding may be. */
function narrowest({ measured, request }: Evidence): {
  readonly rows: readonly ComparisonRow[];
  readonly floor: number;
} {
  const least = Math.min(...measured.rows.map(({ width }) => width));
  return {
    rows: measured.rows.filter(({ width }) => width === least),
    floor: Math.sqrt(4 * Math.max(least, request.probe.samples) * Number.EPSILON),
  };
}

/** Why nothing was trained, in words. Where the gradient is not measured, as beside many parametrizations, either may be. */
export function whyUntrained({ measured, request }: Evidence): string {
  const starts = measured.rows.map(({ series }) => ({
    error: startOf(series.filter(({ quantity }) => quantity === 'errorNorm')),
    gradient: startOf(series.filter(({ quantity }) => quantity === 'gradientNorm')),
  }));
  const rate = `η = ${request.learningRate} is too small`;
  if (starts.some(({ error, gradient }) => error === null || gradient === null))
    return `${rate}, or the gradient is zero at the start`;
  const rounding = request.dataset.samples * Number.EPSILON;
  return starts.every(({ error, gradient }) => gradient! <= rounding * error!)
    ? 'the gradient is zero at the start'
    : rate;
}

/** The largest at step 0; null where there is none. */
function startOf(series: readonly Series[]): number | null {
  const values = series.flatMap(({ steps, values: all }) => (steps[0] === 0 ? [all[0]] : []));
  return values.length === 0 ? null : Math.max(...values);
}
