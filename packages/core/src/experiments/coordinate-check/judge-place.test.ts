import { describe, expect, test } from 'vitest';
import { judgeBeyondChance, judgePlace, type PlaceRun } from './judge-place.ts';
import { whatDecides } from './what-decides.ts';

const WIDTHS = [64, 128, 256, 512];
const QUESTION = { step: 1, steps: 1, mayVanish: { size: false, update: false }, widths: 4, seeds: 3 };

/** Three seeds, a percent apart, of an update that goes with the width. */
function runsOf(update: (width: number) => number): readonly PlaceRun[] {
  return WIDTHS.flatMap((width) =>
    [0.99, 1, 1.01].map((noise) => ({
      width,
      divergedAt: null,
      size: 1,
      update: noise * update(width),
      floor: null,
    })),
  );
}

describe('what levels off', () => {
  const levelling = runsOf((n) => 1 + 64 / n);

  test('is judged over the upper half of the widths', () => {
    const { update, upper, verdict } = judgePlace(levelling, { ...QUESTION, upperHalf: true });
    expect(update?.value).toBeLessThan(-0.2);
    expect(upper.update?.value).toBeCloseTo(Math.log(1.125 / 1.25) / Math.log(2), 6);
    expect(verdict).toBe('warn');
  });

  test('is judged whole where that is asked', () => {
    expect(judgePlace(levelling, QUESTION)).toMatchObject({ verdict: 'fail', upper: { update: null } });
  });

  test('is nothing that falls as a power does', () => {
    const falling = judgePlace(
      runsOf((n) => n ** -0.25),
      { ...QUESTION, upperHalf: true },
    );
    expect(falling).toMatchObject({ verdict: 'fail', upper: { update: null } });
  });

  test('is nothing that goes through 0', () => {
    const turning = judgePlace(
      runsOf((n) => 1 + ((n - 256) / 256) ** 2),
      { ...QUESTION, upperHalf: true },
    );
    expect(turning.upper.update).toBeNull();
  });
});

describe('a failure that is one of many slopes', () => {
  /** Seeds apart, so that the interval of a slope of 0.4 is from 0.2 to 0.6. */
  const noisy = WIDTHS.flatMap((width) =>
    [-1, 0, 1].map((seed) => ({
      ...{ width, divergedAt: null, size: 1, floor: null },
      update: width ** 0.4 * Math.exp((2.6 * seed) / Math.sqrt(width)),
    })),
  );

  test('is beyond its own chance, and within that of thirty', () => {
    const { verdict, update } = judgePlace(noisy, QUESTION);
    expect([verdict, update!.low! > 0.1]).toEqual(['fail', true]);
    expect([1, 30].map((slopes) => judgeBeyondChance(noisy, QUESTION, slopes).verdict)).toEqual([
      'fail',
      'undecided',
    ]);
  });

  test('is beyond that of thirty where seeds agree, and where runs diverge', () => {
    const steep = runsOf((n) => n ** 0.4);
    expect(judgeBeyondChance(steep, QUESTION, 30).verdicts).toEqual({ size: 'pass', update: 'fail' });
    const diverging = noisy.map((run) => (run.width < 512 ? run : { ...run, divergedAt: 1, update: null }));
    expect(judgeBeyondChance(diverging, QUESTION, 30).verdict).toBe('fail');
    const still = runsOf(() => 1);
    expect(judgeBeyondChance(still, QUESTION, 30).verdict).toBe('pass');
  });
});

describe('what would decide a slope', () => {
  const open = { value: 0.05, low: -0.25, high: 0.35 };
  const asked = { widths: WIDTHS, seeds: 3, mayVanish: false };

  test('is seeds, as intervals shrink like one over the square root of their number', () => {
    expect(whatDecides(open, asked)).toEqual({ kind: 'seeds', seeds: 12 });
  });

  test('is wider networks where seeds without end would be needed', () => {
    expect(whatDecides({ value: 0.12, low: -0.18, high: 0.42 }, asked)).toEqual({
      kind: 'widest',
      width: 4096,
    });
  });

  test('is neither without a slope, or with a slope between both', () => {
    expect(whatDecides({ value: null, low: null, high: null }, asked)).toBeNull();
    expect(whatDecides({ value: 0.15, low: -1, high: 1.3 }, asked)).toBeNull();
  });
});
