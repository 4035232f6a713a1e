import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { probeSteps } from './probe-steps.ts';

describe('probed steps', () => {
  test('are all of a short run', () => {
    expect(probeSteps(0)).toEqual([0]);
    expect(probeSteps(3)).toEqual([0, 1, 2, 3]);
    expect(probeSteps(20)).toHaveLength(21);
  });

  test.prop([fc.integer({ min: 21, max: 1e9 })])(
    'of a long run are twenty, evenly spaced from 0 to T',
    (steps) => {
      const probed = probeSteps(steps);
      expect([probed.length, probed[0], probed[19]]).toEqual([20, 0, steps]);
      const gaps = probed.slice(1).map((step, i) => step - probed[i]);
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    },
  );

  test('exist for whole numbers of steps', () => {
    for (const steps of [-1, 2.5, Number.NaN]) {
      expect(() => probeSteps(steps)).toThrow(`probeSteps: expected an integer ≥ 0, got ${steps}`);
    }
  });
});
