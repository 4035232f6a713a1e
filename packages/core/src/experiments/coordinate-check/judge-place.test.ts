import { describe, expect, test } from 'vitest';
import { judgePlace, type PlaceRun } from './judge-place.ts';
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
