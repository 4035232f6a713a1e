import { literal, power, UNKNOWN_QUANTITY } from '../../../growth/quantity.ts';
import { HALF, negate } from '../../../growth/rational.ts';
import { truthOf } from '../../../interpret/values/truth.ts';
import { attended } from '../../../network/attention.ts';
import { convolution } from '../../../network/convolution.ts';
import { dataOf } from '../../../network/data.ts';
import { FEW, mayLeaveFew, noteDensity } from '../../../network/density.ts';
import { lookup, product, sum } from '../../../network/elementwise.ts';
import type { Tensor } from '../../../network/graph.ts';
import { swapped, UNKNOWN_LAYOUT, withLength, without } from '../../../network/layout.ts';
import { linear as linearMap } from '../../../network/linear.ts';
import { matmul as matrixProduct } from '../../../network/products.ts';
import { lastOf, listed } from '../../../network/shape.ts';
import { isData, scale, shapeOf, softmax, unread, view } from '../../../network/tensor.ts';
import { type Operation, quantityAt, type TensorCall, tensorAt, valueAt } from './operation.ts';

const matmul: Operation = (call) => {
  const other = tensorAt(call, 'other', 1) ?? tensorAt(call, 'mat2', 1);
  return other === null ? undefined : matrixProduct(call.of, other, call.span);
};

/** β·x + α·(y z) */
const addmm: Operation = (call) => {
  const [left, right] = [
    tensorAt(call, 'mat1', 1) ?? tensorAt(call, 'batch1', 1),
    tensorAt(call, 'mat2', 2) ?? tensorAt(call, 'batch2', 2),
  ];
  if (left === null || right === null) return undefined;
  const alpha = valueAt(call, 'alpha', 4) === undefined ? literal(1) : quantityAt(call, 'alpha', 4);
  const beta = valueAt(call, 'beta', 3) === undefined ? literal(1) : quantityAt(call, 'beta', 3);
  const added = scale(matrixProduct(left, right, call.span), alpha ?? UNKNOWN_QUANTITY, call.span);
  if (beta?.op === 'literal' && beta.value === 0) return added;
  return sum([added, scale(call.of, beta ?? UNKNOWN_QUANTITY, call.span)], call.span);
};

/**
 * Rows of which each goes through the matrix of its group, `grouped_mm(rows, matrices, offs=ends)`, as tokens of a mixture
 * through their expert's. Batches of both are multiplied one by one.
 */
const grouped: Operation = (call) => {
  const other = tensorAt(call, 'mat_b', 1) ?? tensorAt(call, 'mat2', 1);
  const shape = other === null ? null : shapeOf(other);
  const rows = shapeOf(call.of);
  if (other === null || shape === null || shape.open || shape.dims.length !== 3) return undefined;
  if (valueAt(call, 'offs', 2) === undefined) return rows?.open === false ? matmul(call) : undefined;
  if (rows !== null && !rows.open && rows.dims.length !== 2) return undefined;
  const one = view(other, without(shape, [0]), call.span);
  return plusBias(matrixProduct(call.of, one, call.span), call);
};

/** With the row of each group that it is given besides. */
function plusBias(of: Tensor, call: TensorCall): Tensor | undefined {
  const given = valueAt(call, 'bias', 3);
  if (given === undefined || given.kind === 'none') return of;
  const bias = tensorAt(call, 'bias', 3);
  const shape = bias === null ? null : shapeOf(bias);
  if (bias === null || shape === null || shape.open || shape.dims.length !== 2) return undefined;
  return sum([of, view(bias, without(shape, [0]), call.span)], call.span);
}

const linear: Operation = (call) => {
  const matrix = tensorAt(call, 'weight', 1);
  if (matrix === null) return undefined;
  return linearMap(call.of, { matrix, bias: tensorAt(call, 'bias', 2), span: call.span });
};

/** A convolution with a weight that the code makes; with kernels of numbers it is none of features. */
const convolve =
  (transposed: boolean): Operation =>
  (call) => {
    const weight = tensorAt(call, 'weight', 1);
    if (weight === null || isData(weight)) return undefined;
    return convolution(call.of, { weight, bias: tensorAt(call, 'bias', 2), transposed, span: call.span });
  };

const embedding: Operation = (call) => {
  const table = tensorAt(call, 'weight', 1);
  if (table === null) return undefined;
  return isData(table) && mayLeaveFew(table) ? rowsOf(table, call) : lookup(call.of, table, call.span);
};

