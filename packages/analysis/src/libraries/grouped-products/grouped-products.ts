import type { Library } from '../../interpret/machine/library.ts';

/**
 * Of `grouped_gemm.ops`: rows go through the matrix of their group, and are sorted into groups and back. The few rows of one
 * token, which are added as their gates say, stand for one.
 */
const OPS = `
import torch.nn.functional as F

def gmm(a, b, batch_sizes, trans_a=False, trans_b=False):
    if trans_a:
        return unknown(a, b)
    return F.grouped_mm(a, b.transpose(-2, -1) if trans_b else b, offs=batch_sizes)

def permute(input_act, indices, num_out_tokens=0, max_token_num=0):
    order = indices.flatten().argsort()
    return input_act[order], order

def unpermute(input_act, row_id_map, probs=None, max_tokens_num=0):
    rows = input_act[row_id_map]
    if probs is None:
        return rows
    return rows * probs.sum(dim=-1, keepdim=True)
`;

/** grouped_gemm, whose products mixtures of experts are made of. */
export const groupedProducts: Library = {
  roots: ['grouped_gemm'],
  described: new Map([
    ['grouped_gemm', 'from grouped_gemm import ops'],
    ['grouped_gemm.ops', OPS],
  ]),
};
