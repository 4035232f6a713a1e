import { describe, expect, test } from 'vitest';
import { mixtureDataset } from '../../data/mixture.ts';
import { PARAMETRIZATIONS } from '../../parametrization/table.ts';
import type { DependentPair } from '../judging/dependent-pairs.ts';
import { predictionsOf } from '../judging/predictions.ts';
import { judgedLayers } from './evidence.ts';
import { type MeasuredRun, measuredRuns } from './measured.ts';
import type { ComparisonRequest } from './request.ts';
import { comparisonVerdict } from './verdict.ts';

const dataset = mixtureDataset({ classes: 2, dim: 8, samples: 4, seed: 0 });
const SEEDS = [0, 1, 2];
/** Of the seeds, in standard deviations of the logarithm at width 1. */
const DEVIATIONS = [-1, 0, 1];
const WIDTHS = [128, 256, 512];

/** Exponents of width of what three hidden layers do, and where runs diverge. */
interface Story {
  readonly movement?: readonly number[];
  /** At a step between. */
  readonly early?: { readonly step: number; readonly movement: readonly number[] };
  readonly displacement?: readonly number[];
  /** At step 0 and at T. */
  readonly lambdaMin?: readonly [start: readonly number[], end: readonly number[]];
  readonly outputChange?: number;
  readonly noise?: number;
  readonly divergedAt?: (width: number, seed: number) => number | null;
  readonly scale?: number;
  /** The loss after training, of 1 before. */
  readonly loss?: number;
  /** ‖∂𝓛/∂W¹‖ at the start by that of the error, where it is measured. */
  readonly gradient?: number;
}

const STEPS = [0, 10];
const FLAT = [0, 0, 0];

function runs(story: Story): readonly MeasuredRun[] {
  return WIDTHS.flatMap((width) => SEEDS.map((seed) => run(story, width, seed)));
}

function run(story: Story, width: number, seed: number): MeasuredRun {
  const { movement = FLAT, displacement = movement, lambdaMin = [FLAT, FLAT], noise = 0.5 } = story;
  const scatter = Math.exp((noise * DEVIATIONS[seed]) / Math.sqrt(width));
  const power = (exponent: number) => Math.exp(exponent * Math.log(width)) * scatter;
  const divergedAt = story.divergedAt?.(width, seed) ?? null;
  const state = divergedAt === null ? 'finished' : 'diverged';
  const lambda = (layer: number, at: number) => 0.1 * power(lambdaMin[at][layer - 1]);
  return {
    row: {
      parametrization: 'any',
      width,
      seed,
      state,
      divergedAt,
      loss: [1, divergedAt === null ? (story.loss ?? 0.5) : null],
      outputChange: divergedAt === null ? power(story.outputChange ?? 0) : null,
      layers: [1, 2, 3].map((layer) => ({
        layer,
        movement: divergedAt === null ? (story.scale ?? 0.1) * power(movement[layer - 1]) : null,
        lambdaMinInit: lambda(layer, 0),
        lambdaMinFinal: lambda(layer, 1),
        lambdaMinJoint: lambda(layer, 1),
        floor: 1e-15,
        floorJoint: 1e-15,
        lambdaMinLimit: 0.1,
      })),
      series: [
        ...[1, 2, 3].map((layer) => ({
          quantity: 'lambdaMin' as const,
          layer,
          steps: STEPS,
          values: STEPS.map((_, at) => lambda(layer, at)),
        })),
        ...(story.early === undefined
          ? []
          : [1, 2, 3].map((layer) => ({
              quantity: 'movement' as const,
              layer,
              steps: [story.early!.step],
              values: [0.1 * power(story.early!.movement[layer - 1])],
            }))),
        ...(story.gradient === undefined
          ? []
          : [
              { quantity: 'errorNorm' as const, layer: null, steps: [0], values: [2] },
              { quantity: 'gradientNorm' as const, layer: 1, steps: [0], values: [2 * story.gradient] },
            ]),
      ],
    },
    kept: STEPS.flatMap((step, at) =>
      [1, 2, 3].map((layer) => ({
        layer,
        step,
        gram: [1, 0, 1, 0, 0, 1, 0, 0, 0, lambda(layer, at)],
        displacement: power(displacement[layer - 1]),
      })),
    ),
  };
}

/** Of an unstable regime the calculus foretells no slope. */
const unpredicted = PARAMETRIZATIONS['sp-constant'];

