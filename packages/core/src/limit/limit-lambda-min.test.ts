import { expect, test } from 'vitest';
import { matrix } from '../linalg/matrix.ts';
import type { ActivationName } from '../model/net-spec.ts';
import { gaugeShift } from '../parametrization/gauge.ts';
import type { Parametrization } from '../parametrization/parametrization.ts';
import { PARAMETRIZATIONS } from '../parametrization/table.ts';
import { limitLambdaMin } from './limit-lambda-min.ts';

const inputs = (rows: readonly (readonly number[])[]) =>
  matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
const threeInputs = inputs([
  [1, 0, 0],
  [0.6, 0.8, 0],
  [0.3, 0.5, 0.9],
]);

function limits(
  exponents: Parametrization,
  activation: ActivationName,
  probeInputs = threeInputs,
  depth = 4,
  initStd = 1,
): readonly (number | null)[] {
  return limitLambdaMin({ exponents, activation, probeInputs, depth, initStd });
}
const first = (activation: ActivationName, rows: readonly (readonly number[])[]) =>
  limits(PARAMETRIZATIONS.mup, activation, inputs(rows), 1)[0];

/** λ_min(Φ¹ … Φ⁴) from NumPy float64: recursion of the kernel by quadrature, `numpy.linalg.eigvalsh`. */
const NUMPY: readonly (readonly [ActivationName, readonly number[]])[] = [
  ['tanh', [1.398219324e-1, 8.65450512e-2, 6.198929784e-2, 4.803823985e-2]],
  ['sigmoid', [1.463868761e-2, 8.082231774e-4, 4.50152078e-5, 2.508227687e-6]],
  ['silu', [1.19651463e-1, 3.702072206e-2, 1.005535923e-2, 2.576438274e-3]],
  ['gelu', [1.404126351e-1, 5.288516997e-2, 1.671339352e-2, 4.586818726e-3]],
  ['erf', [1.684452163e-1, 1.216189806e-1, 9.985733869e-2, 8.76871085e-2]],
  ['relu', [1.396571467e-1, 5.967720125e-2, 2.567527064e-2, 1.11472786e-2]],
];

test.for(NUMPY)('λ_min of %s by depth agrees with NumPy', ([activation, expected]) => {
  // Ten digits are given; each eigenvalue of a kernel of norm about 1 carries a few ε of rounding.
  const found = limits(PARAMETRIZATIONS.mup, activation).map(Number);
  expect(found).toBeCloseToAll(expected, { rtol: 6e-10, atol: 1e-15 });
});

test('SP, NTP and μP share their initialization, so they share the limit in every gauge', () => {
  const expected = limits(PARAMETRIZATIONS.mup, 'tanh');
  expect(limits(PARAMETRIZATIONS.sp, 'tanh')).toEqual(expected);
  expect(limits(PARAMETRIZATIONS.ntp, 'tanh')).toEqual(expected);
  expect(limits(gaugeShift(PARAMETRIZATIONS.mup, { input: -1 / 2, hidden: 0.3 }), 'tanh')).toEqual(expected);
});

test('IP starts its deeper layers at nothing', () => {
  const [input, ...deeper] = limits(PARAMETRIZATIONS.ip, 'tanh');
  expect(input).toBe(limits(PARAMETRIZATIONS.mup, 'tanh')[0]);
  expect(deeper).toEqual([0, 0, 0]);
  expect(limits(PARAMETRIZATIONS.ip, 'sigmoid').slice(1)).toEqual([0, 0, 0]);
});

test('an input layer that vanishes takes every layer with it', () => {
  const small = { ...PARAMETRIZATIONS.mup, input: { a: 0, b: 1 / 2, c: 0 } };
  expect(limits(small, 'sigmoid')).toEqual([0, 0, 0, 0]);
  expect(limits({ ...small, input: { a: 0, b: 'zero', c: 0 } }, 'tanh')).toEqual([0, 0, 0, 0]);
});

test('one sample alone keeps what φ(0) leaves it', () => {
  const alone = limits(PARAMETRIZATIONS.ip, 'sigmoid', inputs([[1, 2]]), 3);
  expect(alone.slice(1).map(Number)).toBeCloseToAll([0.25, 0.25], { atol: 1e-14 });
  expect(limits(PARAMETRIZATIONS.ip, 'tanh', inputs([[1, 2]]), 3).slice(1)).toEqual([0, 0]);
});

test('preactivations that grow with width have no limit', () => {
  const large = { ...PARAMETRIZATIONS.mup, hidden: { a: 0, b: 0, c: 0 } };
  expect(limits(large, 'tanh').slice(1)).toEqual([null, null, null]);
  expect(limits({ ...large, input: { a: -1 / 4, b: 0, c: 0 } }, 'tanh')).toEqual([null, null, null, null]);
});

test('a factor on the initial standard deviation acts in every layer', () => {
  const { sqrt } = Math;
  const scaled = limits(PARAMETRIZATIONS.mup, 'identity', threeInputs, 3, sqrt(2)).map(Number);
  const plain = limits(PARAMETRIZATIONS.mup, 'identity', threeInputs, 3).map(Number);
  expect(scaled).toBeCloseToAll([2 * plain[0], 4 * plain[1], 8 * plain[2]], { rtol: 1e-13 });
});

test('degenerate data has the λ_min that is known for it', () => {
  const axis = [1, 0.5];
  const twice = [2, 1];
  expect(first('tanh', [axis, twice])).toBeCloseTo(7.64e-3, 5);
  expect(first('sigmoid', [axis, twice])).toBeCloseTo(5.06e-3, 5);
  expect(first('silu', [axis, twice])).toBeCloseTo(8.51e-3, 5);
  const cross = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ];
  expect(first('silu', cross)).toBeCloseTo(0.126, 3);
  const orthonormal = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  expect(first('tanh', orthonormal)).toBeCloseTo(0.394, 3);
  expect(first('sigmoid', orthonormal)).toBeCloseTo(0.0434, 4);
  expect(first('silu', orthonormal)).toBeCloseTo(0.313, 3);
});

test('what float64 cannot tell from 0 is undecided, never called dependent', () => {
  const opposite = [
    [1, 0.5],
    [-1, -0.5],
  ];
  expect(first('tanh', opposite)).toBeNull();
  expect(first('silu', opposite)).toBeGreaterThan(0);
  expect(
    first('tanh', [
      [1, 0.5],
      [1, 0.5],
      [0, 1],
    ]),
  ).toBeNull();
  // Each layer of a sigmoid takes a factor 0.056: by depth 14 nothing is left of it.
  expect(limits(PARAMETRIZATIONS.mup, 'sigmoid', threeInputs, 14).at(-1)).toBeNull();
});

test('data too large for the quadrature has no limit rather than a wrong one', () => {
  expect(
    first('tanh', [
      [20, 1],
      [1, 1],
    ]),
  ).toBeNull();
  expect(
    first('relu', [
      [20, 1],
      [1, 1],
    ]),
  ).toBeGreaterThan(0);
});
