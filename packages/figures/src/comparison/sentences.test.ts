import { expect, test } from 'vitest';
import { comparisonSentence, verdictSentence } from './sentences.ts';
import { smallComparison } from './small-comparison.fixture.ts';

const labels = { sp: 'SP, η/n', mup: 'μP', ip: 'IP', ntp: 'NTP' };
type Claims = Readonly<Record<string, readonly [boolean | null, 'rich' | 'low' | null]>>;
const said = (claims: Claims) => {
  const verdicts = Object.entries(claims).map(([name, [featureLearning, richness]]) => [
    name,
    { stable: true, featureLearning, richness, divergence: null, growing: [], reasons: [] },
  ]);
  const report = { complete: true, rows: [], slopes: {}, verdicts: Object.fromEntries(verdicts) };
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
  const report = { complete: false, rows: [], slopes: {}, verdicts: null };
  expect(comparisonSentence(report, labels)).toBe('No verdict before every run is finished.');
});

test('nothing is measured where every run diverges', () => {
  const { report } = smallComparison({ learningRate: 1e9 });
  expect(comparisonSentence(report, labels)).toBe(
    'Every run diverges, so nothing is measured: a smaller learning rate may train.',
  );
});

test('a verdict comes with its evidence', () => {
  const { report } = smallComparison({ learningRate: 1, widths: [16, 64, 256] });
  const sentence = verdictSentence(report.verdicts!['mup'], report.slopes['mup']);
  expect(sentence).toMatch(
    /^Features keep moving as width grows \(layer [23]: slope [−+]?\d\.\d\d ± \d\.\d\d/,
  );
  expect(sentence).toContain('They stay linearly independent');
});

test('the evidence of a verdict is the layer that decides it', () => {
  const around = (value: number, margin: number) => ({ value, low: value - margin, high: value + margin });
  const movement = [around(0, 0.1), around(-0.5, 0.05), around(-0.6, 0.5)];
  const lambdaMin = [around(0, 0.1), around(-0.1, 0.14), around(-0.12, 0.01)];
  const slopes = { movement, lambdaMin, lambdaMinJoint: [], outputChange: around(0, 0.1) };
  const clear = { stable: true, divergence: null, growing: [], reasons: [] };
  const verdict = { ...clear, featureLearning: false, richness: 'rich' } as const;
  const sentence = verdictSentence(verdict, slopes);
  expect(sentence).toContain('layer 2: slope −0.50 ± 0.05');
  expect(sentence).toContain('in layer 2: slope −0.10 ± 0.14');
});