/** Rows of a table of numbers that has a few in each. */
function rowsOf(table: Tensor, { of, span }: TensorCall): Tensor {
  const [shape, length] = [shapeOf(of), lastOf(shapeOf(table))];
  const made = dataOf([table], shape && length && { ...shape, dims: [...shape.dims, length] }, span);
  return noteDensity(made, FEW);
}

const outer: Operation = (call) => {
  const other = tensorAt(call, 'vec2', 1) ?? tensorAt(call, 'other', 1);
  if (other === null) return undefined;
  const column = view(call.of, withOne(call.of), call.span);
  return product(column, other, call.span);
};

function withOne(of: Tensor) {
  const shape = shapeOf(of);
  if (shape === null) return UNKNOWN_LAYOUT;
  return {
    shape: { dims: [...shape.dims, literal(1)], open: shape.open },
    from: [...shape.dims.map((_, at) => [at]), []],
  };
}

const multiply: Operation = (call) => {
  const other = tensorAt(call, 'other', 1);
  return other === null ? undefined : product(call.of, other, call.span);
};

/** x + a·y·z */
const addcmul: Operation = (call) => {
  const [one, other] = [tensorAt(call, 'tensor1', 1), tensorAt(call, 'tensor2', 2)];
  return one === null || other === null
    ? undefined
    : sum([call.of, product(one, other, call.span)], call.span);
};

/** softmax(q·k / √d) v over the last dimensions, with a number of positions that is the data's. */
const attention: Operation = (call) => {
  const [key, value] = [tensorAt(call, 'key', 1), tensorAt(call, 'value', 2)];
  if (key === null || value === null) return undefined;
  return attend(call, { key, value });
};

function attend(call: TensorCall, { key, value }: { readonly key: Tensor; readonly value: Tensor }): Tensor {
  const { of, span } = call;
  const given = valueAt(call, 'scale', 6);
  const width = lastOf(shapeOf(of)) ?? UNKNOWN_QUANTITY;
  const isGiven = given !== undefined && given.kind !== 'none';
  const factor = isGiven ? (quantityAt(call, 'scale', 6) ?? UNKNOWN_QUANTITY) : power(width, negate(HALF));
  const shape = shapeOf(key);
  if (shape === null) return unread([of, key, value], 'attention of unknown shape', span);
  const grouped = valueAt(call, 'enable_gqa', 7);
  const [keys, values] =
    grouped !== undefined && truthOf(grouped) !== false
      ? [likeHeads(key, of), likeHeads(value, of)]
      : [key, value];
  if (tensorAt(call, 'attn_mask', 3) === null)
    return attended({ query: of, key: keys, value: values, factor, span });
  const turned = view(keys, swapped(listed(shapeOf(keys) ?? shape, 2), -2, -1), span);
  const logits = scale(matrixProduct(of, turned, span), factor, span);
  const added = tensorAt(call, 'attn_mask', 3);
  const masked = added === null ? logits : sum([logits, added], span);
  return matrixProduct(softmax(masked, lastOf(shapeOf(masked)) ?? UNKNOWN_QUANTITY, span), values, span);
}

/** Keys or values repeated for each of the heads that share them. */
function likeHeads(of: Tensor, query: Tensor): Tensor {
  const [mine, theirs] = [shapeOf(of), shapeOf(query)];
  const heads = theirs?.dims.at(-3);
  if (mine === null || heads === undefined || mine.dims.length < 3) return of;
  return view(of, withLength(mine, mine.dims.length - 3, heads), null);
}

export const PRODUCTS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['matmul', matmul],
  ['mm', matmul],
  ['spmm', matmul],
  ['bmm', matmul],
  ['mv', matmul],
  ['dot', matmul],
  ['grouped_mm', grouped],
  ['_grouped_mm', grouped],
  ['addmm', addmm],
  ['baddbmm', addmm],
  ['addbmm', addmm],
  ['linear', linear],
  ['conv1d', convolve(false)],
  ['conv2d', convolve(false)],
  ['conv3d', convolve(false)],
  ['conv_transpose1d', convolve(true)],
  ['conv_transpose2d', convolve(true)],
  ['conv_transpose3d', convolve(true)],
  ['embedding', embedding],
  ['outer', outer],
  ['mul', multiply],
  ['mul_', multiply],
  ['multiply', multiply],
  ['addcmul', addcmul],
  ['scaled_dot_product_attention', attention],
]);
