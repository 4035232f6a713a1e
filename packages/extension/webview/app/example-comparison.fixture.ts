import type {
  ExperimentId,
  ExperimentSnapshot,
  ExperimentState,
  RunHistory,
  Slope,
} from '@widthwise/protocol';
import { ExperimentStore, type ShownExperiment } from './experiment-store.ts';

// SAFETY: ids are made by servers; a test is one.
export const EXAMPLE_ID: ExperimentId = 'example' as ExperimentId;

/** Two parametrizations, two widths, one seed: a comparison of two hidden layers over four steps, nothing run yet. */
export function exampleComparison(): ExperimentSnapshot<'compare'> {
  const names = ['mup', 'sp'];
  const widths = [64, 256];
  return {
    experimentId: EXAMPLE_ID,
    experiment: 'compare',
    revision: 0,
    plan: {
      twin: null,
      foreseen: [],
      data: 'digits, 64 samples',
      parametrizations: [
        { name: 'mup', label: 'μP' },
        { name: 'sp', label: 'SP, η/n' },
      ],
      widths,
      seeds: 1,
      depth: 2,
      activation: 'tanh',
      steps: 4,
      batch: null,
      learningRate: 1,
      baseWidth: 1,
      readout: 'scaled',
      optimizer: 'sgd',
      loss: 'half-square',
      engine: 'reference',
      arguments: ['compare', '--widths', '64,256'],
      kept: true,
      limits: { mup: [0.2, 0.1], sp: [0.2, null] },
    },
    state: { kind: 'running' },
    progress: { finished: 0, total: 4, secondsLeft: null },
    runs: widths.flatMap((width) => names.map((parametrization) => waitingRun(parametrization, width))),
    judgement: { slopes: {}, verdicts: {}, features: null, infiniteWidth: null, sentence: '' },
  };
}

/** The same as a view holds it. */
export function shownComparison(): ShownExperiment<'compare'> {
  const store = new ExperimentStore();
  store.hydrate(exampleComparison());
  // SAFETY: what was hydrated is a comparison.
  return store.shown as ShownExperiment<'compare'>;
}

function waitingRun(parametrization: string, width: number): RunHistory {
  return { parametrization, width, seed: 0, state: { kind: 'waiting' }, series: [], outcome: null };
}

const slope = (value: number): Slope => ({ value, low: value - 0.1, high: value + 0.1 });

/** The example at work: one run of μP has ended, one runs, SP has diverged at the narrow width. */
export function comparisonAtWork(state: ExperimentState = { kind: 'running' }): ShownExperiment<'compare'> {
  const { runs, ...rest } = exampleComparison();
  const loss = { quantity: 'loss', layer: null, steps: [0, 1], values: [1, 0.5] } as const;
  const store = new ExperimentStore();
  store.hydrate({
    ...rest,
    state,
    progress: { finished: 2, total: 4, secondsLeft: 4 },
    runs: [
      { ...runs[0]!, state: { kind: 'finished' }, series: [loss] },
      { ...runs[1]!, state: { kind: 'diverged', atStep: 3 }, series: [loss] },
      { ...runs[2]!, state: { kind: 'running' }, series: [loss] },
      runs[3]!,
    ],
    judgement: {
      features: null,
      infiniteWidth: null,
      slopes: {
        mup: {
          movement: [slope(0), slope(-0.02)],
          lambdaMin: [slope(0.1), slope(-0.3)],
          lambdaMinJoint: [],
          outputChange: slope(0),
        },
      },
      verdicts: {
        mup: {
          stable: true,
          featureLearning: true,
          richness: 'rich',
          motion: 'moves',
          richnessMeasured: true,
          reasons: [],
          classes: {
            movement: [1, 2].map((layer) => ({
              layer,
              step: 4,
              slope: slope(layer === 1 ? 0 : -0.02),
              class: 'constant',
              predicted: 0,
              agreement: 'consistent',
              crossover: null,
            })),
            lambdaMin: [],
          },
          divergence: null,
          sentence: 'Features keep moving.',
        },
      },
      sentence: 'μP keeps features moving.',
    },
  });
  // SAFETY: what was hydrated is a comparison.
  return store.shown as ShownExperiment<'compare'>;
}
