import { expect } from 'vitest';

interface Tolerance {
  readonly rtol?: number;
  readonly atol?: number;
}

declare module 'vitest' {
  interface Matchers {
    /** Every |actual − expected| ≤ atol + rtol·|expected|. A failure names the worst entry, not the arrays. */
    toBeCloseToAll(expected: ArrayLike<number>, tolerance?: Tolerance): void;
  }
}

expect.extend({
  toBeCloseToAll(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance = {}) {
    const { rtol = 1e-9, atol = 1e-12 } = tolerance;
    if (actual.length !== expected.length) {
      return { pass: false, message: () => `expected ${expected.length} entries, got ${actual.length}` };
    }
    let worst = -1;
    let worstExcess = 1;
    for (let i = 0; i < expected.length && !Number.isNaN(worstExcess); i++) {
      const excess = Math.abs(actual[i]! - expected[i]!) / (atol + rtol * Math.abs(expected[i]!));
      if (excess <= worstExcess) continue; // false for NaN, which is then the worst
      worst = i;
      worstExcess = excess;
    }
    return {
      pass: worst === -1,
      message: () =>
        `entry ${worst}: expected ${expected[worst]}, got ${actual[worst]} ` +
        `(${worstExcess.toPrecision(3)} times the tolerance rtol=${rtol}, atol=${atol})`,
    };
  },
});
