/** `npm run coverage`: how often each printed interval holds what it is an interval of, written into docs/statistics.md. */
import { writeFile } from 'node:fs/promises';
import { matrix } from '@widthwise/core';
import {
  fillNormal,
  intervalOf,
  lambdaMeans,
  limitEstimate,
  logMeans,
  packedGram,
  rngFromSeed,
  sampleGram,
  scalingOf,
  slopeOf,
} from '@widthwise/core/theory';
import { driftCoverage, LOSS_CURVES } from './drift-coverage.ts';
import * as extrapolation from './extrapolation-coverage.ts';

const PAGE = new URL('../../docs/statistics.md', import.meta.url);
const RUNS = 10_000;
const GRAM_RUNS = 4000;
const DRIFT_RUNS = 2000;
const DESIGNS: readonly { readonly widths: readonly number[]; readonly seeds: number }[] = [
  { widths: [128, 256, 512, 1024], seeds: 5 },
  { widths: [128, 256, 512], seeds: 3 },
  { widths: [64, 128, 256], seeds: 8 },
];
const random = rngFromSeed(1);

type Points = readonly { readonly width: number; readonly value: number }[];
type Design = (typeof DESIGNS)[number];

/** Values around a curve, whose logarithm scatters by sd(n). */
function draw(
  { widths, seeds }: Design,
  curve: (width: number) => number,
  deviation: (width: number) => number,
): Points {
  const normals = new Float64Array(widths.length * seeds);
  fillNormal(normals, random, 1);
  return widths.flatMap((width, at) =>
    Array.from({ length: seeds }, (_, seed) => ({
      width,
      value: curve(width) * Math.exp(deviation(width) * normals[at * seeds + seed]!),
    })),
  );
}

function meansOf(points: Points) {
  const means = logMeans(points);
  if ('reason' in means) throw new Error(means.reason);
  return means;
}

function share(runs: number, holds: () => boolean): number {
  let count = 0;
  for (let run = 0; run < runs; run++) if (holds()) count++;
  return count / runs;
}

const power = (exponent: number) => (width: number) => Math.exp(exponent * Math.log(width));
const asRoot = (size: number) => (width: number) => size / Math.sqrt(width);

function slopeCoverage(design: Design, deviation: (width: number) => number): number {
  return share(RUNS, () => {
    const { low, high } = slopeOf(meansOf(draw(design, power(-0.5), deviation)));
    return low! <= -0.5 && -0.5 <= high!;
  });
}

function limitCoverage(design: Design): number {
  const [a, c] = [0.04, 20];
  return share(RUNS, () => {
    const means = meansOf(draw(design, (width) => Math.sqrt(a + c / width), asRoot(1)));
    const [low, high] = intervalOf(limitEstimate(means, 2)!);
    return low <= a && a <= high;
  });
}

/** Of features whose Gram tends to a spectrum: the truth is the slope of the mean θ over all runs. */
function lambdaCoverage({ widths, seeds }: Design, spectrum: readonly number[]): number {
  const slopes = Array.from({ length: GRAM_RUNS }, () =>
    slopeOf(
      lambdaMeans(
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
      ),
    ),
  );
  const truth = slopes.reduce((sum, { value }) => sum + value!, 0) / slopes.length;
  return slopes.filter(({ low, high }) => low! <= truth && truth <= high!).length / slopes.length;
}

/** How often a power law of another exponent is said to approach a prediction of 0. */
function falselyApproaching(design: Design, exponent: number): number {
  return share(RUNS, () => {
    const means = meansOf(draw(design, power(exponent), asRoot(1)));
    return scalingOf(means, { predicted: 0, power: 2 }).agreement === 'approaching';
  });
}

const SCATTER = { deviation: 0.2, runs: DRIFT_RUNS };

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** `1.2 % of 45 %`: printed without holding, and printed. */
function spectrumCell(spectrum: readonly number[]): (design: Design) => string {
  return (design) => {
    const { printed, wrong } = extrapolation.spectrumCoverage(design, spectrum, GRAM_RUNS);
    return `${percent(wrong)} of ${percent(printed)}`;
  };
}

function table(
  of: string,
  measures: readonly (readonly [string, (design: Design) => number | string])[],
): string {
  const head = [of, ...measures.map(([name]) => name)];
  const rows = DESIGNS.map((design) => [
    `${design.widths.join(', ')}; ${design.seeds} seeds`,
    ...measures.map(([, measure]) => {
      const found = measure(design);
      return typeof found === 'number' ? percent(found) : found;
    }),
  ]);
  return [head, head.map(() => '---'), ...rows].map(rowOf).join('\n');
}

