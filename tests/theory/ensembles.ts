import { PARAMETRIZATIONS } from '@widthwise/core';
import { intervalOf, limitEstimate, logLogSlope, logMeans } from '@widthwise/core/theory';
import type { TheoryRow } from './row.ts';
import { after, twoSamples } from './training.ts';

const DATA = twoSamples([1, -1]);

/** (f₁ − f₂)/2 of networks of tanh at step 8, η = .3, by width and seed. */
function outputsAt(depth: number, width: number, seeds: number): readonly number[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const asked = {
      parametrization: PARAMETRIZATIONS.mup,
      width,
      depth,
      activation: 'tanh',
      steps: 8,
      learningRate: 0.3,
      seed,
    } as const;
    const { data } = after(asked, DATA).outputs;
    return (data[0] - data[1]) / 2;
  });
}

/** T8 and T9: what ensembles of networks extrapolate to, and how one network scatters around the limit. */
export function ensembleRows(): readonly TheoryRow[] {
  return [
    extrapolated({ depth: 2, limit: 0.837, error: 0.001 }),
    extrapolated({ depth: 3, limit: 0.8805, error: 0.0015 }),
    scatter(),
  ];
}

interface Limit {
  readonly depth: number;
  readonly limit: number;
  readonly error: number;
}

function extrapolated({ depth, limit, error }: Limit): TheoryRow {
  const points = [64, 128, 256].flatMap((width) =>
    outputsAt(depth, width, Math.round(64_000 / width)).map((value) => ({ width, value })),
  );
  const means = logMeans(points);
  if ('reason' in means) throw new Error(means.reason);
  const estimate = limitEstimate(means, 1)!;
  const [low, high] = intervalOf(estimate);
  return {
    id: 'T8',
    states: `tanh, L = ${depth}, f₈ as n → ∞: by an ensemble in NumPy, which dynamical mean-field theory agrees with, and here`,
    expected: `${limit} ± ${error}`,
    computed: `${estimate.value.toFixed(4)} (${low.toFixed(4)}–${high.toFixed(4)})`,
    holds: low <= limit + 2 * error && limit - 2 * error <= high,
  };
}

function scatter(): TheoryRow {
  const deviations = [64, 128, 256, 512].flatMap((width) => {
    const values = outputsAt(1, width, 400);
    // Four parts give the slope an interval.
    return [0, 1, 2, 3].map((part) => ({
      width,
      value: deviation(values.slice(part * 100, (part + 1) * 100)),
    }));
  });
  const slope = logLogSlope(deviations);
  return {
    id: 'T9',
    states: 'scatter of f₈ over seeds, tanh, L = 1, n = 64…512',
    expected: '∝ n^−0.5',
    computed: `∝ n^${slope.value!.toFixed(2)} (${slope.low!.toFixed(2)} to ${slope.high!.toFixed(2)})`,
    holds: slope.low! <= -0.5 && slope.high! >= -0.5,
  };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
