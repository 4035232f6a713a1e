import { describe, expect, test } from 'vitest';
import { matrix } from '../linalg/matrix.ts';
import { movement } from './movement.ts';

describe('movement', () => {
  const initial = matrix(2, 2, Float64Array.of(1, 2, 2, 4)); // norm 5

  test('is the distance covered in units of the initial norm, over all samples at once', () => {
    expect(movement(matrix(2, 2, Float64Array.of(1, 2, 5, 8)), initial)).toBe(1);
  });

  test('is 0 for features that stay', () => {
    expect(movement(initial, initial)).toBe(0);
    expect(movement(matrix(1, 1), matrix(1, 1))).toBe(0);
  });

  test('is 2 for features that turn round', () => {
    expect(movement(matrix(2, 2, Float64Array.of(-1, -2, -2, -4)), initial)).toBe(2);
  });

  test('is infinite away from zero', () => {
    expect(movement(initial, matrix(2, 2))).toBe(Number.POSITIVE_INFINITY);
  });
});
