import { expect, test } from 'vitest';
import { studentT } from './student-t.ts';

/** scipy 1.17.1: `scipy.stats.t.ppf(0.975, degrees)`. */
const SCIPY: readonly (readonly [degrees: number, quantile: number])[] = [
  [1, 12.706204736174694],
  [2, 4.302652729749462],
  [3, 3.1824463052837078],
  [4, 2.7764451051977934],
  [5, 2.5705818356363146],
  [7, 2.364624251592784],
  [10, 2.228138851986274],
  [13, 2.1603686564627913],
  [18, 2.1009220402410382],
  [30, 2.0422724563012378],
  [58, 2.0017174841452356],
  [100, 1.9839715185235518],
  [333, 1.9671134448822318],
  [1000, 1.9623390808264083],
];

test('agrees with SciPy from one degree of freedom to a thousand', () => {
  expect(SCIPY.map(([degrees]) => studentT(degrees))).toBeCloseToAll(
    SCIPY.map(([, quantile]) => quantile),
    { rtol: 1e-12 },
  );
});

test('falls with every degree of freedom towards the normal quantile', () => {
  for (let degrees = 1; degrees < 200; degrees++) {
    expect(studentT(degrees)).toBeGreaterThan(studentT(degrees + 1));
  }
  expect(studentT(100_000)).toBeGreaterThan(1.959963984540054);
  expect(studentT(100_000)).toBeCloseTo(1.959963984540054, 4);
});

test('knows the rarer tails of a union over layers and steps', () => {
  // scipy.stats.t.ppf(1 - tail, degrees)
  expect([studentT(16, 0.025 / 22), studentT(4, 0.025 / 60), studentT(1, 0.001)]).toBeCloseToAll(
    [3.625636873850003, 9.02936702750913, 318.30883898555015],
    { rtol: 1e-9 },
  );
});

test('needs a degree of freedom', () => {
  expect(() => studentT(0)).toThrow(RangeError);
  expect(() => studentT(2.5)).toThrow(RangeError);
  expect(() => studentT(3, 0.5)).toThrow(RangeError);
});
