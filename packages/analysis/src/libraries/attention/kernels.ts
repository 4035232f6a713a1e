/** A function that attends: how it is given queries, keys and values, and its factor on logits. */
export interface AttentionKernel {
  /** What stands in one tensor along a dimension before the heads: nothing, keys with values, or queries with both. */
  readonly packed: 'none' | 'keys' | 'all';
  /** Where the factor stands among arguments without names; null where releases differ. */
  readonly scaleAt: number | null;
}

/** By the last part of their names: batches, and rows of many texts one behind the other (`varlen`). */
const KERNELS: ReadonlyMap<string, AttentionKernel> = new Map<string, AttentionKernel>([
  ['flash_attn_func', { packed: 'none', scaleAt: 4 }],
  ['flash_attn_varlen_func', { packed: 'none', scaleAt: 8 }],
  ['flash_attn_kvpacked_func', { packed: 'keys', scaleAt: 3 }],
  ['flash_attn_varlen_kvpacked_func', { packed: 'keys', scaleAt: 7 }],
  ['flash_attn_qkvpacked_func', { packed: 'all', scaleAt: 2 }],
  ['flash_attn_varlen_qkvpacked_func', { packed: 'all', scaleAt: 4 }],
  ['memory_efficient_attention', { packed: 'none', scaleAt: 5 }],
]);

/** Where `flash_attn` 2 has its functions: the Triton kernels and the third release have other places for arguments. */
const PLAIN = /^(?:flash_attn\.(?:flash_attn_interface\.)?|xformers\.ops\.(?:fmha\.)?)\w+$/;

/** The kernel that a name of a library means. */
export function kernelOf(qualified: string): AttentionKernel | undefined {
  const kernel = KERNELS.get(qualified.slice(qualified.lastIndexOf('.') + 1));
  if (kernel === undefined || PLAIN.test(qualified)) return kernel;
  return { ...kernel, scaleAt: null };
}
