import { expect, test } from 'vitest';
import type { Tensor } from '../../network/graph.ts';
import { UNKNOWN_LAYOUT } from '../../network/layout.ts';
import { ANY_DATA } from '../../network/shape.ts';
import { act, choice, input, operandsOf, partOf, view } from '../../network/tensor.ts';
import { waysThrough } from './ways.ts';

/** How many ways there are through what is made of six choices, one after the other. */
function waysOf(chosen: (table: Tensor) => readonly Tensor[]): number {
  const choices = Array.from({ length: 6 }, () => {
    const table = input(ANY_DATA, null);
    return choice(chosen(table), null, null);
  });
  const tensors = [
    ...new Set(choices.flatMap((one) => [...operandsOf(one).flatMap(operandsOf), ...operandsOf(one), one])),
  ];
  const ways = waysThrough({ tensors, outputs: choices });
  const followed = choices.filter((one) => one.op === 'choice' && ways[0]?.chosenOf(one) !== null);
  return followed.length === choices.length ? ways.length : Number.POSITIVE_INFINITY;
}

const rows = (table: Tensor) => view(table, UNKNOWN_LAYOUT, null);

test('rows of one table of data are one way, whichever are taken', () => {
  expect(
    waysOf((table) => [rows(table), partOf(table, { dim: 0, name: 'first' }, UNKNOWN_LAYOUT, null)]),
  ).toBe(1);
});

test('rows of two tables, or what is made of them, are chosen one by one, as far as they are few', () => {
  expect(waysOf((table) => [rows(table), rows(input(ANY_DATA, null))])).toBe(Number.POSITIVE_INFINITY);
  expect(waysOf((table) => [rows(table), act(rows(table), 'relu', null)])).toBe(Number.POSITIVE_INFINITY);
});
