import { expect, test } from 'vitest';
import { extrapolated } from './extrapolated.ts';

function points(widths: readonly number[], seeds: readonly number[]) {
  return widths.flatMap((width) =>
    seeds.map((noise) => ({ width, value: (2 + 3 / width) * Math.exp(noise / Math.sqrt(width)) })),
  );
}

test('a + c/n comes to a, in an interval that seeds give', () => {
  const { value, low, high } = extrapolated(points([16, 32, 64, 128], [-0.1, 0.1]))!;
  expect(value).toBeCloseTo(2, 10);
  expect(low).toBeLessThan(2);
  expect(high).toBeGreaterThan(2);
});

test('two widths, or one seed, come to nothing', () => {
  expect(extrapolated(points([16, 32], [-0.1, 0.1]))).toBeNull();
  expect(extrapolated(points([16, 32, 64], [0]))).toBeNull();
});
