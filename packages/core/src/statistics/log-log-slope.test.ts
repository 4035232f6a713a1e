import { fc, test as propertyTest } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { logLogSlope } from './log-log-slope.ts';
import type { MeasuredPoint } from './width-means.ts';

const widths = [128, 128, 256, 256, 512, 512, 1024, 1024];
const values = [0.5, 0.55, 0.36, 0.34, 0.26, 0.25, 0.17, 0.19];
const points: readonly MeasuredPoint[] = widths.map((width, i) => ({ width, value: values[i] }));

test('agrees with NumPy and SciPy', () => {
  // lstsq on rows scaled by √n, covariance (AᵀA)⁻¹ · Σ n (υ − ῡ_w)² / 4, t.ppf(.975, 4) of SciPy 1.17.1
  const { value, low, high } = logLogSlope(points);
  expect([value, low, high]).toBeCloseToAll([-0.500599128989916, -0.5973544132694543, -0.4038438447103777]);
});

propertyTest.prop([
  fc.double({ min: -4, max: 4, noNaN: true }),
  fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
])('finds the exponent of an exact power law, with an interval of no width', (exponent, factor) => {
  const exact = widths.map((width) => ({ width, value: factor * Math.exp(exponent * Math.log(width)) }));
  const { value, low, high } = logLogSlope(exact);
  expect([value, low, high]).toBeCloseToAll([exponent, exponent, exponent], { atol: 1e-10 });
});

propertyTest.prop([
  fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 8, maxLength: 8 }),
  fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
])('a unit of the quantity changes neither slope nor interval, and the slope lies inside', (noisy, unit) => {
  const measured = noisy.map((value, i) => ({ width: widths[i], value }));
  const { value, low, high } = logLogSlope(measured);
  const scaled = logLogSlope(measured.map((point) => ({ ...point, value: point.value * unit })));
  expect([scaled.value, scaled.low, scaled.high]).toBeCloseToAll([value ?? 0, low ?? 0, high ?? 0], {
    rtol: 1e-9,
    atol: 1e-9,
  });
  expect(low).toBeLessThanOrEqual(value ?? 0);
  expect(high).toBeGreaterThanOrEqual(value ?? 0);
});

test('the same points from twice the seeds give the same slope in a narrower interval', () => {
  const once = logLogSlope(points);
  const twice = logLogSlope([...points, ...points]);
  expect(twice.value).toBeCloseTo(once.value ?? 0, 12);
  expect(twice.low).toBeGreaterThan(once.low ?? 0);
  expect(twice.high).toBeLessThan(once.high ?? 0);
});

test.for<[why: string, points: readonly MeasuredPoint[], reason: string]>([
  ['nothing', [], 'no run has a value'],
  ['one seed', points.filter((_, at) => at % 2 === 0), 'at least 2 seeds'],
  ['one width', [1, 2, 3].map((value) => ({ width: 64, value })), 'one width'],
  ['a zero', [...points, { width: 64, value: 0 }], 'at width 64 is 0'],
  ['a negative value', [...points, { width: 64, value: -1 }], 'at width 64 is not positive'],
  ['a value that is no number', [...points, { width: 64, value: Number.NaN }], 'not positive'],
  [
    'a value below its floor',
    [...points, { width: 64, value: 1e-17, floor: 1e-16 }],
    'below its numerical floor',
  ],
])('has no slope for %s, and says so', ([, given, reason]) => {
  const slope = logLogSlope(given);
  expect(slope).toMatchObject({ value: null, low: null, high: null });
  expect(slope.reason).toContain(reason);
});
