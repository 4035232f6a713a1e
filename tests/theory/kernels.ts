import { type ActivationName, limitLambdaMin, matrix, PARAMETRIZATIONS } from '@widthwise/core';
import { activationKernel, derivativeKernel } from '@widthwise/core/theory';
import { differenceText, largestDifference, type TheoryRow } from './row.ts';

const POINTS = [
  [1, 1, 0.5],
  [1, 1, -0.7],
  [2, 0.5, 0.6],
  [4, 4, 3.9],
] as const;

/** E[φ(u)φ(v)] at the points, then E[φ′φ′] at the first. */
const INTEGRALS: Readonly<Partial<Record<ActivationName, readonly number[]>>> = {
  tanh: [0.1863244132, -0.2651267301, 0.2135960795, 0.6105461461, 0.3847470284],
  sigmoid: [0.2714283256, 0.2198868102, 0.274596644, 0.3456939064, 0.0431900205],
  silu: [0.1831696631, -0.1017949906, 0.2116296075, 1.7116550078, 0.3122796153],
  gelu: [0.227294915, -0.0502129299, 0.2556036208, 1.8799767494, 0.3422672425],
  erf: [0.2163468959, -0.3090904365, 0.2477895851, 0.667484057, 0.4501581581],
  relu: [0.3044988905, 0.0250452046, 0.3387737839, 1.9523755195, 0.3333333333],
};

/** λ_min of Φ¹ … Φ⁴ for the inputs (1,0,0), (.6,.8,0), (.3,.5,.9). */
const DEPTHS: Readonly<Partial<Record<ActivationName, readonly number[]>>> = {
  tanh: [1.398219324e-1, 8.65450512e-2, 6.198929784e-2, 4.803823985e-2],
  sigmoid: [1.463868761e-2, 8.082231774e-4, 4.50152078e-5, 2.508227687e-6],
  silu: [1.19651463e-1, 3.702072206e-2, 1.005535923e-2, 2.576438274e-3],
  gelu: [1.404126351e-1, 5.288516997e-2, 1.671339352e-2, 4.586818726e-3],
  erf: [1.684452163e-1, 1.216189806e-1, 9.985733869e-2, 8.76871085e-2],
  relu: [1.396571467e-1, 5.967720125e-2, 2.567527064e-2, 1.11472786e-2],
};

/** T4 and T5: kernel integrals, and λ_min by depth. */
export function kernelRows(): readonly TheoryRow[] {
  return [
    ...Object.entries(INTEGRALS).map(([name, expected]): TheoryRow => {
      const kernel = activationKernel(name as ActivationName);
      const derivative = derivativeKernel(name as ActivationName)(...POINTS[0]);
      const difference = largestDifference(
        [...POINTS.map(([k11, k22, k12]) => kernel(k11, k22, k12)), derivative],
        expected,
      );
      return {
        id: 'T4',
        states: `E[φφ] of ${name} at four points, E[φ′φ′] at one`,
        expected: 'ten decimals, by quadrature in NumPy',
        computed: `off by ${differenceText(difference)}`,
        holds: difference < 1e-10,
      };
    }),
    ...Object.entries(DEPTHS).map(([name, expected]): TheoryRow => {
      const found = limitLambdaMin({
        exponents: PARAMETRIZATIONS.mup,
        initStd: 1,
        activation: name as ActivationName,
        depth: 4,
        probeInputs: matrix(3, 3, Float64Array.of(1, 0, 0, 0.6, 0.8, 0, 0.3, 0.5, 0.9)),
      });
      const difference = largestDifference(
        found.map((each) => each ?? Number.NaN),
        expected,
        'relative',
      );
      return {
        id: 'T5',
        states: `λ_min(Φ¹) … λ_min(Φ⁴) of ${name}`,
        expected: expected.map((each) => each.toPrecision(4)).join(', '),
        computed: `off by ${differenceText(difference)} of each`,
        holds: difference < 1e-6,
      };
    }),
  ];
}
