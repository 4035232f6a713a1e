import type { Span } from '../syntax/span.ts';
import { sum } from './elementwise.ts';
import type { Tensor } from './graph.ts';
import { appliedMatrix } from './made-matrix.ts';
import { withSummed } from './summed-length.ts';
import { shapeOf, unread } from './tensor.ts';

/** x W for a weight of the two dimensions (out, in), and + b. */
export function linear(
  of: Tensor,
  {
    matrix,
    bias,
    span,
  }: { readonly matrix: Tensor; readonly bias: Tensor | null; readonly span: Span | null },
): Tensor {
  const weights = shapeOf(matrix);
  if (weights === null || weights.dims.length !== 2) {
    return unread([of, matrix, ...(bias === null ? [] : [bias])], 'a linear map of unknown shape', span);
  }
  const [, into] = weights.dims;
  const given = into === undefined ? of : withSummed(of, into, span);
  const made = appliedMatrix(given, matrix, 1, span);
  return bias === null ? made : sum([made, bias], span);
}
