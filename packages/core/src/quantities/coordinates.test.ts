import { describe, expect, test } from 'vitest';
import { matrix } from '../linalg/matrix.ts';
import { coordinateSize, coordinateUpdate } from './coordinates.ts';

const initial = matrix(2, 2, Float64Array.of(1, -2, 3, 0));

describe('coordinates', () => {
  test('have the size of their mean absolute entry, over samples and units at once', () => {
    expect(coordinateSize(initial)).toBe(1.5);
    expect(coordinateSize(matrix(3, 2))).toBe(0);
  });

  test('do not change size by signs', () => {
    expect(coordinateSize(matrix(2, 2, initial.data.map(Math.abs)))).toBe(1.5);
  });

  test('update by the size of their difference, whatever size they keep', () => {
    const turned = matrix(
      2,
      2,
      initial.data.map((entry) => -entry),
    );
    expect(coordinateSize(turned)).toBe(coordinateSize(initial));
    expect(coordinateUpdate(turned, initial)).toBe(3);
    expect(coordinateUpdate(initial, initial)).toBe(0);
  });
});
