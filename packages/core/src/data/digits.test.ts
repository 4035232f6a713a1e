import { describe, expect, test } from 'vitest';
import { digitsDataset } from './digits.ts';

/** Rows whose first pixel numbers them and whose digits come 9, 8, …, 0, 9, …; digit 5 only once. */
const labels = [
  ...Array.from({ length: 20 }, (_, i) => 9 - (i % 10)).filter((digit, i) => digit !== 5 || i < 10),
];
const csv = labels
  .map((digit, row) => [row, ...new Array(62).fill(0), 16 * (row % 2), digit].join(','))
  .join('\n');

function digitsOf(targets: Float64Array): readonly number[] {
  return Array.from({ length: targets.length / 10 }, (_, i) =>
    targets.subarray(10 * i, 10 * i + 10).indexOf(0.9),
  );
}

describe('the digits', () => {
  test('come in turn from 0 to 9, each class in file order, and pass over one that has run out', () => {
    const { targets, inputs } = digitsDataset(csv, 19);
    expect(digitsOf(targets)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 6, 7, 8, 9]);
    const rowOfFirstZero = labels.indexOf(0);
    const rowOfSecondZero = labels.lastIndexOf(0);
    expect(inputs[10 * 64] - inputs[0]).toBeCloseTo((rowOfSecondZero - rowOfFirstZero) / deviation / 8, 12);
  });

  /** Of 0 … 18. */
  const deviation = Math.sqrt((19 * 19 - 1) / 12);

  test('are standardized over the whole file, not over the samples taken', () => {
    const { inputs, inputDim, outputDim, samples } = digitsDataset(csv, 3);
    expect({ inputDim, outputDim, samples }).toEqual({ inputDim: 64, outputDim: 10, samples: 3 });
    const rows = [0, 1, 2].map((digit) => labels.indexOf(digit));
    expect([0, 1, 2].map((i) => inputs[64 * i])).toBeCloseToAll(rows.map((row) => (row - 9) / deviation / 8));
    expect(inputs[1]).toBe(0); // a pixel that never changes
  });

  test('have targets that sum to 0', () => {
    const { targets } = digitsDataset(csv, 2);
    expect([targets.reduce((a, b) => a + b)]).toBeCloseToAll([0]);
  });

  test('are refused beyond their number', () => {
    for (const samples of [0, 20, 1.5]) {
      expect(() => digitsDataset(csv, samples)).toThrow(
        `digits: expected between 1 and 19 samples, got ${samples}`,
      );
    }
    expect(() => digitsDataset('1,2,3', 1)).toThrow('digits: the file is not rows of 64 pixels and a digit');
  });
});
