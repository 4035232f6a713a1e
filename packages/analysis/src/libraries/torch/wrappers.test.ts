import { describe, expect, test } from 'vitest';
import { missingIn, onlyModel } from '../../../test/check-findings.ts';

test('what is cast for autocast is itself, also as the arguments of a function', () => {
  const { weights, verdict } = onlyModel(`# widthwise: width(n)
import torch
import torch.nn.functional as F
from torch import nn

def cast_if_enabled(device, *args):
    if not torch.is_autocast_enabled():
        return args
    return torch.amp.autocast_mode._cast(args, device, torch.get_autocast_dtype(device))

class Norm(nn.LayerNorm):
    def forward(self, x):
        return F.layer_norm(*cast_if_enabled('cuda', x, self.normalized_shape, self.weight + 1.0, self.bias, self.eps))

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(5, n)
        self.norm = Norm(n)
        self.out = nn.Linear(n, 3, bias=False)
        nn.init.normal_(self.out.weight, std=0.02)

    def forward(self, x):
        return self.out(self.norm(self.up(x)))
`);
  expect(verdict?.regime).toBe('unstable');
  expect(weights.find(({ name }) => name === 'out.weight')?.role).toBe('output');
});

test('a function that runs on the part of each device is the function itself', () => {
  const isFollowed = (wraps: string) =>
    !onlyModel(`# widthwise: width(n)
import torch
from torch import nn
from torch.distributed.tensor import DTensor
from torch.distributed.tensor.experimental import local_map
from tools import doubled

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(5, n)
        self.out = nn.Linear(n, 3, bias=False)

    def forward(self, x):
        def read(h):
            return self.out(torch.relu(h))
        h = self.up(x)
        if isinstance(h, DTensor):
            read = ${wraps}
        return read(h)
`).missing.some(({ kind }) => kind === 'unread-step');
  expect(isFollowed('local_map(read, out_placements=(h.placements,), device_mesh=h.device_mesh)')).toBe(true);
  expect(isFollowed('doubled(read)')).toBe(false);
});

test('blocks of a model are followed within a checkpoint that a setting turns on', () => {
  const source = (called: string) => `
import torch
import torch.utils.checkpoint as saved
from torch import nn

class Block(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(n, n)
        self.norm = nn.LayerNorm(n)
    def forward(self, x):
        return x + torch.relu(self.up(self.norm(x)))

class Net(nn.Module):
    def __init__(self, n, depth, saves=False):
        super().__init__()
        self.saves = saves
        self.stem = nn.Linear(48, n)
        self.blocks = nn.ModuleList([Block(n) for _ in range(depth)])
        self.norm = nn.LayerNorm(n)
        self.head = nn.Linear(n, 10)
        nn.init.normal_(self.head.weight, std=0.02)
    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = ${called} if self.saves else block(x)
        return self.head(self.norm(x).transpose(1, 2).mean(-1))
`;
  const missingOf = (called: string) =>
    missingIn(onlyModel(source(called))).filter((one) => one.startsWith('forward'));
  expect(missingOf('saved.checkpoint(block, x, use_reentrant=False)')).toEqual([]);
  expect(missingOf('saved.kept(block, x)')).not.toEqual([]);
});

test('what a device has of a weight is that weight', () => {
  const rows = (local: string) =>
    onlyModel(`# widthwise: width(n)
import torch
import torch.nn.functional as F
from torch import nn
from tools import doubled

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(5, n)
        self.out = nn.Linear(n, 3, bias=False)
        nn.init.normal_(self.out.weight.full_tensor(), std=0.02)

    def forward(self, x):
        weight = ${local}
        return F.linear(self.up(x), weight)
`).weights.flatMap(({ name, a, b }) => (name === 'out.weight' ? [[a, b]] : []));
  expect(rows('self.out.weight.to_local()')).toEqual([[0, 0]]);
  expect(rows('(self.out.weight / 8).redistribute()')).toEqual([[0, 0]]);
  expect(rows('doubled(self.out.weight)')).toEqual([[null, 0]]);
});

describe('a model that comes back from what wraps it', () => {
  const knows = (wraps: string) => {
    const { weights, missing } = onlyModel(`# widthwise: width(n)
import torch
from apex.parallel import DistributedDataParallel, convert_syncbn_model
from fairscale.nn import FullyShardedDataParallel, checkpoint_wrapper as checkpointed
from torch import nn
from torch.distributed._composable.replicate import replicate
from torch.distributed.algorithms._checkpoint.checkpoint_wrapper import (
    apply_activation_checkpointing,
    checkpoint_wrapper,
)
from tools import accelerator, shard_model, scale_model, changed

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(5, n)
        self.out = nn.Linear(n, 3, bias=False)

    def forward(self, x):
        return self.out(torch.relu(self.up(x)))

def train(n, data):
    model = Net(n)
    ${wraps}
    trainer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for x, y in data:
        nn.functional.cross_entropy(model(x), y).backward()
        trainer.step()
`);
    return missing.length === 0 && weights.every(({ a, b, c }) => a === 0 && b !== null && c === 0);
  };

  test.each([
    'model = checkpoint_wrapper(model)',
    'apply_activation_checkpointing(model, check_fn=lambda part: isinstance(part, nn.Linear))',
    'model = replicate(model)',
    'model = nn.SyncBatchNorm.convert_sync_batchnorm(model)',
    'model = DistributedDataParallel(convert_syncbn_model(model))',
    'model = FullyShardedDataParallel(checkpointed(model))',
    'model, data = accelerator.prepare(model, data)',
    'model = shard_model(model, 8)',
  ])('is the model: %s', (wraps) => {
    expect(knows(wraps)).toBe(true);
  });

  test.each([
    'model = changed(model)',
    'model = scale_model(model)',
    'model = shard_model(model, Net(2 * n))',
    'data, model = accelerator.prepare(model, data)',
    'apply_other(model, check_fn=lambda part: isinstance(part, nn.Linear))',
  ])('may be another: %s', (wraps) => {
    expect(knows(wraps)).toBe(false);
  });
});
