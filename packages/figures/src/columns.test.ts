import { expect, test } from 'vitest';
import { appendSeries, type Column, findColumn } from './columns.ts';

test('what comes is appended to the column of its quantity and layer, with its extent', () => {
  const columns: Column[] = [];
  appendSeries(columns, [{ quantity: 'lambdaMin', layer: 2, steps: [0, 1], values: [0.5, 0] }]);
  appendSeries(columns, [
    { quantity: 'lambdaMin', layer: 2, steps: [2], values: [0.25] },
    { quantity: 'lambdaMin', layer: 1, steps: [2], values: [4] },
  ]);
  expect(columns).toHaveLength(2);
  expect(findColumn(columns, 'lambdaMin', 2)).toEqual({
    quantity: 'lambdaMin',
    layer: 2,
    steps: [0, 1, 2],
    values: [0.5, 0, 0.25],
    min: 0,
    max: 0.5,
    leastPositive: 0.25,
  });
});
