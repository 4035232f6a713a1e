import { describe, expect, test } from 'vitest';
import {
  bestLogRate,
  bestLogRateError,
  bestPlace,
  placeOf,
  type RateCurve,
  rateAt,
  searchStep,
  tunedPlace,
} from './rate-grid.ts';

/** Searches to the end; every seed has a loss at every place. */
function searched(losses: readonly ((place: number) => number)[]) {
  const curves = losses.map(() => new Map<number, number>());
  for (let rounds = 0; rounds < 60; rounds++) {
    const { state, next } = searchStep(rounds === 0 ? [] : curves);
    if (next.length === 0) return { state, curves: curves as readonly RateCurve[] };
    for (const place of next) {
      for (const [seed, loss] of losses.entries()) curves[seed].set(place, loss(place));
    }
  }
  throw new Error('the search does not end');
}

/** A loss that is least at a place, and diverges from another on. */
function valley(best: number, diverges = Number.POSITIVE_INFINITY) {
  return (place: number) =>
    place >= diverges ? Number.POSITIVE_INFINITY : Math.exp(((place - best) / 40) ** 2);
}

describe('a search for the best rate', () => {
  test.each([-100.5, -3, 0, 0.3, 17, 90])('finds a valley at place %d between its neighbors', (best) => {
    const { state, curves } = searched([valley(best)]);
    expect(state).toBe('found');
    expect(bestLogRate(curves[0])).toBeCloseTo((best * Math.LN2) / 8, 9);
    expect(bestLogRateError(curves[0])).toBeCloseTo(Math.LN2 / 16, 12);
    // Five coarse rates, one more for each factor of four beyond them, two for each halving.
    expect(curves[0].size).toBeLessThanOrEqual(24);
  });

  test('stops beside what diverges, and takes the last rate that does not for the best', () => {
    const { state, curves } = searched([valley(50, 20)]);
    expect([state, bestPlace(curves[0])]).toEqual(['found', 19]);
    expect(bestLogRate(curves[0])).toBeCloseTo((19 * Math.LN2) / 8, 12);
    // The best may be anywhere up to the rate that diverges, which is a place away.
    expect(bestLogRateError(curves[0])).toBeCloseTo(Math.LN2 / 8, 12);
  });

  test('goes around the best of every seed, over the same rates for all', () => {
    const { state, curves } = searched([valley(-30), valley(40)]);
    expect(state).toBe('found');
    expect(curves.map((curve) => bestPlace(curve))).toEqual([-30, 40]);
    expect([...curves[0].keys()]).toEqual([...curves[1].keys()]);
  });

  test('ends at the edge where the loss still falls, and where everything diverges', () => {
    expect(searched([(place) => Math.exp(-place)]).state).toBe('at-edge');
    expect(searched([() => Number.POSITIVE_INFINITY]).state).toBe('at-edge');
  });
});

test('the tuned rate is the best of the mean log loss, and one at which every seed finishes', () => {
  const curves = [
    new Map([
      [0, 1],
      [1, 0.1],
      [2, 0.01],
    ]),
    new Map([
      [0, 1],
      [1, 0.5],
      [2, Number.POSITIVE_INFINITY],
    ]),
  ];
  expect(tunedPlace(curves)).toBe(1);
  expect(tunedPlace([new Map([[0, Number.POSITIVE_INFINITY]])])).toBeNull();
});

test('places and rates are one another', () => {
  expect([-31, 0, 7].map((place) => placeOf(rateAt(place, 0.3), 0.3))).toEqual([-31, 0, 7]);
  expect(rateAt(16, 8)).toBe(32);
});

test('a rate is correctly rounded at every place, whatever Node makes of fractional powers', () => {
  // 2^(6/8) and 2^(-13/8) of Python's decimal, at 40 digits.
  expect([rateAt(6, 1), rateAt(-13, 1)]).toEqual([1.681792830507429, 0.3242098886627524]);
});