const request: ComparisonRequest = {
  parametrizations: [],
  widths: WIDTHS,
  seeds: SEEDS.length,
  depth: 3,
  activation: 'tanh',
  steps: 10,
  learningRate: 1,
  baseWidth: 1,
  readout: 'scaled',
  initStd: 1,
  loss: { kind: 'half-square', reduction: 'mean' },
  batch: null,
  optimizer: { kind: 'sgd' },
  probe: { samples: 4, steps: STEPS, keeps: 'grams' },
  data: { kind: 'mixture', hash: '' },
  dataset,
  engine: { name: 'reference', numerics: 1 },
  limits: {},
  spectra: {},
};

function verdict(
  story: Story,
  {
    of = PARAMETRIZATIONS.mup,
    asked = {},
    pairs = [],
  }: {
    readonly of?: typeof PARAMETRIZATIONS.mup;
    readonly asked?: Partial<ComparisonRequest>;
    readonly pairs?: readonly DependentPair[];
  } = {},
) {
  const told = runs(story);
  const own = { ...request, ...asked };
  return comparisonVerdict({
    rows: told.map(({ row }) => row),
    measured: measuredRuns(told),
    parametrization: of,
    predictionsAt: predictionsOf(of, own),
    request: own,
    pairs,
  });
}

describe('features', () => {
  test('move where they move in every judged layer', () => {
    expect(verdict({})).toMatchObject({
      motion: 'moves',
      featureLearning: true,
      richness: 'rich',
      stable: true,
      reasons: [],
    });
  });

  test('are frozen where one judged layer is, as theory says of SP', () => {
    const found = verdict({ movement: [-1.5, -0.5, -0.5] }, { of: PARAMETRIZATIONS.sp });
    expect(found).toMatchObject({ motion: 'frozen', featureLearning: false });
    expect(found.classes.movement.map(({ agreement }) => agreement)).toEqual(Array(3).fill('consistent'));
  });

  test('are not judged by the first of several layers, whose class stands apart', () => {
    const found = verdict({ movement: [-1, 0, 0] });
    expect(found.motion).toBe('moves');
    expect(found.classes.movement[0].class).not.toBe('constant');
    expect(judgedLayers(1)).toEqual([1]);
    expect(judgedLayers(4)).toEqual([2, 3, 4]);
  });

  test('that grow learn nothing that is praised', () => {
    const found = verdict({ movement: [0, 0.4, 0.4], displacement: FLAT }, { of: unpredicted });
    expect(found).toMatchObject({ motion: 'grows', featureLearning: null, growing: [2, 3], stable: null });
    expect(found.reasons).toContain('the movement of layer 2, relative to its start, grows with width');
  });

  test('that contradict theory at T, and not before, are shown at both steps', () => {
    const early = { step: 2, movement: FLAT };
    const asked = { probe: { ...request.probe, steps: [0, 2, 10] } };
    const says =
      'the movement of layers 2, 3 is as predicted at step 2 (slope 0.00, 0.00) and no longer at step 10';
    const reasonsOf = (story: Story) => verdict({ noise: 0.05, ...story }, { asked }).reasons.join('; ');
    expect(reasonsOf({ movement: [0, 0.6, 0.7], early })).toContain(`${says} (0.60, 0.70): the more steps`);
    expect(reasonsOf({ movement: [0, 0.6, 0.7], early: { ...early, movement: [0, 0.4, 0] } })).not.toContain(
      'as predicted',
    );
    expect(reasonsOf({ early })).not.toContain('as predicted');
  });

  test('of what theory has grow neither keep their movement nor freeze', () => {
    const of = unpredicted;
    expect(verdict({}, { of }).motion).toBe('undecided');
    expect(verdict({ movement: [-0.5, -0.5, -0.5] }, { of }).motion).toBe('undecided');
  });

  test('that did not move for want of a gradient are not said to want a larger rate', () => {
    const why = (gradient: number) => verdict({ scale: 1e-9, loss: 1, gradient }).reasons;
    expect(why(2e-17)).toEqual(['nothing was trained: the gradient is zero at the start']);
    expect(why(1e-3)).toEqual(['nothing was trained: η = 1 is too small']);
  });

  test('that have not moved beyond rounding were not trained', () => {
    expect(verdict({ scale: 1e-9, loss: 1 - 1e-9 })).toMatchObject({
      motion: 'untrained',
      featureLearning: null,
      richness: null,
      stable: null,
      reasons: ['nothing was trained: η = 1 is too small, or the gradient is zero at the start'],
    });
  });

  test('that stay while the loss falls are undecided, as something else was trained', () => {
    expect(verdict({ scale: 1e-9, loss: 0.9 })).toMatchObject({
      motion: 'undecided',
      featureLearning: null,
      reasons: [
        'no feature of the watched samples moves, though the loss changes: a larger probe may see what is trained',
      ],
    });
  });

  test('are undecided in a wide interval, with how many seeds would decide', () => {
    const found = verdict({ noise: 14 });
    expect(found.motion).toBe('undecided');
    expect(found.reasons.join('; ')).toMatch(/feature learning undecided at these seeds: run \d+ more/);
  });
});

