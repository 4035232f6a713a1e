import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { smallSpec } from '../../test/small-run.ts';
import { concreteScaling, type LayerScaling } from './scaling.ts';
import { PARAMETRIZATIONS } from './table.ts';

/** Standard deviation and SGD rate of the effective W = m·w, which is all that training can tell. */
function effective(scaling: readonly LayerScaling[]): readonly number[] {
  return scaling.flatMap(({ multiplier, initStd, learningRate }) => [
    multiplier * initStd,
    multiplier * multiplier * learningRate,
  ]);
}

const constants = { baseWidth: 1, initStd: 1, learningRate: 1 };

describe('the scaling of a run', () => {
  // Standard deviation and rate on W¹, W², W⁴ at n = 256, from the table of the poster.
  test.each([
    ['sp', [1, 1 / 256, 1 / 16, 1 / 256, 1 / 16, 1 / 256]],
    ['ntp', [1, 1, 1 / 16, 1 / 256, 1 / 16, 1 / 256]],
    ['ip', [1, 256, 1 / 256, 1, 1 / 256, 1 / 256]],
    ['mup', [1, 256, 1 / 16, 1, 1 / 256, 1 / 256]],
    ['sp-constant', [1, 1, 1 / 16, 1, 1 / 16, 1]],
  ] as const)('of %s at base width 1 is the poster’s', (id, expected) => {
    const scaling = concreteScaling(smallSpec(PARAMETRIZATIONS[id], { width: 256, constants }));
    expect(effective([scaling[0], scaling[1], scaling[3]])).toEqual(expected);
    expect(scaling[2]).toEqual(scaling[1]);
  });

  test('carries the shapes, the σ and the η of the run', () => {
    const scaling = concreteScaling(
      smallSpec(PARAMETRIZATIONS.sp, { constants: { baseWidth: 1, initStd: 3, learningRate: 5 } }),
    );
    expect(scaling.map(({ fanIn, fanOut }) => [fanOut, fanIn])).toEqual([
      [64, 6],
      [64, 64],
      [64, 64],
      [3, 64],
    ]);
    expect(scaling[0]).toMatchObject({ multiplier: 1, initStd: 3, learningRate: 5 / 64 });
  });

  test.prop([fc.constantFrom('ntp', 'ip', 'mup'), fc.integer({ min: 1, max: 2000 })])(
    'is SP’s for every parametrization at the base width',
    (id, width) => {
      const at = (name: 'sp' | 'ntp' | 'ip' | 'mup'): readonly number[] =>
        effective(
          concreteScaling(
            smallSpec(PARAMETRIZATIONS[name], { width, constants: { ...constants, baseWidth: width } }),
          ),
        );
      expect(at(id)).toEqual(at('sp'));
    },
  );

  test('follows the ratio to the base width from there', () => {
    const at = (width: number): readonly number[] =>
      effective(
        concreteScaling(
          smallSpec(PARAMETRIZATIONS.mup, { width, constants: { ...constants, baseWidth: 64 } }),
        ),
      );
    const ratios = at(256).map((value, i) => value / at(64)[i]);
    // std n^0, n^−½, n^−½, n^−1 and rate n, 1, 1, 1/n at a ratio of 4.
    expect(ratios).toEqual([1, 4, 1 / 2, 1, 1 / 2, 1, 1 / 4, 1 / 4]);
  });

  test('of a zero start is 0 in its deviation and nowhere else', () => {
    const zero = { ...PARAMETRIZATIONS.mup, output: { a: 1, b: 'zero' as const, c: -1 } };
    expect(concreteScaling(smallSpec(zero))[3]).toMatchObject({
      multiplier: 1 / 64,
      initStd: 0,
      learningRate: 32,
    });
  });
});
