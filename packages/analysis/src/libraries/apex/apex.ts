import type { Library } from '../../interpret/machine/library.ts';
import { optimizers } from '../optimizers/optimizers.ts';

/** Of `apex.normalization`: PyTorch's normalizations, and the functions of these, in one kernel. */
const FUSED_NORMS = `
from torch import nn
import torch.nn.functional as F

def fused_layer_norm(input, normalized_shape, eps=1e-6, memory_efficient=False):
    return F.layer_norm(input, normalized_shape, eps=eps)

def fused_layer_norm_affine(input, weight, bias, normalized_shape, eps=1e-6, memory_efficient=False):
    return F.layer_norm(input, normalized_shape, weight, bias, eps)

def fused_rms_norm(input, normalized_shape, eps=1e-6, memory_efficient=False):
    return F.rms_norm(input, normalized_shape, eps=eps)

def fused_rms_norm_affine(input, weight, normalized_shape, eps=1e-6, memory_efficient=False):
    return F.rms_norm(input, normalized_shape, weight, eps)

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

/** Of `apex.amp`: models and optimizers stay as they are, and what a loss is scaled by, a step takes back. */
const MIXED_PRECISION = `
def initialize(models, optimizers=None, enabled=True, opt_level='O1', **kwargs):
    return models if optimizers is None else (models, optimizers)

def scale_loss(loss, optimizers, **kwargs):
    return loss

def master_params(optimizer):
    for group in optimizer.param_groups:
        for parameter in group['params']:
            yield parameter
`;

/** Of `apex.parallel`: the model as it is. */
const PARALLEL = `
from torch.nn import DataParallel

def DistributedDataParallel(module, *args, **kwargs):
    return DataParallel(module)

def convert_syncbn_model(module, process_group=None, channel_last=False):
    return module
`;

/** apex: its normalizations and what trains in half precision are read in Python, its optimizers with those of other packages. */
export const apex: Library = {
  ...optimizers,
  roots: ['apex'],
  described: new Map([
    ['apex.amp', MIXED_PRECISION],
    ['apex.normalization', FUSED_NORMS],
    ['apex.parallel', PARALLEL],
    ['apex.normalization.fused_layer_norm', FUSED_NORMS],
  ]),
  covers: (qualified) => !/^apex\.(?:amp|normalization|parallel)\./.test(qualified),
};
