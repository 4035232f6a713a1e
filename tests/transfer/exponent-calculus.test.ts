import { fc, test as propertyTest } from '@fast-check/vitest';
import { classify, layerInvariants, type Parametrization } from '@widthwise/core';
import { logLogSlope } from '@widthwise/core/theory';
import { expect } from 'vitest';
import {
  collect,
  DEPTH,
  initialSizes,
  type PointsByMeasure,
  scalingMeasures,
  scalingSpec,
  signedGaussians,
  trained,
} from './scaling-run.ts';

const NARROW: readonly number[] = [64, 128, 256, 512];
const SEEDS = 4;
const TWO_STEPS = { steps: 2, learningRate: 0.5, reduction: 'sum' } as const;
/** Every exponent below is a multiple of ½, so a slope this close names the right one. */
const NEAREST = 1 / 4;

const halves = (least: number, most: number) =>
  fc.integer({ min: 2 * least, max: 2 * most }).map((count) => count / 2);

/**
 * Parametrizations, most of them nobody's, that stay stable however long they train. Left out are features that start
 * at nothing and change by a factor Θ(1) each step: no activation bounds them yet at these widths, and their slopes
 * are still on the way.
 */
const stableParametrization: fc.Arbitrary<Parametrization> = fc
  .record({
    name: fc.constant('nameless'),
    optimizer: fc.constant('sgd' as const),
    input: fc.record({ a: fc.constant(0), b: halves(0, 0.5), c: halves(-1.5, 1) }),
    hidden: fc.record({ a: fc.constant(0), b: halves(0.5, 1), c: halves(-0.5, 1) }),
    output: fc.record({ a: fc.constant(0), b: halves(0.5, 1.5), c: halves(0.5, 2) }),
  })
  .filter((parametrization) => {
    const { regime, vanishingInit, relative } = foretold(parametrization);
    return regime !== 'unstable' && !(vanishingInit && relative.includes(0));
  });

function foretold(parametrization: Parametrization, steps?: number) {
  const exponents = layerInvariants(parametrization, DEPTH);
  return classify({ ...exponents, optimizer: 'sgd', ...(steps === undefined ? {} : { steps }) });
}

function measuredSlopes(parametrization: Parametrization): readonly (number | null)[] {
  const dataset = signedGaussians(0);
  const points: PointsByMeasure = new Map();
  for (const width of NARROW) {
    for (let seed = 0; seed < SEEDS; seed++) {
      const spec = scalingSpec(parametrization, dataset, { ...TWO_STEPS, width, seed });
      const measures = scalingMeasures(trained(spec, dataset), initialSizes(spec, dataset));
      for (const [name, value] of Object.entries(measures)) collect(points, name, { width, value });
    }
  }
  return ['Δf', 'Δh1', 'Δh2', 'Δh3'].map((name) => logLogSlope(points.get(name) ?? []).value);
}

propertyTest.prop([stableParametrization], { seed: 1, numRuns: 24, endOnFailure: true })(
  'the calculus of exponents foretells two steps of training',
  (parametrization) => {
    const { df, features } = foretold(parametrization, TWO_STEPS.steps);
    const expected = [df, ...features].map((exponent) => -(exponent ?? Number.NaN));
    expect(measuredSlopes(parametrization)).toBeCloseToAll(expected, { rtol: 0, atol: NEAREST });
  },
);
