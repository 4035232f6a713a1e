import { expect, test } from 'vitest';
import { opaque } from './opaque.ts';

test.each([
  ['#d186167c', '#d18616'],
  ['rgba(209, 134, 22, 0.49)', 'rgb(209, 134, 22)'],
  ['#89d185', '#89d185'],
  ['rgb(1, 2, 3)', 'rgb(1, 2, 3)'],
])('%s is drawn as %s', (given, drawn) => {
  expect(opaque(given)).toBe(drawn);
});
