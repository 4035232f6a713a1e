import { describe, expect, test } from 'vitest';
import { logMeans, type WidthMeans } from '../../statistics/width-means.ts';
import { type Scaling, type ScalingQuestion, scalingOf } from './scaling-class.ts';

const WIDTHS = [128, 256, 512, 1024];
/** Of three seeds, in standard deviations; they sum to 0. */
const DEVIATIONS = [-1, 0, 1];

/** Means of a quantity whose seeds scatter by `noise`/√n in its logarithm. */
function means(value: (width: number) => number, noise = 0.5, widths = WIDTHS): WidthMeans {
  const found = logMeans(
    widths.flatMap((width) =>
      DEVIATIONS.map((deviation) => ({
        width,
        value: value(width) * Math.exp((noise * deviation) / Math.sqrt(width)),
      })),
    ),
  );
  if ('reason' in found) throw new Error(found.reason);
  return found;
}
const power = (exponent: number) => (width: number) => Math.exp(exponent * Math.log(width));
const scaling = (of: WidthMeans, predicted: number | null, given: Partial<ScalingQuestion> = {}): Scaling =>
  scalingOf(of, { predicted, power: 2, ...given });

describe('the class of a slope', () => {
  test.for<[exponent: number, predicted: number | null, expected: Scaling['class']]>([
    [0, 0, 'constant'],
    [0, null, 'constant'],
    [-0.5, null, 'falls'],
    [-0.5, -0.5, 'falls'],
    [-0.2, -0.2, 'falls'],
    [-0.2, null, 'constant'],
    [-0.2, 0, 'constant'],
    [0.5, null, 'grows'],
    [0.2, 0.2, 'grows'],
    [0, -0.5, 'constant'],
    [-0.5, 0.5, 'undecided'],
  ])('%d, predicted %j, is %s', ([exponent, predicted, expected]) => {
    expect(scaling(means(power(exponent)), predicted).class).toBe(expected);
  });

  test('is open while its interval holds both 0 and a predicted fall', () => {
    const wide = scaling(means(power(-0.1), 12), -0.2);
    expect(wide).toMatchObject({ class: 'undecided', agreement: 'consistent' });
  });

  test('is open on the crest of what rises before it falls as predicted', () => {
    const crest = means((width) => width / (90 ** 2 + width ** 2), 0.5, [32, 64, 128, 256]);
    expect(scaling(crest, -1)).toMatchObject({ class: 'undecided', agreement: 'approaching' });
    expect(scaling(crest, null).class).toBe('constant');
  });

  test('of λ_min may rise: its finite-width bias is upward', () => {
    const rising = means(power(0.3));
    expect(scaling(rising, 0, { mayRise: true }).class).toBe('constant');
    expect(scaling(rising, null).class).toBe('grows');
  });

  test('needs more of a fall that is one of many', () => {
    const noisy = means(power(-0.6), 2.5);
    expect(scaling(noisy, null).class).toBe('falls');
    expect(scaling(noisy, null, { fallTail: 1e-6 }).class).toBe('undecided');
  });

  test('has none without a slope, and repeats why', () => {
    expect(scalingOf({ reason: 'no run has a value' }, { predicted: 0, power: 2 })).toMatchObject({
      class: 'undecided',
      agreement: null,
      slope: { value: null, reason: 'no run has a value' },
    });
  });
});

describe('what falls over these widths although theory says constant', () => {
  test('is open, with the width where it turns: q² = 1/2000 + 1/n turns at 2000', () => {
    const turning = means((width) => Math.sqrt(1 / 2000 + 1 / width));
    const found = scaling(turning, 0);
    expect(found).toMatchObject({ class: 'undecided', agreement: 'approaching' });
    expect(found.crossover).toBeGreaterThan(1900);
    expect(found.crossover).toBeLessThan(2100);
  });

  test('falls where its limit is nothing beside the widest width', () => {
    expect(scaling(means(power(-0.5), 0.05), 0)).toMatchObject({ class: 'falls', agreement: 'contradicts' });
  });

  test('is open over two widths, which show no limit', () => {
    expect(scaling(means(power(-0.5), 0.05, [128, 512]), 0).class).toBe('undecided');
  });

  test('and its mirror image grows', () => {
    expect(scaling(means(power(0.5), 0.05), 0)).toMatchObject({ class: 'grows', agreement: 'contradicts' });
  });
});

describe('what grows or falls over these widths, and the less the wider, although theory says constant', () => {
  const levelling = (width: number) => 1 / (1 + (300 / width) ** 2);

  test.each([
    ['grows', levelling],
    ['falls', (width: number) => 1 / levelling(width)],
  ])('is undecided where it %s: it need not level off like 1/n', (_, value) => {
    const found = scaling(means(value, 0.2, [64, 128, 256, 512, 1024]), 0);
    expect(found).toMatchObject({ class: 'undecided', agreement: 'approaching' });
    expect(Math.abs(found.slope.value!)).toBeGreaterThan(0.5);
  });
});

describe('measurement beside prediction', () => {
  test('is consistent where the interval holds it', () => {
    expect(scaling(means(power(-0.5)), -0.5).agreement).toBe('consistent');
  });

  test('approaches it where the slope bends towards it', () => {
    const bent = means((width) => Math.exp(-0.5 * Math.log(width)) + 30 / width, 0.05);
    expect(scaling(bent, -0.5).agreement).toBe('approaching');
  });

  test('contradicts it where it stays away', () => {
    expect(scaling(means(power(-0.9), 0.05), -0.5).agreement).toBe('contradicts');
  });
});
