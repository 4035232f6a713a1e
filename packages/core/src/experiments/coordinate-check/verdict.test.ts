import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Slope } from '../../statistics/slope.ts';
import { besideTheory, divergenceVerdict, layerVerdicts, slopeVerdict, worstVerdict } from './verdict.ts';

const slope = (low: number, value: number, high: number): Slope => ({ low, value, high });

describe('the verdict on a slope', () => {
  test.each([
    ['pass', slope(-0.02, 0, 0.02)],
    ['pass', slope(-0.12, -0.1, -0.08)],
    ['pass', slope(-0.05, 0.07, 0.19)],
    ['warn', slope(0.09, 0.15, 0.2)],
    ['warn', slope(-0.25, -0.2, -0.15)],
    ['fail', slope(0.15, 0.21, 0.27)],
    ['fail', slope(-0.6, -0.5, -0.4)],
    ['undecided', slope(-0.21, 0, 0.21)],
    ['undecided', slope(0.1, 0.4, 0.7)],
    ['undecided', slope(-0.3, -0.19, -0.09)],
  ] as const)('is %s for %j', (verdict, measured) => {
    expect(slopeVerdict(measured)).toBe(verdict);
  });

  test('is undecided where there is none', () => {
    expect(slopeVerdict({ value: null, low: null, high: null, reason: 'the value at width 8 is 0' })).toBe(
      'undecided',
    );
  });

  test.prop([fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })])(
    'does not depend on the direction',
    (value, margin) => {
      const up = slope(value - margin, value, value + margin);
      const down = slope(-value - margin, -value, -value + margin);
      expect(slopeVerdict(up)).toBe(slopeVerdict(down));
    },
  );

  test.prop([fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })])(
    'is open exactly where the interval holds a passing and a failing slope',
    (value, margin) => {
      const verdict = slopeVerdict(slope(value - margin, value, value + margin));
      const inside = Array.from({ length: 4001 }, (_, i) => Math.abs(value + margin * (i / 2000 - 1)));
      const [near, far] = [Math.min(...inside), Math.max(...inside)];
      fc.pre(Math.abs(near - 0.1) > 1e-3 && Math.abs(far - 0.2) > 1e-3); // the grid's spacing is 5e-4
      expect(verdict === 'undecided').toBe(near < 0.1 && far > 0.2);
    },
  );

  test('lets what may vanish fall as fast as it likes, and not grow', () => {
    expect(slopeVerdict(slope(-1.6, -1.5, -1.4), true)).toBe('pass');
    expect(slopeVerdict(slope(-1.6, -0.1, 0.15), true)).toBe('pass');
    expect(slopeVerdict(slope(0.3, 0.5, 0.7), true)).toBe('fail');
    expect(slopeVerdict(slope(-0.5, 0.1, 0.7), true)).toBe('undecided');
  });
});

describe('the output', () => {
  const net = { depth: 2, steps: 3 };
  const falling = slope(-0.6, -0.5, -0.4);
  const growing = slope(0.4, 0.5, 0.6);

  test('may start small and grow from there: only its last update may not vanish', () => {
    const at = (step: number) => layerVerdicts({ layer: 3, step, size: falling, update: falling }, net);
    expect(at(1)).toEqual({ size: 'pass', update: 'pass' });
    expect(at(3)).toEqual({ size: 'pass', update: 'fail' });
  });

  test('may grow with width at no step', () => {
    const at = (step: number) => layerVerdicts({ layer: 3, step, size: growing, update: growing }, net);
    expect([at(1), at(3)]).toEqual([
      { size: 'fail', update: 'fail' },
      { size: 'fail', update: 'fail' },
    ]);
  });

  test('is the layer above the hidden ones, which may do neither', () => {
    const at = (step: number) => layerVerdicts({ layer: 2, step, size: falling, update: falling }, net);
    expect(at(1)).toEqual({ size: 'fail', update: 'fail' });
    expect(layerVerdicts({ layer: 3, step: 0, size: falling, update: null }, net)).toEqual({
      size: 'pass',
      update: null,
    });
  });
});

test('the whole takes the worst, and an open question is worse than a warning', () => {
  expect(worstVerdict(['pass', 'warn', 'pass'])).toBe('warn');
  expect(worstVerdict(['undecided', 'warn'])).toBe('undecided');
  expect(worstVerdict(['undecided', 'fail', 'pass'])).toBe('fail');
  expect(worstVerdict([])).toBe('pass');
});

test.each([
  ['fail', [0, 0, 1]],
  ['fail', [0, 0.2, 0.5]],
  ['fail', [0.4, 0.4, 1]],
  ['undecided', [1, 1, 1]],
  ['undecided', [1, 0, 0]],
  ['undecided', [0, 1, 0.5]],
  ['undecided', [0, 0, 0.4]],
] as const)('divergence is %s where it takes the shares %j of the runs as width grows', (verdict, shares) => {
  expect(divergenceVerdict(shares)).toBe(verdict);
});

test.each([
  ['differs from 0 and is foretold', { value: -0.09, low: -0.11, high: -0.07 }, -0.1, 'warn'],
  ['differs from 0, where 0 is foretold', { value: -0.09, low: -0.11, high: -0.07 }, 0, 'pass'],
  ['may be 0', { value: -0.05, low: -0.11, high: 0.01 }, -0.1, 'pass'],
  ['is not foretold', { value: -0.09, low: -0.11, high: -0.07 }, null, 'pass'],
] as const)('a slope that is small enough to pass and %s', (_, slope, predicted, says) => {
  expect(besideTheory('pass', slope, predicted)).toBe(says);
});
