import { expect, test } from 'vitest';
import { seedMean } from './seed-mean.ts';

test('the mean is geometric and the interval that of its logarithm', () => {
  // Student's t has a closed form at 2 degrees of freedom: t₀.₉₇₅ = 0.95·√(2/(4·0.975·0.025)) = 4.30265…,
  // and the logs 0, ln 2, ln 4 a standard error of ln 2/√3.
  const point = seedMean(64, [1, 2, 4]);
  expect([point?.x, point?.y]).toBeCloseToAll([64, 2]);
  expect([point!.low!, point!.high!]).toBeCloseToAll([0.35746212, 11.18999675], { rtol: 1e-7 });
});

test('one seed has no interval, none has no point', () => {
  expect(seedMean(64, [2])).toEqual({ x: 64, y: 2, low: null, high: null });
  expect(seedMean(64, [null, 0])).toBeNull();
});
