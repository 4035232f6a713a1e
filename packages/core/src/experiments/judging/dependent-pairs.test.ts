import { expect, test } from 'vitest';
import { dependentPairs, pairText } from './dependent-pairs.ts';

const inputs = Float64Array.of(0, 0, 1, 2, 0, 0, 0.5, -1);
const dataset = { inputs, samples: 4, inputDim: 2, targets: new Float64Array(4), outputDim: 1 };

test('a sample that is 0 has features that are 0 where φ(0) is, and is no pair with others', () => {
  const pairs = dependentPairs({ dataset, probe: { samples: 4 }, activation: 'tanh' });
  expect(pairs).toEqual([
    { kind: 'zero', rows: [1] },
    { kind: 'zero', rows: [3] },
  ]);
  expect(pairText(pairs[0])).toBe('row 1 of the data is 0, so its features are 0 at every width');
});

test('of two samples that are 0 features are alike where φ(0) is not 0, and that of one stands by itself', () => {
  const of = (samples: number) => dependentPairs({ dataset, probe: { samples }, activation: 'sigmoid' });
  expect(of(4)).toEqual([{ kind: 'equal', rows: [1, 3] }]);
  expect(of(2)).toEqual([]);
});
