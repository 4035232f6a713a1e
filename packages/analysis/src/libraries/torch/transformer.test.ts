import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from '../../options.ts';

const analyser = await loadTestAnalyser();

test("PyTorch's transformers have their parameters by their names, started as their constructor starts them", () => {
  const { models } = analyser.analyse(`# widthwise: width(n)
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.whole = nn.Transformer(n, 8, 1, 1, 4 * n)
        block = nn.TransformerEncoderLayer(n, 8, 4 * n, activation='gelu', bias=False)
        self.stack = nn.TransformerEncoder(block, 2)
        nn.init.zeros_(self.stack.layers[0].linear1.weight)
        self.head = nn.Linear(n, 10)
    def forward(self, x, y):
        return self.head(self.stack(self.whole(x, y)))
`);
  const rows = models[0]?.weights.map(({ name, shape, b }) => `${name}: ${shape}, ${b}`);
  expect(rows?.filter((row) => /weight/.test(row) && !/norm/.test(row))).toEqual([
    'whole.encoder.layers.0.self_attn.in_proj_weight: 3·n × n, 0.5',
    'whole.encoder.layers.0.self_attn.out_proj.weight: n × n, 0.5',
    'whole.encoder.layers.0.linear1.weight: 4·n × n, 0.5',
    'whole.encoder.layers.0.linear2.weight: n × 4·n, 0.5',
    'whole.decoder.layers.0.self_attn.in_proj_weight: 3·n × n, 0.5',
    'whole.decoder.layers.0.self_attn.out_proj.weight: n × n, 0.5',
    'whole.decoder.layers.0.multihead_attn.in_proj_weight: 3·n × n, 0.5',
    'whole.decoder.layers.0.multihead_attn.out_proj.weight: n × n, 0.5',
    'whole.decoder.layers.0.linear1.weight: 4·n × n, 0.5',
    'whole.decoder.layers.0.linear2.weight: n × 4·n, 0.5',
    'stack.layers.*.self_attn.in_proj_weight: 3·n × n, 0.5',
    'stack.layers.*.self_attn.out_proj.weight: n × n, 0.5',
    'stack.layers.*.linear1.weight: 4·n × n, null',
    'stack.layers.*.linear2.weight: n × 4·n, 0.5',
    'head.weight: 10 × n, 0.5',
  ]);
});

test('a model that is a transformer with another embedding and readout is read with all of its parameters', () => {
  const source = `import math
import torch
from torch import nn

class Language(nn.Transformer):
    def __init__(self, tokens, n, heads, hidden, layers):
        super(Language, self).__init__(d_model=n, nhead=heads, dim_feedforward=hidden, num_encoder_layers=layers)
        self.embedding = nn.Embedding(tokens, n)
        self.n = n
        self.decoder = nn.Linear(n, tokens)
        nn.init.uniform_(self.embedding.weight, -0.1, 0.1)
        nn.init.uniform_(self.decoder.weight, -0.1, 0.1)
    def forward(self, x, mask=None):
        x = self.embedding(x) * math.sqrt(self.n)
        return self.decoder(self.encoder(x, mask=mask))
`;
  const { models, findings } = analyser.analyse(source, { ...DEFAULT_OPTIONS, profile: 'mup' });
  const rows = models[0]?.weights.map(({ name }) => name) ?? [];
  expect(rows).toContain('encoder.layers.*.self_attn.in_proj_weight');
  expect(rows).toContain('decoder.weight');
  expect(rows.filter((name) => name.startsWith('decoder.layers'))).toEqual([]);
  const lineOf = (at: number) => source.slice(0, at).split('\n').length;
  expect(findings.map(({ code, span }) => [code, lineOf(span.start)])).toEqual([
    ['MUP104', 12],
    ['MUP204', 14],
    ['MUP004', 15],
  ]);
});

test('layers of PyTorch that are told by what they do are followed', () => {
  const { models } = analyser.analyse(`
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.stem = nn.Conv2d(3, n, 3, bias=False)
        self.pool = nn.AdaptiveAvgPool2d((1, 1))
        self.up = nn.Linear(n, 2 * n, bias=False)
        self.gate = nn.GLU()
        self.act = nn.PReLU()
        self.head = nn.Linear(n, 10, bias=False)
    def forward(self, x):
        x = self.pool(self.stem(x)).flatten(1)
        return self.head(self.act(self.gate(self.up(x))))
`);
  const [model] = models;
  expect(model?.weights.map(({ name, role, a, b }) => `${name} ${role} ${a} ${b}`)).toEqual([
    'stem.weight input 0 0',
    'up.weight hidden 0 0.5',
    'act.weight finite 0 0',
    'head.weight output 0 0.5',
  ]);
  expect(model?.missing.filter(({ kind }) => kind !== 'weights')).toEqual([]);
});
