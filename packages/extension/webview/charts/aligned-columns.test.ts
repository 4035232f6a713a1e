import { expect, test } from 'vitest';
import { alignedColumns } from './aligned-columns.ts';

test('curves with steps of their own share one axis, with gaps', () => {
  expect(
    alignedColumns(
      [
        { x: [0, 1, 2, 3], y: [4, 3, 2, 1] },
        { x: [0, 3], y: [0.1, 0.2] },
        { x: [], y: [] },
      ],
      [],
    ),
  ).toEqual([
    [0, 1, 2, 3],
    [4, 3, 2, 1],
    [0.1, null, null, 0.2],
    [null, null, null, null],
  ]);
});

test('a figure without a curve has the places of its axis', () => {
  expect(alignedColumns([{ x: [], y: [] }], [64, 256])).toEqual([
    [64, 256],
    [null, null],
  ]);
});
