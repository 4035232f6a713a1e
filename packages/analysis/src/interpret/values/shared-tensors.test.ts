import { expect, test } from 'vitest';
import { literal } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { choice, input, partOf, scale } from '../../network/tensor.ts';
import { besideChanged } from './shared-tensors.ts';

const shape = { dims: [], open: true };

/** One of two parts of one of two parts … of a tensor, on 2^times ways. */
function partOfParts(of: Tensor, times: number): Tensor {
  let tensor = of;
  for (let time = 0; time < times; time++) {
    const parts = ['a', 'b'].map((name) => partOf(tensor, { dim: 0, name }, { shape, from: null }, null));
    tensor = choice(parts, null, null);
  }
  return tensor;
}

test('what may have the entries of a tensor that is changed is found, on however many ways it comes', () => {
  const [changed, other] = [input(shape, null), input(shape, null)];
  const beside = besideChanged([
    { kind: 'tensor', tensor: scale(changed, literal(2), null) },
    { kind: 'tensor', tensor: changed },
  ]);
  const part = { kind: 'tensor', tensor: partOfParts(changed, 60) } as const;
  expect(beside(part)).not.toBe(part);
  const apart = { kind: 'tensor', tensor: partOfParts(other, 60) } as const;
  expect(beside(apart)).toBe(apart);
});
