import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

test("timm's layers have the parameters that PyTorch shows of them", () => {
  const { models } = analyser.analyse(`import torch
from torch import nn
from timm.models.vision_transformer import Attention, Mlp, PatchEmbed
from timm.layers import DropPath, LayerScale, trunc_normal_

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.patches = PatchEmbed(32, 4, 3, n)
        self.attention = Attention(n, num_heads=8, qkv_bias=True)
        self.drop = DropPath(0.1)
        self.scale = LayerScale(n)
        self.mlp = Mlp(in_features=n, hidden_features=4 * n)
        self.head = nn.Linear(n, 10)
        trunc_normal_(self.head.weight, std=0.02)
    def forward(self, x):
        x = self.patches(x)
        x = x + self.drop(self.scale(self.attention(x)))
        return self.head(x + self.mlp(x))
`);
  expect(models[0]?.weights.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'patches.proj.weight',
      'attention.qkv.weight',
      'attention.proj.weight',
      'mlp.fc1.weight',
      'mlp.fc2.weight',
      'head.weight',
    ]),
  );
  const shape = (name: string) => models[0]?.weights.find((row) => row.name === name)?.shape;
  expect(shape('attention.qkv.weight')).toBe('n·3 × n');
  expect(shape('mlp.fc1.weight')).toBe('4·n × n');
});

test('a transformer of its blocks has all their parameters, and is judged', () => {
  const { models } = analyser.analyse(
    `import torch
from torch import nn
from timm.models.vision_transformer import Block, PatchEmbed

class Net(nn.Module):
    def __init__(self, n, depth, heads, norm_layer=nn.LayerNorm):
        super().__init__()
        self.patches = PatchEmbed(32, 4, 3, n)
        self.blocks = nn.ModuleList([
            Block(n, heads, 4.0, qkv_bias=True, qk_scale=None, norm_layer=norm_layer) for _ in range(depth)
        ])
        self.norm = norm_layer(n)
        self.head = nn.Linear(n, 10)
    def forward(self, x):
        x = self.patches(x)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x).mean(1))
`,
  );
  const [net] = models;
  expect(net?.weights.flatMap(({ name, role }) => (role === 'hidden' ? [name] : []))).toEqual([
    'blocks.*.attn.qkv.weight',
    'blocks.*.attn.proj.weight',
    'blocks.*.mlp.fc1.weight',
    'blocks.*.mlp.fc2.weight',
  ]);
  expect(net?.weights.filter(({ a, b }) => a === null || b === null)).toEqual([]);
});

test.each([
  ['', 'nn.Linear(n, n)', 'self.b(h).mean(1)'],
  [", output_fmt='NLC'", 'nn.Linear(n, n)', 'self.b(h).mean(1)'],
  [", flatten=False, output_fmt='NHWC'", 'nn.Linear(n, n)', 'self.b(h).mean((1, 2))'],
  [", output_fmt='NCL'", 'nn.Conv1d(n, n, 1)', 'self.b(h).mean(2)'],
  [", output_fmt='NCHW'", 'nn.Conv2d(n, n, 1)', 'self.b(h).mean((2, 3))'],
  [', flatten=False', 'nn.Conv2d(n, n, 1)', 'self.b(h).mean((2, 3))'],
])(
  'its patches (PatchEmbed(32, 4, 3, n%s)) have their features where they are told to',
  (form, layer, pooled) => {
    const { models } = analyser.analyse(`import torch
from torch import nn
from timm.layers import PatchEmbed

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = PatchEmbed(32, 4, 3, n${form})
        self.b = ${layer}
        self.c = nn.Linear(n, 10)
    def forward(self, x):
        h = torch.relu(self.a(x))
        return self.c(torch.relu(${pooled}))
`);
    const matrices = models[0]?.weights.filter(({ name }) => name.endsWith('.weight'));
    expect(matrices?.map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
  },
);

test('patches of which nobody says in which form they are come in any', () => {
  const { models } = analyser.analyse(`import torch
from torch import nn
from timm.layers import PatchEmbed

class Net(nn.Module):
    def __init__(self, n, form):
        super().__init__()
        self.a = PatchEmbed(32, 4, 3, n, output_fmt=form)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 10)
        nn.init.normal_(self.b.weight, std=0.02)
    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))
`);
  expect(models[0]?.weights.find(({ name }) => name === 'a.proj.weight')?.role).not.toBe('finite');
});

test('its groups for an optimizer have all parameters', () => {
  const { models } = analyser.analyse(`import torch
from torch import nn
import timm.optim.optim_factory as optim_factory

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(16, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 4)
    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))

def train(n, lr):
    groups = optim_factory.add_weight_decay(Net(n), 0.05)
    return torch.optim.AdamW(groups, lr=lr / n)
`);
  expect(models[0]?.weights.map(({ optimizer, c }) => `${optimizer} ${c}`)).toEqual(Array(6).fill('adam 1'));
});

test('normalizations and activations by a name, or by a class, are those, with an activation behind them where one is asked for', () => {
  const source = (norm: string) => `from torch import nn
from timm.layers import create_act_layer, create_norm_layer, get_act_layer, get_norm_act_layer, get_norm_layer

class Net(nn.Module):
    def __init__(self, n, norm='layer_norm2d', act='relu', kind=${norm}):
        super().__init__()
        self.stem = nn.Conv2d(3, n, 3)
        self.first = get_norm_layer(norm)(n)
        self.act = get_act_layer(act)(inplace=True)
        self.second = get_norm_act_layer(kind, nn.SiLU)(n)
        self.third = create_norm_layer('batchnorm', n)
        self.last = create_act_layer('gelu')
        self.mid = nn.Linear(n, n)
        nn.init.normal_(self.mid.weight, std=0.02)
        self.head = nn.Linear(n, 10)

    def forward(self, x):
        x = self.third(self.second(self.act(self.first(self.stem(x)))))
        return self.head(self.last(self.mid(x.mean((2, 3)))))
`;
  for (const norm of ['nn.BatchNorm2d', "'groupnorm'", "'layernorm2d'"]) {
    const { models } = analyser.analyse(source(norm));
    expect(models[0]?.weights.map(({ name }) => name)).toEqual(
      ['stem', 'first', 'second', 'third', 'mid', 'head'].flatMap((one) => [`${one}.weight`, `${one}.bias`]),
    );
    expect(models[0]?.missing.map(({ kind }) => kind)).toEqual(['weights']);
  }
  const { models } = analyser.analyse(source('other_norm'));
  expect(models[0]?.weights.map(({ name }) => name)).toContain('second');
});
