import { expect, test } from 'vitest';
import { batchesOf } from './batches.ts';

test('every epoch shuffles the samples and sees each once, but for what is left over', () => {
  const batches = batchesOf({ seed: 3, batch: 4 }, 10);
  const epochs = [0, 1, 2].map(() => [...batches.next(2)]);
  for (const epoch of epochs) {
    expect(new Set(epoch).size).toBe(8);
    expect(epoch.every((sample) => sample >= 0 && sample < 10)).toBe(true);
  }
  expect(epochs[1]).not.toEqual(epochs[0]);
  // What waits in one epoch comes in another.
  expect(new Set(epochs.flat()).size).toBe(10);
});

test('a seed has one order, however it is asked for, and every seed its own', () => {
  const orderOf = (seed: number, calls: readonly number[]): number[] => {
    const batches = batchesOf({ seed, batch: 3 }, 9);
    return calls.flatMap((steps) => [...batches.next(steps)]);
  };
  expect(orderOf(1, [1, 4, 2])).toEqual(orderOf(1, [7]));
  expect(orderOf(2, [7])).not.toEqual(orderOf(1, [7]));
});

test('each place of the order is as likely for every sample', () => {
  const first = Array.from({ length: 600 }, (_, seed) => batchesOf({ seed, batch: 1 }, 6).next(1)[0]);
  const counts = [0, 1, 2, 3, 4, 5].map((sample) => first.filter((each) => each === sample).length);
  // Binomial of 600 draws at 1/6: a standard deviation of 9.1, and beyond four of them one in 16,000 times.
  for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(4 * 9.2);
});

test('a batch of all samples needs no order', () => {
  for (const batch of [10, 12]) expect(batchesOf({ seed: 0, batch }, 10)).toMatchObject({ rows: 10 });
  expect(batchesOf({ seed: 0 }, 10).next(5)).toHaveLength(0);
});
