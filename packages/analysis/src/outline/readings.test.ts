import { expect, test } from 'vitest';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { Model } from './model.ts';
import { readingsOf } from './readings.ts';

const named = (name: string): WidthSymbol => ({ name, owner: null });
const [a, b, c, d] = [named('a'), named('b'), named('c'), named('d')];

/** The names under which a model is judged, where it cannot be under some. */
function read(mayBe: readonly (readonly WidthSymbol[])[], ...not: readonly WidthSymbol[]) {
  const names = new Map<Model, string>();
  const readings = readingsOf(mayBe, ({ width }) => {
    if (not.includes(width)) return undefined;
    // SAFETY: nobody looks at it.
    const model = {} as Model;
    names.set(model, width.name);
    return model;
  });
  return readings.map((models) => models.map((model) => names.get(model)));
}

test('a model is read under each name, three at most', () => {
  expect(read([[a], [b], [c], [d]])).toEqual([['a'], ['b'], ['c'], []]);
});

test('of names that scale the same it is read under all of them or none', () => {
  expect(read([[a, b], [c]])).toEqual([['a', 'b'], ['c']]);
  expect(read([[a, b], [c]], b)).toEqual([[], ['c']]);
});
