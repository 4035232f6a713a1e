import type { CompareParams } from './compare-params.ts';

/** The numbers of the demo: what `widthwise compare` trains when nothing is said. */
export const COMPARE_DEFAULTS: Required<Omit<CompareParams, 'probe'>> = {
  data: 'digits',
  dataSeed: 0,
  widths: [128, 256, 512, 1024],
  parametrizations: ['sp-constant', 'sp', 'ntp', 'ip', 'mup'],
  depth: 3,
  activation: 'tanh',
  steps: 10,
  learningRate: 1,
  seeds: 5,
  baseWidth: 1,
  loss: 'half-square',
  reduction: 'mean',
  engine: 'auto',
};

/** Samples watched unless told: λ_min is biased where they are more than a sixteenth of the width. */
export function defaultProbe(samples: number, smallestWidth: number): number {
  return Math.max(1, Math.min(8, samples, mostProbed(smallestWidth)));
}

/** @see docs/math.md, Marchenko–Pastur: with P samples at width n, λ_min is biased down by (1 − √(P/n))² */
export function mostProbed(width: number): number {
  return Math.max(1, Math.floor(width / 16));
}
