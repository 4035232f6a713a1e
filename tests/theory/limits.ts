import { type ActivationName, matrix } from '@widthwise/core';
import { linearLimit, particleLimit } from '@widthwise/core/theory';
import { differenceText, largestDifference, type TheoryRow } from './row.ts';

function training(depth: number, y: readonly number[], rate: number, steps: number) {
  return {
    depth,
    steps,
    inputGram: matrix(2, 2, Float64Array.of(1, 0.6, 0.6, 1)),
    targets: matrix(2, 1, Float64Array.from(y)),
    loss: { kind: 'half-square', reduction: 'sum' },
    rates: { input: rate, hidden: rate, output: rate, readoutStd: 1 },
  } as const;
}

/** f(ξ₁) at steps 1 … 8, y = (1, −1), η = .2. */
const LINEAR: readonly (readonly [number, readonly number[]])[] = [
  [1, [0.16, 0.30231347, 0.43682808, 0.56287698, 0.67543688, 0.76945098, 0.84261302, 0.89598958]],
  [2, [0.24, 0.46435015, 0.69488068, 0.87864245, 0.96899777, 0.99422032, 0.99903252, 0.99984155]],
  [3, [0.32, 0.66174808, 0.98496816, 1.00568887, 0.997709, 1.00090133, 0.99964204, 1.00014164]],
  [4, [0.4, 0.91598761, 1.07731852, 0.91164563, 1.08044696, 0.90799856, 1.08294424, 0.90514397]],
];

/** f(ξ₁) at steps 1, 2, 4, 8, y = (1, −1), η = .3. */
const ONE_LAYER: Readonly<Partial<Record<ActivationName, readonly number[]>>> = {
  tanh: [0.1175853347, 0.2243006568, 0.4320345, 0.7617797],
  silu: [0.0975160978, 0.1978357033, 0.45578081, 0.9172590125],
};

/** T6 and T7: training of linear networks and of one hidden layer, n → ∞. */
export function limitRows(): readonly TheoryRow[] {
  return [
    ...LINEAR.map(([depth, expected]): TheoryRow => {
      const { outputs } = linearLimit(training(depth, [1, -1], 0.2, 8));
      const difference = largestDifference(
        outputs.slice(1).map(({ data }) => data[0]),
        expected,
      );
      return {
        id: 'T6',
        states: `a linear network of L = ${depth}, f over 8 steps`,
        expected: `f₈ = ${expected[7]}`,
        computed: `${outputs[8].data[0].toFixed(8)}; at most ${differenceText(difference)} off`,
        holds: difference < 1e-7,
      };
    }),
    ...Object.entries(ONE_LAYER).map(([name, expected]): TheoryRow => {
      const asked = training(1, [1, -1], 0.3, 8);
      const { outputs } = particleLimit({ ...asked, activation: name as ActivationName });
      const found = [1, 2, 4, 8].map((step) => outputs[step].data[0]);
      const difference = largestDifference(found, expected);
      return {
        id: 'T7',
        states: `one hidden layer of ${name}, f at steps 1, 2, 4, 8`,
        expected: `f₈ = ${expected[3]}`,
        computed: `${found[3].toFixed(7)}; at most ${differenceText(difference)} off`,
        holds: difference < 2e-6,
      };
    }),
  ];
}
