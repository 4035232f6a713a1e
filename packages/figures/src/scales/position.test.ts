import { expect, test } from 'vitest';
import { positionOn } from './position.ts';

const axis = (scale: 'linear' | 'log') => ({ title: '', scale, range: [1, 100] as const, ticks: [] });

test('equal ratios are equal distances on a logarithmic axis, equal differences on a linear one', () => {
  expect([1, 10, 100].map(positionOn(axis('log'), [0, 200]))).toBeCloseToAll([0, 100, 200]);
  expect([1, 50.5, 100].map(positionOn(axis('linear'), [0, 200]))).toBeCloseToAll([0, 100, 200]);
});
