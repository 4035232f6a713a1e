import { matrix } from '@widthwise/core';
import {
  fillNormal,
  intervalOf,
  lambdaMeans,
  limitEstimate,
  logMeans,
  packedGram,
  pointAt,
  rngFromSeed,
  sampleGram,
} from '@widthwise/core/theory';

/** Widths with so many seeds each. */
interface Design {
  readonly widths: readonly number[];
  readonly seeds: number;
}

const random = rngFromSeed(2);

/** How often the interval of a holds it, of q = a + c/n with noise ∝ n^−½. */
export function limitCoverage({ widths, seeds }: Design, runs: number): number {
  const [a, c] = [0.1, 4];
  return share(runs, () => {
    const normals = new Float64Array(widths.length * seeds);
    fillNormal(normals, random, 1);
    const means = logMeans(
      widths.flatMap((width, at) =>
        Array.from({ length: seeds }, (_, seed) => ({
          width,
          value: (a + c / width) * Math.exp(normals[at * seeds + seed]! / Math.sqrt(width)),
        })),
      ),
    );
    return 'reason' in means ? null : holds(means, a);
  });
}

/** Of λ_min of the mean Gram: how often its interval is printed, and how often, of all, printed without holding the least of the spectrum that it tends to. */
export function spectrumCoverage(
  { widths, seeds }: Design,
  spectrum: readonly number[],
  runs: number,
): { readonly printed: number; readonly wrong: number } {
  const least = Math.min(...spectrum);
  let [printed, wrong] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const means = lambdaMeans(
      widths.flatMap((width) =>
        Array.from({ length: seeds }, () => {
          const features = matrix(spectrum.length, width);
          spectrum.forEach((lambda, sample) => {
            const row = features.data.subarray(sample * width, (sample + 1) * width);
            fillNormal(row, random, Math.sqrt(lambda));
          });
          return { width, gram: packedGram(sampleGram(features)) };
        }),
      ),
    );
    if ('reason' in means) continue;
    const { extrapolated } = pointAt(0, null, means);
    if (extrapolated === null) continue;
    printed++;
    if (least < extrapolated.low! || least > extrapolated.high!) wrong++;
  }
  return { printed: printed / runs, wrong: wrong / runs };
}

function holds(means: Parameters<typeof limitEstimate>[0], truth: number): boolean {
  const [low, high] = intervalOf(limitEstimate(means, 1)!);
  return low <= truth && truth <= high;
}

function share(runs: number, measure: () => boolean | null): number {
  let count = 0;
  for (let run = 0; run < runs; run++) if (measure() === true) count++;
  return count / runs;
}
