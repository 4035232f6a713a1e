import { expect, test } from 'vitest';
import { sampleGram } from '../../linalg/gram.ts';
import { matrix } from '../../linalg/matrix.ts';
import { packedGram } from '../../linalg/packed-gram.ts';
import { lambdaMeans } from '../../quantities/mean-gram-lambda-min.ts';
import { fillNormal } from '../../random/normal.ts';
import { rngFromSeed } from '../../random/rng.ts';
import { pointAt } from './curves.ts';

/** λ_min of features whose Gram tends to a diagonal one, at one step. */
function pointOf(spectrum: readonly number[]) {
  const random = rngFromSeed(1);
  const grams = [128, 256, 512].flatMap((width) =>
    Array.from({ length: 4 }, () => {
      const features = matrix(spectrum.length, width);
      spectrum.forEach((lambda, sample) => {
        fillNormal(features.data.subarray(sample * width, (sample + 1) * width), random, Math.sqrt(lambda));
      });
      return { width, gram: packedGram(sampleGram(features)) };
    }),
  );
  return pointAt(0, null, lambdaMeans(grams));
}

test('λ_min is extrapolated where it stands apart, and not where eigenvalues may meet, at the same widths', () => {
  const apart = pointOf([1, 0.5, 0.25, 0.1]);
  expect(apart.extrapolated!.low!).toBeLessThan(0.1);
  expect(apart.extrapolated!.high!).toBeGreaterThan(0.1);
  const meeting = pointOf([1, 1, 1, 1]);
  expect(meeting.extrapolated).toBeNull();
  expect(meeting.byWidth).toHaveLength(3);
});
