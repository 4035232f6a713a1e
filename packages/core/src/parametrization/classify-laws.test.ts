import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { classify } from './classify.ts';
import { gaugeShift, layerInvariants } from './gauge.ts';
import type { AbcExponents, OptimizerName, Parametrization } from './parametrization.ts';

const exponent = fc.integer({ min: -8, max: 8 }).map((quarters) => quarters / 4);
const abc: fc.Arbitrary<AbcExponents> = fc.record({
  a: exponent,
  b: fc.oneof({ weight: 9, arbitrary: exponent }, fc.constant('zero' as const)),
  c: exponent,
});
const anyParametrization: fc.Arbitrary<Parametrization> = fc.record({
  name: fc.string(),
  optimizer: fc.constantFrom<OptimizerName>('sgd', 'adam'),
  input: abc,
  hidden: abc,
  output: abc,
});
const classified = (parametrization: Parametrization, depth: number, phi0: boolean) =>
  classify({ ...layerInvariants(parametrization, depth), optimizer: parametrization.optimizer, phi0 });

test.prop([
  anyParametrization,
  fc.integer({ min: 1, max: 6 }),
  fc.boolean(),
  fc.record({ input: exponent, hidden: exponent, output: exponent }),
])('a verdict does not depend on the gauge', (parametrization, depth, phi0, theta) => {
  const shifted = gaugeShift(parametrization, theta);
  expect(classified(shifted, depth, phi0)).toEqual(classified(parametrization, depth, phi0));
});

test.prop([anyParametrization, fc.string(), fc.integer({ min: 1, max: 6 })])(
  'no verdict reads a name',
  (parametrization, name, depth) => {
    expect(classified({ ...parametrization, name }, depth, false)).toEqual(
      classified(parametrization, depth, false),
    );
  },
);

test.prop([fc.array(exponent, { minLength: 3, maxLength: 3 }), fc.double({ min: 0.5, max: 2, noNaN: true })])(
  'agrees with the dichotomy of Yang & Hu wherever their theorem speaks',
  ([c1, c2, c3], readout) => {
    const B = [0, 1 / 2, readout];
    const { r, regime } = classify({ B, C: [c1, c2, c3], optimizer: 'sgd' });
    const rate = Math.min(...(r ?? []));
    const near = (left: number, right: number) => Math.abs(left - right) < 1e-9;
    const stable = rate > -1e-9 && c3 > 1 - 1e-9 && readout + rate > 1 - 1e-9;
    const moves = near(c3, 1) || near(readout + rate, 1);
    expect(regime === 'unstable').toBe(!stable);
    if (stable) expect(regime === 'trivial').toBe(!moves);
    if (stable && moves) expect(regime).toBe(near(rate, 0) ? 'feature-learning' : 'kernel');
  },
);
