import type { Library } from '../../interpret/machine/library.ts';

/** Of fairscale: linear layers and embeddings that one process holds a part of, here all of it; biases start at zero. */
const MODEL_PARALLEL = `
import torch
from torch import nn
import torch.nn.functional as F

class _ParallelLinear(nn.Module):
    def __init__(self, in_features, out_features, bias, init_method):
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = nn.Parameter(torch.empty(out_features, in_features))
        self.bias = nn.Parameter(torch.zeros(out_features)) if bias else None
        init_method(self.weight)

    def forward(self, input_):
        return F.linear(input_, self.weight, self.bias)

class ColumnParallelLinear(_ParallelLinear):
    def __init__(self, in_features, out_features, bias=True, gather_output=True, init_method=nn.init.xavier_normal_,
                 stride=1, keep_master_weight_for_test=False):
        super().__init__(in_features, out_features, bias, init_method)

class RowParallelLinear(_ParallelLinear):
    def __init__(self, in_features, out_features, bias=True, input_is_parallel=False,
                 init_method=nn.init.xavier_normal_, stride=1, keep_master_weight_for_test=False):
        super().__init__(in_features, out_features, bias, init_method)

class ParallelEmbedding(nn.Module):
    def __init__(self, num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0,
                 scale_grad_by_freq=False, sparse=False, init_method=nn.init.xavier_normal_,
                 keep_master_weight_for_test=False):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.weight = nn.Parameter(torch.empty(num_embeddings, embedding_dim))
        init_method(self.weight)

    def forward(self, input_):
        return F.embedding(input_, self.weight)

class VocabParallelEmbedding(ParallelEmbedding):
    pass
`;

const ONE_PROCESS = `
def get_model_parallel_world_size():
    return 1

def get_model_parallel_rank():
    return 0

def model_parallel_is_initialized():
    return True
`;

/** What computes a block once more on the way back. */
const CHECKPOINT = `
def checkpoint_wrapper(module, offload_to_cpu=False):
    return module
`;

/** The model as it is, its parameters spread over devices. */
const DATA_PARALLEL = `
from torch.nn import DataParallel

def FullyShardedDataParallel(module, *args, **kwargs):
    return DataParallel(module)

def ShardedDataParallel(module, *args, **kwargs):
    return DataParallel(module)
`;

const FAIRSCALE = 'fairscale.nn.model_parallel';

const MODULES: ReadonlyMap<string, string> = new Map([
  [`${FAIRSCALE}.layers`, MODEL_PARALLEL],
  [`${FAIRSCALE}.initialize`, ONE_PROCESS],
  ['fairscale.nn', CHECKPOINT + DATA_PARALLEL],
  ['fairscale.nn.checkpoint', CHECKPOINT],
  ['fairscale.nn.checkpoint.checkpoint_activations', CHECKPOINT],
  ['fairscale.nn.data_parallel', DATA_PARALLEL],
]);

/** fairscale's layers that compute over several processes what PyTorch's do in one. */
export const fairscale: Library = { roots: ['fairscale'], described: MODULES };
