import type { Library } from '../../interpret/machine/library.ts';
import { optimizers } from '../optimizers/optimizers.ts';

/** Of `apex.normalization`: PyTorch's normalizations in one kernel. */
const FUSED_NORMS = `
from torch import nn

class FusedLayerNorm(nn.LayerNorm):
    def __init__(self, normalized_shape, eps=1e-5, elementwise_affine=True, memory_efficient=False):
        super().__init__(normalized_shape, eps=eps, elementwise_affine=elementwise_affine)

class FusedRMSNorm(nn.RMSNorm):
    def __init__(self, normalized_shape, eps=1e-5, elementwise_affine=True, memory_efficient=False):
        super().__init__(normalized_shape, eps=eps, elementwise_affine=elementwise_affine)

class MixedFusedLayerNorm(nn.LayerNorm):
    def __init__(self, normalized_shape, eps=1e-5, **kwargs):
        super().__init__(normalized_shape, eps=eps)

class MixedFusedRMSNorm(nn.RMSNorm):
    def __init__(self, normalized_shape, eps=1e-5, **kwargs):
        super().__init__(normalized_shape, eps=eps)
`;

/** apex: its normalizations are read in Python, its optimizers and what trains in half precision with those of other packages. */
export const apex: Library = {
  ...optimizers,
  roots: ['apex'],
  described: new Map([
    ['apex.normalization', FUSED_NORMS],
    ['apex.normalization.fused_layer_norm', FUSED_NORMS],
  ]),
  covers: (qualified) => !qualified.startsWith('apex.normalization.'),
};
