import { expect, test } from 'vitest';
import { cifarDataset } from './cifar.ts';

/** Images of one level each, of the classes given. */
function file(images: readonly (readonly [label: number, level: number])[]): Uint8Array {
  return Uint8Array.from(images.flatMap(([label, level]) => [label, ...new Array<number>(3072).fill(level)]));
}

test('classes come in turn, pixels standardized over the whole file and divided by √d, targets one-hot − 1/10', () => {
  // Levels 0, 2, 4, 6: mean 3, variance 5.
  const { inputs, targets, samples, inputDim } = cifarDataset(
    file([
      [7, 0],
      [7, 2],
      [1, 4],
      [7, 6],
    ]),
    3,
  );
  expect([samples, inputDim]).toEqual([3, 3072]);
  const levels = [4, 0, 2].map((level) => (level - 3) / Math.sqrt(5 * 3072));
  levels.forEach((level, i) => {
    expect(inputs[i * 3072]).toBeCloseTo(level, 15);
  });
  expect([targets[1], targets[10 + 7], targets[20 + 7], targets[0]]).toEqual([0.9, 0.9, 0.9, -0.1]);
});

test.for([
  [new Uint8Array(0), 1, 'binary layout'],
  [file([[7, 0]]).subarray(1), 1, 'binary layout'],
  [file([[10, 0]]), 1, 'binary layout'],
  [file([[1, 0]]), 2, 'between 1 and 1 samples'],
] as const)('what is no such file, or too small, is refused', ([bytes, samples, why]) => {
  expect(() => cifarDataset(bytes, samples)).toThrow(why);
});
