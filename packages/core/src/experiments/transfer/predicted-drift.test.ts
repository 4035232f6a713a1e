import { expect, test } from 'vitest';
import { PARAMETRIZATIONS, type ParametrizationId } from '../../parametrization/table.ts';
import { predictedDrift } from './predicted-drift.ts';

const NET = { depth: 3, activation: 'tanh' } as const;

// One rate for all weights is stable up to n^−1 (the readout's C ≥ 1); under the others it is stable as it is.
test.each<[ParametrizationId, number]>([
  ['sp-constant', -1],
  ['sp', 0],
  ['ntp', 0],
  ['mup', 0],
])('of %s the best rate goes like n^%d', (name, drift) => {
  expect(predictedDrift(PARAMETRIZATIONS[name], NET)).toBe(drift);
});

test('rates that are too small by a power of the width are made up for by it', () => {
  const { input, hidden, output, ...mup } = PARAMETRIZATIONS.mup;
  const slow = {
    ...mup,
    input: { ...input, c: -0.6 },
    hidden: { ...hidden, c: 0.4 },
    output: { ...output, c: 1.4 },
  };
  expect(predictedDrift(slow, NET)).toBe(0.4);
});

test('there is none where the output grows from the start', () => {
  const { output, ...mup } = PARAMETRIZATIONS.mup;
  expect(predictedDrift({ ...mup, output: { ...output, b: 0 } }, NET)).toBeNull();
});
