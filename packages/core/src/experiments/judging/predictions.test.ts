import { describe, expect, test } from 'vitest';
import { PARAMETRIZATIONS, parametrizationsFor } from '../../parametrization/table.ts';
import { withZeroReadout } from '../../parametrization/zero-readout.ts';
import { predictionsAt, predictionsOf } from './predictions.ts';

const tanh = { depth: 3, activation: 'tanh' } as const;
const { sp, ntp, ip, mup } = PARAMETRIZATIONS;

// theory.md §3.5, the paper's four with three hidden layers; a slope is minus an exponent.
describe('the four of the paper with tanh', () => {
  test.for([
    ['SP', sp, [-3 / 2, -1 / 2, -1 / 2], [0, 0, 0]],
    ['NTP', ntp, [-1 / 2, -1 / 2, -1 / 2], [0, 0, 0]],
    ['IP', ip, [-1, 0, 0], [0, -1, -2]],
    ['μP', mup, [0, 0, 0], [0, 0, 0]],
  ] as const)('%s moves and keeps λ_min as the calculus says', ([, exponents, movement, lambdaMin]) => {
    const found = predictionsAt(4, exponents, tanh);
    expect(found.movement).toEqual(movement);
    expect(found.lambdaMin).toEqual(lambdaMin);
  });

  test('outputs start and change as it says', () => {
    expect(predictionsAt(4, mup, tanh)).toMatchObject({ outputStart: -1 / 2, outputChange: 0 });
    expect(predictionsAt(4, ip, tanh)).toMatchObject({ outputStart: -3 / 2, outputChange: -1 });
  });
});

test('those of a step are worked out once', () => {
  const predictions = predictionsOf(mup, tanh);
  expect(predictions(4)).toEqual(predictionsAt(4, mup, tanh));
  expect(predictions(4)).toBe(predictions(4));
});

test('nothing has moved at step 0', () => {
  const start = predictionsAt(0, mup, tanh);
  expect(start.movement).toEqual([null, null, null]);
  expect(start.outputChange).toBeNull();
  expect(start.lambdaMin).toEqual([0, 0, 0]);
});

test('what varies over samples vanishes under IP with a sigmoid, too, whose features do not', () => {
  expect(predictionsAt(0, ip, { ...tanh, activation: 'sigmoid' }).lambdaMin).toEqual([0, -1, -2]);
});

test('of λ_min nothing is known once updates outgrow what the features began as', () => {
  const vanishing = { ...mup, hidden: { ...mup.hidden, b: 0.6 } };
  expect(predictionsAt(0, vanishing, { ...tanh, depth: 2 }).lambdaMin[1]).toBeCloseTo(-0.2);
  expect(predictionsAt(10, vanishing, { ...tanh, depth: 2 }).lambdaMin).toEqual([0, null]);
});

test('of an unstable regime only that is known', () => {
  const found = predictionsAt(10, PARAMETRIZATIONS['sp-constant'], tanh);
  expect(found.movement).toEqual([null, null, null]);
  expect(found.outputChange).toBeNull();
});

test('of what grows from its first output on, no feature is foretold to keep its movement', () => {
  // A readout that starts at 0 gives hidden layers their first gradient after the output has grown.
  const { unstable, movementMayGrow } = predictionsAt(
    10,
    withZeroReadout(PARAMETRIZATIONS['sp-constant']),
    tanh,
  );
  expect([unstable, movementMayGrow]).toEqual([true, [true, true, true]]);
  expect(predictionsAt(10, mup, tanh).movementMayGrow).toEqual([false, false, false]);
  // Adam's steps are as large however much the output grows: the others move as they are foretold.
  const adam = parametrizationsFor('adam').get('sp')!;
  expect(predictionsAt(10, adam, tanh)).toMatchObject({
    unstable: true,
    movementMayGrow: [false, false, false],
  });
});