describe('richness', () => {
  test('is low where λ_min of one judged layer falls, and says that features become dependent', () => {
    const low = verdict({ lambdaMin: [FLAT, [0, -1, -1]], noise: 0.02 });
    expect(low).toMatchObject({ richness: 'low', collapse: 'dependent' });
    expect(low.classes.lambdaMin.map(({ step }) => step).slice(1)).toEqual([10, 10]);
  });

  test('looks at the worst step: what leaves a collapsed start was collapsed', () => {
    const escaped = verdict({ lambdaMin: [[0, -1, -2], FLAT] }, { of: PARAMETRIZATIONS.ip });
    expect(escaped.richness).toBe('low');
    expect(escaped.reasons).toContain('layer 2 starts collapsed, until step 0');
  });

  test.for<[what: string, asked: Partial<ComparisonRequest>, reason: string]>([
    [
      'few samples',
      { probe: { ...request.probe, samples: 3 } },
      'a probe of 3 samples is too small, it takes 4',
    ],
    ['few seeds', { seeds: 2 }, 'it takes 3 seeds'],
    ['narrow widths', { widths: [32, 256] }, '4 samples need widths from 64 on'],
  ])('is not measured with %s', ([, asked, reason]) => {
    const found = verdict({}, { asked });
    expect(found).toMatchObject({ richness: null, richnessMeasured: false });
    expect(found.reasons).toContain(`richness not measured: ${reason}`);
  });

  test('is not measured on samples that the data makes dependent', () => {
    const found = verdict({}, { pairs: [{ kind: 'equal', rows: [1, 2] }] });
    expect(found).toMatchObject({ richness: null, richnessMeasured: false });
  });

  test('looks at layer 1 where its infinite-width value is known', () => {
    const story: Story = { lambdaMin: [[-1, 0, 0], FLAT] };
    const of = { ...PARAMETRIZATIONS.mup, input: { ...PARAMETRIZATIONS.mup.input, b: 1 } };
    expect(verdict(story, { of }).richness).toBe('rich');
    expect(verdict(story, { of, asked: { limits: { [of.name]: [0.1, 0.1, 0.1] } } }).richness).toBe('low');
  });
});

describe('stability', () => {
  test("is lost where the output's change grows with width", () => {
    const unstable = verdict({ outputChange: 0.5 }, { of: unpredicted });
    expect(unstable.stable).toBe(false);
    expect(unstable.reasons).toEqual(["the output's change grows with width"]);
  });

  test('is lost where features move further the wider, whatever they began as', () => {
    expect(verdict({ displacement: [0, 0.5, 0.5] }).stable).toBe(false);
  });

  test('is kept where movement grows only beside a start that vanishes', () => {
    expect(verdict({ movement: [0, 0.5, 1], displacement: FLAT }).stable).toBe(true);
  });

  test('is lost where features grow with width at the start, however little they move', () => {
    const grown = verdict({ movement: [0, -0.5, -0.5], displacement: FLAT });
    expect(grown.stable).toBe(false);
    expect(grown.reasons).toContain('the size of layer 2 at the start grows with width');
  });

  test('is not seen, nor that features keep moving, where theory has all grow and these widths do not show it', () => {
    const found = verdict({}, { of: unpredicted });
    expect(found).toMatchObject({ stable: null, motion: 'undecided', featureLearning: null });
    expect(found.reasons).toEqual([
      'stability undecided: theory says that training grows with width, but neither outputs nor the absolute movement of features does at these widths and this η; wider networks or a larger η would tell',
    ]);
  });

  test('is lost where divergence sets in as width grows', () => {
    const found = verdict({ divergedAt: (width) => (width > 256 ? 4 : null) });
    expect(found).toMatchObject({ stable: false, divergence: { widths: [512], steps: [4, 4] } });
  });

  test('is not measured where the narrowest diverge, and a rate to try is named', () => {
    const found = verdict({ divergedAt: (width) => (width < 256 ? 9 : null) });
    expect(found.stable).toBeNull();
    expect(found.reasons[0]).toBe('diverges at step 9 at width 128: not measured at η = 1, try 0.1');
  });

  test('is not measured where all diverge alike, and lost where the wider do so earlier', () => {
    expect(verdict({ divergedAt: () => 3 })).toMatchObject({ stable: null, featureLearning: null });
    const earlier = verdict({ divergedAt: (width, seed) => Math.round(4000 / width) + seed });
    expect(earlier.stable).toBe(false);
  });
});
