import { fc, test as propertyTest } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { ACTIVATION_NAMES, activation } from '../model/activation.ts';
import type { ActivationName } from '../model/net-spec.ts';
import { activationKernel, derivativeKernel } from './activation-kernel.ts';
import { gaussianExpectation } from './gaussian-expectation.ts';

/** E[φφ] at (k11, k22, k12), then E[φ′φ′] at (1, 1, ½): NumPy float64, trapezoid rule of 137² nodes and closed forms. */
const CASES = [
  [1, 1, 0.5],
  [1, 1, -0.7],
  [2, 0.5, 0.6],
  [4, 4, 3.9],
] as const;
const NUMPY: readonly (readonly [ActivationName, readonly number[]])[] = [
  ['tanh', [0.1863244132, -0.2651267301, 0.2135960795, 0.6105461461, 0.3847470284]],
  ['sigmoid', [0.2714283256, 0.2198868102, 0.274596644, 0.3456939064, 0.0431900205]],
  ['silu', [0.1831696631, -0.1017949906, 0.2116296075, 1.7116550078, 0.3122796153]],
  ['gelu', [0.227294915, -0.0502129299, 0.2556036208, 1.8799767494, 0.3422672425]],
  ['erf', [0.2163468959, -0.3090904365, 0.2477895851, 0.667484057, 0.4501581581]],
  ['relu', [0.3044988905, 0.0250452046, 0.3387737839, 1.9523755195, 0.3333333333]],
];

test.for(NUMPY)('the kernels of %s agree with NumPy to the last digit given', ([name, expected]) => {
  const kernel = activationKernel(name);
  const gradients = derivativeKernel(name);
  const found = [...CASES.map(([k11, k22, k12]) => kernel(k11, k22, k12)), gradients(1, 1, 0.5)];
  expect(found).toBeCloseToAll(expected, { rtol: 0, atol: 0.6e-10 });
});

test('the kernel of the identity is the covariance itself', () => {
  expect(activationKernel('identity')(2, 3, -1.5)).toBe(-1.5);
  expect(derivativeKernel('identity')(2, 3, -1.5)).toBe(1);
});

const smooth: readonly ActivationName[] = ['erf', 'gelu', 'identity'];
const variance = fc.double({ min: 0.01, max: 4, noNaN: true });
const correlation = fc.double({ min: -1, max: 1, noNaN: true });

propertyTest.prop([fc.constantFrom(...smooth), variance, variance, correlation], { numRuns: 40 })(
  'closed forms equal the quadrature',
  (name, k11, k22, rho) => {
    const k12 = rho * Math.sqrt(k11 * k22);
    const { phi, derivative } = activation(name);
    expect(activationKernel(name)(k11, k22, k12)).toBeCloseTo(gaussianExpectation(phi)(k11, k22, k12), 10);
    const gradient = gaussianExpectation((h) => derivative(h, phi(h)));
    expect(derivativeKernel(name)(k11, k22, k12)).toBeCloseTo(gradient(k11, k22, k12), 10);
  },
);

propertyTest.prop([fc.constantFrom(...ACTIVATION_NAMES), variance, variance, correlation], { numRuns: 60 })(
  'a kernel is symmetric and obeys Cauchy and Schwarz',
  (name, k11, k22, rho) => {
    const kernel = activationKernel(name);
    const k12 = rho * Math.sqrt(k11 * k22);
    const value = kernel(k11, k22, k12);
    expect(kernel(k22, k11, k12)).toBeCloseTo(value, 12);
    expect(value * value).toBeLessThanOrEqual(kernel(k11, k11, k11) * kernel(k22, k22, k22) * (1 + 1e-10));
  },
);

test('a sample that is zero leaves φ(0)', () => {
  expect(activationKernel('sigmoid')(0, 0, 0)).toBeCloseTo(0.25, 14);
  expect(activationKernel('relu')(0, 1, 0)).toBe(0);
  expect(activationKernel('tanh')(0, 1, 0)).toBe(0);
});

test('a large variance takes a finer step, and one that no step resolves has no value', () => {
  const saturated = activationKernel('tanh')(250, 250, 250);
  // 1 − E[sech²(s·z)] with E[sech²(s·z)] → √(2/π)/s·(1 + O(s⁻²)), π²/(24·s²) being the next term
  const s = Math.sqrt(250);
  expect(saturated).toBeCloseTo(1 - (Math.sqrt(2 / Math.PI) / s) * (1 - Math.PI ** 2 / (24 * s * s)), 5);
  expect(activationKernel('tanh')(257, 257, 0)).toBeNaN();
});
