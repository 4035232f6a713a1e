import { describe, expect, test } from 'vitest';
import { halfSlopes, limitEstimate, slopeEstimate } from './contrast.ts';
import { logMeans, type WidthMeans } from './width-means.ts';

const widths = [128, 128, 256, 256, 512, 512, 1024, 1024];
const values = [0.5, 0.55, 0.36, 0.34, 0.26, 0.25, 0.17, 0.19];

function meansOf(value: (width: number, at: number) => number, of = widths): WidthMeans {
  const means = logMeans(of.map((width, at) => ({ width, value: value(width, at) })));
  if ('reason' in means) throw new Error(means.reason);
  return means;
}

// NumPy 2, by lstsq on rows scaled by √(n·S) and a numerical derivative for the standard error of the limit.
describe('of points between two power laws', () => {
  const means = meansOf((_, at) => values[at]);

  test('the halves have the slopes of NumPy', () => {
    const halves = halfSlopes(means);
    expect(halves?.lower.value).toBeCloseTo(-0.5839140303033673, 12);
    expect(halves?.upper.value).toBeCloseTo(-0.5044527766109452, 12);
    expect(halves?.bend.value).toBeCloseTo(0.07946125369242207, 12);
  });

  test('the limit and its standard error are those of NumPy', () => {
    const limit = limitEstimate(means, 2);
    expect(limit?.value).toBeCloseTo(-0.002653608247422714, 12);
    expect(limit?.standardError).toBeCloseTo(0.008723982678030802, 8);
  });

  test('a bend is less certain than either half', () => {
    const halves = halfSlopes(means);
    expect(halves?.bend.standardError).toBeGreaterThan(halves?.lower.standardError ?? 0);
    expect(halves?.bend.standardError).toBeGreaterThan(halves?.upper.standardError ?? 0);
  });
});

test('an odd number of widths shares the middle one', () => {
  const three = [64, 64, 128, 128, 256, 256];
  const halves = halfSlopes(meansOf((width) => (width <= 128 ? 1 : 1 / 2), three));
  expect(halves?.lower.value).toBeCloseTo(0, 12);
  expect(halves?.upper.value).toBeCloseTo(-1, 12);
});

test('q² = a + c/n is found where it is exact', () => {
  const exact = meansOf((width) => Math.sqrt(0.25 + 90 / width));
  expect(limitEstimate(exact, 2)?.value).toBeCloseTo(0.25, 12);
});

test('two widths show neither a bend nor a limit', () => {
  const two = meansOf(() => 1, [64, 64, 128, 128]);
  expect(halfSlopes(two)).toBeNull();
  expect(limitEstimate(two, 2)).toBeNull();
});

test('curvature is no noise', () => {
  const curved = meansOf((width) => 1 + 100 / width);
  expect(slopeEstimate(curved).standardError).toBeCloseTo(0, 12);
});
