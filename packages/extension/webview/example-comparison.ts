import type { ComparisonId, ComparisonSnapshot, RunHistory } from '@widthwise/protocol';

// SAFETY: ids are made by servers; a test is one.
export const EXAMPLE_ID: ComparisonId = 'example' as ComparisonId;

/** Two parametrizations, two widths, one seed: a comparison of two hidden layers over four steps, nothing run yet. */
export function exampleComparison(): ComparisonSnapshot {
  const names = ['mup', 'sp'];
  const widths = [64, 256];
  return {
    comparisonId: EXAMPLE_ID,
    revision: 0,
    plan: {
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
      learningRate: 1,
      engine: 'reference',
      limits: { mup: [0.2, 0.1], sp: [0.2, null] },
    },
    state: { kind: 'running' },
    progress: { finished: 0, total: 4, secondsLeft: null },
    runs: widths.flatMap((width) => names.map((parametrization) => waitingRun(parametrization, width))),
    judgement: { slopes: {}, verdicts: {}, sentence: '' },
  };
}

function waitingRun(parametrization: string, width: number): RunHistory {
  return { parametrization, width, seed: 0, state: { kind: 'waiting' }, series: [], outcome: null };
}
