import { expect, test } from 'vitest';
import { seriesColumns } from './series.ts';

const loss = (value: number) => ({ quantity: 'loss', layer: null, value }) as const;
const movement = (value: number) => ({ quantity: 'movement', layer: 2, value }) as const;

test('each quantity of each layer has its own steps, in order of first appearance', () => {
  const columns = seriesColumns();
  columns.append(0, [loss(1), movement(0)]);
  columns.append(1, [loss(0.5)]);
  expect(columns.all()).toEqual([
    { quantity: 'loss', layer: null, steps: [0, 1], values: [1, 0.5] },
    { quantity: 'movement', layer: 2, steps: [0], values: [0] },
  ]);
});

test('who was told so many points of each hears the rest, and nothing of columns that did not grow', () => {
  const columns = seriesColumns([{ quantity: 'loss', layer: null, steps: [0, 1], values: [1, 0.5] }]);
  const told = columns.lengths();
  columns.append(2, [loss(0.25), movement(0.1)]);
  expect(columns.since(told)).toEqual([
    { quantity: 'loss', layer: null, steps: [2], values: [0.25] },
    { quantity: 'movement', layer: 2, steps: [2], values: [0.1] },
  ]);
  expect(columns.since(columns.lengths())).toEqual([]);
});

test('what was given out does not grow', () => {
  const columns = seriesColumns();
  columns.append(0, [loss(1)]);
  const before = columns.all();
  columns.append(1, [loss(0.5)]);
  expect(before[0]!.values).toEqual([1]);
});
