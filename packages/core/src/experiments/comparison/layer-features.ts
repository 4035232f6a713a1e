import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { unpackedGram } from '../../linalg/packed-gram.ts';
import { centeredAlignment } from '../../quantities/centered-alignment.ts';
import { classScatter } from '../../quantities/class-scatter.ts';
import { conditionNumber } from '../../quantities/condition-number.ts';
import { spectrumOfGram } from '../../quantities/gram-spectrum.ts';
import { kernelAlignment } from '../../quantities/kernel-alignment.ts';
import { numericalRank } from '../../quantities/numerical-rank.ts';
import { participationRatio } from '../../quantities/participation-ratio.ts';
import type { KeptFeatures } from '../../run/run-result.ts';
import type { MeasuredRun } from './measured.ts';
import type { LayerFeatures, WidthFeatures } from './report.ts';
import type { ComparisonRequest } from './request.ts';

/** Of larger probes so many eigenvalues are told, evenly over their ranks, the first and the last among them. */
const MOST_EIGENVALUES = 64;

/** What the Grams of every hidden layer show after the last step, averaged over the seeds of a width whose runs all finished. */
export function layerFeatures(
  runs: readonly MeasuredRun[],
  request: ComparisonRequest,
  name: string,
): readonly LayerFeatures[] {
  const { depth, steps, widths } = request;
  const classes = classesOf(request);
  return Array.from({ length: depth }, (_, index): LayerFeatures => {
    const layer = index + 1;
    const spectrum = request.spectra[name]?.[index] ?? null;
    return {
      layer,
      limit: spectrum === null ? null : spread(spectrum),
      byWidth: widths.flatMap((width) => {
        const own = runs.filter(({ row }) => row.width === width);
        if (own.length === 0 || own.some(({ row }) => row.state !== 'finished')) return [];
        const [initial, now] = [0, steps].map((step) =>
          meanGram(
            own.flatMap(({ kept }) => kept.filter((each) => each.layer === layer && each.step === step)),
          ),
        );
        return initial === null || now === null ? [] : [featuresOf(width, { initial, now, classes })];
      }),
    };
  });
}

function featuresOf(
  width: number,
  {
    initial,
    now,
    classes,
  }: { readonly initial: Matrix; readonly now: Matrix; readonly classes: readonly number[] },
): WidthFeatures {
  const spectrum = spectrumOfGram(now, width);
  const { eigenvalues, floor } = spectrum;
  return {
    width,
    eigenvalues: spread([...eigenvalues].map((lambda) => Math.max(0, lambda))),
    floor,
    conditionNumber: conditionNumber(spectrum),
    numericalRank: numericalRank(spectrum),
    participationRatio: participationRatio(eigenvalues),
    kernelAlignment: kernelAlignment(initial, now),
    centeredAlignment: centeredAlignment(initial, now),
    classScatter: classScatter(now, classes),
  };
}

function meanGram(kept: readonly KeptFeatures[]): Matrix | null {
  if (kept.length === 0) return null;
  const grams = kept.map(({ gram }) => unpackedGram(gram));
  const [{ rows }] = grams;
  const mean = matrix(rows, rows);
  for (const { data } of grams)
    for (let at = 0; at < data.length; at++) mean.data[at] += data[at] / grams.length;
  return mean;
}

/** Samples of the probe with the same targets are of one class. */
function classesOf({ dataset: { targets, outputDim }, probe }: ComparisonRequest): readonly number[] {
  const names = new Map<string, number>();
  return Array.from({ length: probe.samples }, (_, i) => {
    const key = targets.slice(i * outputDim, (i + 1) * outputDim).join();
    const known = names.get(key) ?? names.size;
    names.set(key, known);
    return known;
  });
}

function spread(values: readonly number[]): readonly number[] {
  if (values.length <= MOST_EIGENVALUES) return values;
  return Array.from(
    { length: MOST_EIGENVALUES },
    (_, index) => values[Math.round((index * (values.length - 1)) / (MOST_EIGENVALUES - 1))],
  );
}
