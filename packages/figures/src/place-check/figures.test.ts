import { expect, test } from 'vitest';
import { type CheckedPlace, placeFigures } from './figures.ts';

const WIDTHS = [64, 128, 256];

function place(path: string, power: number): CheckedPlace {
  const dots = WIDTHS.flatMap((width) =>
    [1, 1.1].map((seed) => [width, seed * (width / 64) ** power] as const),
  );
  const measured = { dots, slope: power };
  return { path, isRight: power === 0, size: measured, update: measured };
}

test('a place is a curve, named by the end of its path, with its slope', () => {
  const places = [place('transformer.wte', 0), place('transformer.h.*.attn.c_proj', 1)];
  const [size, update] = placeFigures(places, { widths: WIDTHS, axis: 'width', step: 3 });
  expect(size?.curves.map(({ label, remark }) => `${label} ${remark}`)).toEqual([
    'wte 0.00',
    '*.attn.c_proj +1.00',
  ]);
  expect(size?.curves[1]?.y.map((mean) => Number(mean.toFixed(2)))).toEqual([1.05, 2.1, 4.2]);
  expect(update?.title).toBe('Size of their update at step 3');
});

test('of many places those that do not pass are drawn, in their order, and the others are counted', () => {
  const places = Array.from({ length: 20 }, (_, at) => place(`blocks.${at}`, at > 9 ? 0.5 : 0));
  const [size] = placeFigures(places, { widths: WIDTHS, axis: 'depth', step: 1 });
  expect(size?.curves.map(({ label }) => label)).toEqual(
    [0, 1, ...Array.from({ length: 10 }, (_, at) => at + 10)].map((at) => `blocks.${at}`),
  );
  expect(size?.notes).toEqual(['8 more places are in the table alone.']);
  expect(size?.x.title).toBe('depth');
});
