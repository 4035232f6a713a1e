import { expect, test } from 'vitest';
import { seedMean, wholeMean } from './seed-mean.ts';

test('the mean is geometric and the interval that of its logarithm', () => {
  // Student's t has a closed form at 2 degrees of freedom: t₀.₉₇₅ = 0.95·√(2/(4·0.975·0.025)) = 4.30265…,
  // and the logs 0, ln 2, ln 4 a standard error of ln 2/√3.
  const { mean, interval } = seedMean([1, 2, 4])!;
  expect([mean]).toBeCloseToAll([2]);
  expect([...interval!]).toBeCloseToAll([0.35746212, 11.18999675], { rtol: 1e-7 });
});

test('one seed has no interval and two have none that says anything, none has no mean', () => {
  expect(seedMean([2])).toEqual({ mean: 2, interval: null });
  expect(seedMean([2, 2])).toEqual({ mean: 2, interval: null });
  expect(seedMean([null, 0])).toBeNull();
});

test('the mean of all seeds is that of figures, unknown where one is missing, and 0 where one is', () => {
  expect([wholeMean([1, 2, 4])!]).toBeCloseToAll([2]);
  expect([wholeMean([1, null]), wholeMean([]), wholeMean([1, 0])]).toEqual([null, null, 0]);
});
