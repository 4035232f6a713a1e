import { exactValue } from '../../growth/quantity.ts';
import { shapeOf } from '../../network/tensor.ts';
import type { Frame } from '../machine/interpreter.ts';
import type { Value } from '../values/value.ts';
import { tensorIn } from './tensors.ts';

/**
 * Whether a part of a parameter is a single one of its rows, columns or numbers, of which it has as many as a name says:
 * where that one is zeroed, as the row of a padding token is, the others start as before.
 */
export function isSingleEntry(value: Value, frame: Frame): boolean {
  if (value.kind !== 'parameter' || value.part !== true) return false;
  const view = tensorIn(value, frame);
  if (view?.op !== 'view' || view.part?.isEntry !== true || view.of.op !== 'weight') return false;
  const length = shapeOf(view.of)?.dims[view.part.dim];
  return length !== undefined && length.op !== 'unknown' && exactValue(length) === undefined;
}
