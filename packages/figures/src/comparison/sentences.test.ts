import type { LayerScaling } from '@widthwise/core';
import { expect, test } from 'vitest';
import { comparisonSentence, verdictSentence } from './sentences.ts';
import { smallComparison } from './small-comparison.fixture.ts';

const labels = { sp: 'SP, η/n', mup: 'μP', ip: 'IP', ntp: 'NTP' };
const CLEAR = {
  stable: true,
  motion: 'undecided',
  richnessMeasured: true,
  collapse: null,
  classes: { movement: [], lambdaMin: [] },
  divergence: null,
  growing: [],
  reasons: [],
} as const;
type Claims = Readonly<Record<string, readonly [boolean | null, 'rich' | 'low' | null]>>;
const said = (claims: Claims) => {
  const verdicts = Object.entries(claims).map(([name, [featureLearning, richness]]) => [
    name,
    { ...CLEAR, featureLearning, richness },
  ]);
  const report = {
    complete: true,
    rows: [],
    slopes: {},
    verdicts: Object.fromEntries(verdicts),
    dependentSamples: [],
  };
  return comparisonSentence(report, labels);
};

test.for<[Claims, string]>([
  [
    { sp: [false, 'rich'], ntp: [false, 'rich'], ip: [true, 'low'], mup: [true, 'rich'] },
    'Of these four only μP keeps features moving and rich as width grows.',
  ],
  [
    { sp: [false, 'rich'], mup: [true, 'rich'], mine: [true, 'rich'] },
    'Of these three only μP and mine keep features moving and rich as width grows.',
  ],
  [
    { mup: [true, 'rich'], mine: [true, 'rich'] },
    'Both μP and mine keep features moving and rich as width grows.',
  ],
  [{ mup: [true, 'rich'] }, 'μP keeps features moving and rich as width grows.'],
  [{ sp: [false, 'rich'] }, 'SP, η/n does not keep features moving and rich as width grows.'],
  [
    { sp: [false, 'rich'], ip: [true, 'low'] },
    'Neither SP, η/n nor IP keeps features moving and rich as width grows.',
  ],
  [
    { sp: [false, 'rich'], ip: [true, 'low'], ntp: [false, 'rich'] },
    'None of these three keeps features moving and rich as width grows.',
  ],
  [
    { sp: [false, 'rich'], ip: [null, 'rich'], mup: [true, 'rich'] },
    'Of these three only μP is seen to keep features moving and rich as width grows; IP is undecided.',
  ],
  [
    { sp: [null, 'rich'], ip: [null, 'rich'], ntp: [null, 'rich'], mup: [true, 'rich'] },
    'Of these four only μP is seen to keep features moving and rich as width grows; SP, η/n; IP and NTP are undecided.',
  ],
  [{ mup: [null, null] }, 'Whether μP keeps features moving and rich as width grows is undecided.'],
])('%j', ([claims, sentence]) => {
  expect(said(claims)).toBe(sentence);
});

test('there is no answer before every run is finished', () => {
  const report = { complete: false, rows: [], slopes: {}, verdicts: null, dependentSamples: [] };
  expect(comparisonSentence(report, labels)).toBe('No verdict before every run is finished.');
});

test('nothing is measured where every run diverges', () => {
  const { report } = smallComparison({ learningRate: 1e9 });
  expect(comparisonSentence(report, labels)).toBe(
    'Every run diverges, so nothing is measured: a smaller learning rate may train.',
  );
});

test('a verdict comes with its evidence', () => {
  const { report } = smallComparison({ learningRate: 1, widths: [80, 160, 320], seeds: 4 });
  const sentence = verdictSentence(report.verdicts!['mup']);
  expect(sentence).toMatch(
    /^Features keep moving as width grows \(layer [23]: slope [−+]?\d\.\d\d ± \d\.\d\d/,
  );
  expect(sentence).toContain('They stay linearly independent');
});

test('the evidence of a verdict is the layer that decides it', () => {
  const at = (layer: number, value: number, margin: number): LayerScaling => ({
    layer,
    step: 10,
    class: value < -1 / 4 ? 'falls' : 'constant',
    slope: { value, low: value - margin, high: value + margin },
    predicted: null,
    agreement: null,
    crossover: null,
  });
  const movement = [at(1, 0, 0.1), at(2, -0.5, 0.05), at(3, -0.6, 0.5)];
  const lambdaMin = [at(1, 0, 0.1), at(2, -0.1, 0.14), at(3, -0.12, 0.01)];
  const frozen = {
    ...CLEAR,
    featureLearning: false,
    richness: 'rich',
    classes: { movement, lambdaMin },
  } as const;
  expect(verdictSentence(frozen)).toContain('layer 2: slope −0.50 ± 0.05');
  expect(verdictSentence(frozen)).toContain('in layer 2 at step 10: slope −0.10 ± 0.14');
});

test('features that only shrink do not become dependent', () => {
  const lambdaMin = [1, 2].map(
    (layer): LayerScaling => ({
      layer,
      step: 0,
      class: 'falls',
      slope: { value: -layer, low: -layer - 0.1, high: -layer + 0.1 },
      predicted: -layer,
      agreement: 'consistent',
      crossover: null,
    }),
  );
  const low = {
    ...CLEAR,
    featureLearning: null,
    richness: 'low',
    classes: { movement: [], lambdaMin },
  } as const;
  expect(verdictSentence({ ...low, collapse: 'shrink' })).toMatch(
    /^They shrink, as independent as they were, .* −2\.00/,
  );
  expect(verdictSentence({ ...low, collapse: 'dependent' })).toMatch(/^They become linearly dependent/);
  expect(verdictSentence(low)).toMatch(/^λ_min falls/);
});

test('what grows keeps nothing, and what was not trained is no verdict', () => {
  const report = (motion: 'grows' | 'untrained') => ({
    complete: true,
    rows: [],
    slopes: {},
    verdicts: { mup: { ...CLEAR, featureLearning: null, richness: 'rich' as const, motion } },
    dependentSamples: [],
  });
  expect(comparisonSentence(report('grows'), labels)).toBe(
    'μP does not keep features moving and rich as width grows.',
  );
  expect(comparisonSentence(report('untrained'), labels)).toBe(
    'Nothing was trained: the learning rate is too small, or the gradient is zero at the start.',
  );
});
