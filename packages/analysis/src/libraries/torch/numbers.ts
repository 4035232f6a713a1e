import { literal } from '../../growth/quantity.ts';
import type { NumericFunction } from '../../interpret/values/numbers.ts';
import { number, type Value } from '../../interpret/values/value.ts';

/** Functions of PyTorch that are given numbers now and then. */
export const NUMERIC_FUNCTIONS: ReadonlyMap<string, NumericFunction> = new Map([
  ['torch.tensor', 'same'],
  ['torch.as_tensor', 'same'],
  ['torch.sqrt', 'root'],
  ['torch.rsqrt', 'inverse-root'],
  ['torch.pow', 'power'],
]);

export function constant(qualified: string): Value | undefined {
  return qualified === 'torch.pi' ? number(literal(Math.PI)) : undefined;
}
