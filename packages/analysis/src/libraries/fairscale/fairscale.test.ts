import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

test('layers that run over several processes have the parameters of one, and start as they are told', () => {
  const { weights } = onlyModel(`
import fairscale.nn.model_parallel.initialize as fs_init
import torch
from fairscale.nn.model_parallel.layers import ColumnParallelLinear, RowParallelLinear, VocabParallelEmbedding
from torch import nn

class Net(nn.Module):
    def __init__(self, width, tokens):
        super().__init__()
        part = width // fs_init.get_model_parallel_world_size()
        self.embed = VocabParallelEmbedding(tokens, width, init_method=lambda x: x)
        self.up = ColumnParallelLinear(width, 4 * part, bias=False, gather_output=False)
        self.down = RowParallelLinear(4 * width, part, bias=True, input_is_parallel=True)
        self.readout = ColumnParallelLinear(width, tokens, bias=False)

    def forward(self, ids):
        h = self.embed(ids)
        return self.readout(h + self.down(torch.relu(self.up(h))))
`);
  expect(weights.map(({ name, role, shape }) => `${name} ${role} ${shape}`)).toEqual([
    'embed.weight input width × tokens',
    'up.weight hidden 4·width × width',
    'down.weight hidden width × 4·width',
    'down.bias input width',
    'readout.weight output tokens × width',
  ]);
});
