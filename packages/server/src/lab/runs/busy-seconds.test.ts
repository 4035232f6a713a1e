import { expect, test } from 'vitest';
import { busySeconds } from './busy-seconds.ts';

const pace = { rate: 20, workers: 2 };

test('threads share the work, and end with the last of them', () => {
  expect(busySeconds([30, 10, 10, 10], pace)).toBe(3);
  expect(busySeconds([10, 10, 10], pace)).toBe(2);
  expect(busySeconds([], pace)).toBe(0);
});

test('one run that outlasts the others is not shared', () => {
  expect(busySeconds([1, 100, 1], pace)).toBe(10);
  expect(busySeconds([1, 100, 1], { ...pace, workers: 1 })).toBe(5.1);
});