const page = `# How often intervals hold

Written by \`npm run coverage\`, which simulates ${RUNS} experiments a cell (${GRAM_RUNS} of λ_min). Every interval is meant to hold in 95 % of cases what the same widths would give with seeds without end.

${table('widths', [
  ['slope, noise of a seed ∝ n^−½', (design) => slopeCoverage(design, asRoot(1))],
  ['slope, noise alike at every width', (design) => slopeCoverage(design, () => 0.05)],
  ['a of q² = a + c/n', limitCoverage],
  [
    'slope of λ_min of the mean Gram, spectrum 1, ½, ¼, 1/10',
    (design) => lambdaCoverage(design, [1, 0.5, 0.25, 0.1]),
  ],
  ['the same, spectrum 1, 0.9, 0.8, 0.7', (design) => lambdaCoverage(design, [1, 0.9, 0.8, 0.7])],
  ['the same, white features', (design) => lambdaCoverage(design, [1, 1, 1, 1])],
  ['the same, eight white samples', (design) => lambdaCoverage(design, Array<number>(8).fill(1))],
])}

The weights n·S are right for noise that falls like n^−½; the second column says what it costs where it does not. Where eigenvalues meet in the limit they repel each other, which the variance by halves of the seeds feels as the mean over all does.

## The drift of best rates

Of \`transfer\`, ${DRIFT_RUNS} searches a cell: the best rate of a seed scatters by so much of itself, and the loss around it is a parabola, one that is four times steeper beyond the best rate, or one that diverges at 1.5 times it. Beside seeds the interval has what the grid of rates leaves open, in the worst case; where seeds scatter little it holds more often than in 95 % of cases.

${table('widths', [
  ['parabola, 20 %', (design) => driftCoverage(design, { curve: LOSS_CURVES.even, ...SCATTER })],
  ['steeper beyond, 20 %', (design) => driftCoverage(design, { curve: LOSS_CURVES.skewed, ...SCATTER })],
  ['diverges beyond, 20 %', (design) => driftCoverage(design, { curve: LOSS_CURVES.walled, ...SCATTER })],
  [
    'parabola, 80 %',
    (design) => driftCoverage(design, { curve: LOSS_CURVES.even, ...SCATTER, deviation: 0.8 }),
  ],
])}

## *Approaching*, said of a power law

Of a quantity that falls like a power of width without end, while 0 is predicted, *approaching* is false. A slope that bends is seldom taken for one; but q² = a + c/n also fits powers between 0 and −½ with an a above 0, so that the word never decides anything alone: such a fall stays undecided.

${table('widths', [
  ['n^−½', (design) => falselyApproaching(design, -0.5)],
  ['n^−0.4', (design) => falselyApproaching(design, -0.4)],
  ['n^−¾', (design) => falselyApproaching(design, -0.75)],
])}

## What is extrapolated

Of \`limit\`, \`compare\` and \`check\`: how often the interval of a of q = a + c/n holds what the quantity comes to as n → ∞. Where the least eigenvalues of a Gram meet in the limit, as of orthonormal inputs, they repel each other by more than c/n at any width: λ_min is not extrapolated where its eigenvector is mixed with others at the narrowest width. So of λ_min stands how often, of all experiments, an interval is printed that does not hold, meant to be 5 % at most, and how often one is printed.

${table('widths', [
  ['a of q = a + c/n, noise ∝ n^−½: holds', (design) => percent(extrapolation.limitCoverage(design, RUNS))],
  ['λ_min, spectrum 1, ½, ¼, 1/10: wrong, of printed', spectrumCell([1, 0.5, 0.25, 0.1])],
  ['the same, spectrum 1, 0.9, 0.8, 0.7', spectrumCell([1, 0.9, 0.8, 0.7])],
  ['the same, two equal, spectrum 1, ½, 1/5, 1/5', spectrumCell([1, 0.5, 0.2, 0.2])],
  ['the same, white features', spectrumCell([1, 1, 1, 1])],
  ['the same, eight white samples', spectrumCell(Array<number>(8).fill(1))],
])}
`;
await writeFile(PAGE, page);
console.log(page);
