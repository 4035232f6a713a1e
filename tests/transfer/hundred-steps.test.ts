import { mixtureDataset, PARAMETRIZATIONS, type ParametrizationId } from '@widthwise/core';
import { logLogSlope } from '@widthwise/core/theory';
import { slopeText } from '@widthwise/figures';
import { expect, test } from 'vitest';
import { scalingSpec, trained } from './scaling-run.ts';

const WIDTHS: readonly number[] = [128, 256, 512];
const SEEDS: readonly number[] = [0, 1];
const HUNDRED_STEPS = { steps: 100, learningRate: 1, reduction: 'mean' } as const;
/** Beyond the interval over seeds, for the next order in 1/n. */
const FINITE_WIDTH_MARGIN = 0.1;

/** Exponents e of n^e for the relative movement of h¹, h², h³. IP is left out: by then it has left its start behind. */
const MOVEMENT: readonly (readonly [ParametrizationId, readonly number[]])[] = [
  ['sp', [-1.5, -0.5, -0.5]],
  ['ntp', [-0.5, -0.5, -0.5]],
  ['mup', [0, 0, 0]],
];

const dataset = mixtureDataset({ classes: 10, dim: 64, samples: 32, seed: 0 });

test.for(MOVEMENT)(
  'a hundred steps on ten classes move the features of %s as theory says',
  ([id, exponents]) => {
    const runs = WIDTHS.flatMap((width) =>
      SEEDS.map((seed) => {
        const spec = scalingSpec(PARAMETRIZATIONS[id], dataset, { ...HUNDRED_STEPS, width, seed });
        return { width, result: trained(spec, dataset) };
      }),
    );
    const slopes = exponents.map((_, index) =>
      logLogSlope(
        runs.map(({ width, result }) => ({ width, value: result.layers[index].movement ?? Number.NaN })),
      ),
    );
    console.log(`${id}: movement of h¹, h², h³ as n^e, e = ${slopes.map(slopeText).join(', ')}`);
    exponents.forEach((exponent, index) => {
      const { low, high } = slopes[index];
      expect(exponent).toBeGreaterThanOrEqual((low ?? Number.NaN) - FINITE_WIDTH_MARGIN);
      expect(exponent).toBeLessThanOrEqual((high ?? Number.NaN) + FINITE_WIDTH_MARGIN);
    });
  },
);
