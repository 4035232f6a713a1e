import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { findingsOf } from '../../../test/check-findings.ts';

const weightsOf = (code: string, source: string) =>
  findingsOf(code, source).flatMap(({ weights }) => weights);
const HALVES = (hidden: string, readout = 'lr') =>
  `torch.optim.Adam([{'params': [model.a.weight]}, {'params': [model.b.weight], 'lr': ${hidden}}, ` +
  `{'params': [model.c.weight], 'lr': ${readout}}], lr=lr)`;

describe('one rate for all weights under Adam', () => {
  const source = chainModel({});
  const [finding] = findingsOf('MUP301', source);

  test('is too large for hidden ones: said once, at the optimizer, with the weights', () => {
    expect(findingsOf('MUP301', source)).toHaveLength(1);
    expect(source.slice(finding?.span.start, finding?.span.end)).toBe(
      'torch.optim.Adam(model.parameters(), lr=lr)',
    );
    expect(finding?.weights).toEqual(['b.weight']);
    expect(finding?.message).toBe(
      '`b.weight` (n → n) is trained by `Adam` at a learning rate constant in width (n = `n`): ' +
        'under full alignment their updates are n times too large as width grows'.replace('their', 'its'),
    );
    expect(finding?.fixes[0]?.text).toContain('lr·n₀/n');
    expect(finding?.severity).toBe('warning');
  });

  test('is too large for readouts', () => {
    expect(weightsOf('MUP302', source)).toEqual(['c.weight']);
  });

  test('is too large also where the readout starts at zero and grows before anything else is seen to move', () => {
    expect(weightsOf('MUP301', chainModel({ init: 'nn.init.zeros_(self.c.weight)' }))).toEqual(['b.weight']);
  });

  test('does not give a readout the sizes of one that code which uses the model has replaced', () => {
    const [replaced] = findingsOf('MUP302', chainModel({ after: 'model.c = nn.Linear(64, 3)' }));
    expect(replaced?.message).toMatch(/^`c\.weight` is trained by `Adam`/);
    expect(replaced?.related.map(({ message }) => message)).toEqual([
      'c.weight is made here, and replaced by code that uses the model',
    ]);
  });

  test('is told from the least to the most where weights differ, as those that a start has made large do', () => {
    const block = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.table = nn.Embedding(8, width)
        self.norm, self.last_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.readout = nn.Linear(width, 1)
        nn.init.normal_(self.down.weight, std=0.02)

    def forward(self, x):
        x = self.table(x)
        x = x + self.down(self.up(self.norm(x)).relu())
        return self.readout(self.last_norm(x))


model = Net(512)
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
`;
    expect(findingsOf('MUP301', block).map(({ message }) => message)).toEqual([
      expect.stringContaining('their updates are n^½ to n times too large as width grows'),
    ]);
  });

  test('is said once for all that a loop makes', () => {
    const many = chainModel({
      init: 'self.d = nn.Linear(n, n, bias=False)',
      forward: 'return self.c(torch.tanh(self.d(torch.tanh(self.b(torch.tanh(self.a(x)))))))',
    });
    expect(findingsOf('MUP301', many).map(({ weights }) => weights)).toEqual([['b.weight', 'd.weight']]);
  });
});

describe('a rate that falls with the width is', () => {
  test('right at 1/n', () => {
    const source = chainModel({
      init: 'nn.init.zeros_(self.c.weight)',
      optimizer: HALVES('lr / n', 'lr / n'),
    });
    expect(weightsOf('MUP301', source)).toEqual([]);
    expect(weightsOf('MUP302', source)).toEqual([]);
  });

  test('too large at 1/√n', () => {
    const source = chainModel({
      init: 'nn.init.zeros_(self.c.weight)',
      optimizer: HALVES('lr * n ** -0.5', 'lr / n'),
    });
    expect(findingsOf('MUP301', source)[0]?.message).toContain('at a learning rate that goes like n^-½');
    expect(findingsOf('MUP301', source)[0]?.message).toContain('n^½ times too large');
  });
});

describe('behind what is not read', () => {
  const behind = (init: string, optimizer = 'torch.optim.Adam(model.parameters(), lr=lr)') =>
    chainModel({
      before: 'from somewhere import mystery',
      init,
      forward: 'return self.c(mystery(self.b(torch.tanh(self.a(x)))))',
      optimizer,
    });

  test('a hidden rate that is too large with and without a normalization is found', () => {
    expect(weightsOf('MUP301', behind(''))).toEqual(['b.weight']);
  });

  test('is by no less than what holds with and without one, and the fix is for starts that are right', () => {
    const [known] = findingsOf('MUP301', behind(''));
    expect(known?.message).toContain('its updates are n times too large');
    const [large] = findingsOf('MUP301', behind('nn.init.normal_(self.b.weight, std=0.02)'));
    expect(large?.message).toContain('its updates are at least n^½ times too large');
    expect(large?.fixes[0]?.text).toMatch(/at lr·n₀\/n, which is right with a start as μP has it:/);
    expect(large?.fixes[0]?.edits).toEqual([]);
  });

  test('one that is right in front of a normalization is not', () => {
    expect(
      weightsOf('MUP301', behind('nn.init.normal_(self.b.weight, std=0.02)', HALVES('lr * n ** -0.5'))),
    ).toEqual([]);
  });

  test('a readout is judged as if what it is given were Θ(1), which is said', () => {
    const [finding] = findingsOf('MUP302', behind(''));
    expect(finding?.weights).toEqual(['c.weight']);
    expect(finding?.assumptions).toContain('Assumes what it is applied to has the same size at every width.');
  });
});

describe('is silent on', () => {
  const silent = (name: string, optimizer: string, parts: Parameters<typeof chainModel>[0] = {}) =>
    test(name, () => {
      const source = chainModel({ optimizer, ...parts });
      expect(weightsOf('MUP301', source)).toEqual([]);
    });

  silent('orthogonalized updates', 'torch.optim.Muon([model.b.weight], lr=lr)');
  silent('SGD, whose hidden rate is constant in μP', 'torch.optim.SGD(model.parameters(), lr=lr)');
  silent('an optimizer that is not known', 'Sophia(model.parameters(), lr=lr)', {
    before: 'from sophia import Sophia',
  });
  silent('a rate that is not known', 'torch.optim.Adam(model.parameters(), lr=rate_for(n))', {
    before: 'from rates import rate_for',
  });
  silent('weights that may be frozen', 'torch.optim.Adam(model.parameters(), lr=lr)', {
    after: 'model.b.weight.requires_grad_(False)',
  });

  test('a normalized hidden weight with b = 0, c = ½, and a tied readout', () => {
    const normalized = chainModel({
      init: 'nn.init.normal_(self.b.weight, std=1.0)\nself.norm = nn.LayerNorm(n)',
      forward: 'return self.c(torch.tanh(self.norm(self.b(torch.tanh(self.a(x))))))',
      optimizer: HALVES('lr * n ** -0.5'),
    });
    expect(weightsOf('MUP301', normalized)).toEqual([]);
    const tied = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.mix = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        self.head.weight = self.embed.weight

    def forward(self, ids):
        return self.head(self.mix(self.embed(ids)).tanh())

model = Net(1000, 512)
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
`;
    expect(weightsOf('MUP302', tied)).toEqual([]);
    expect(weightsOf('MUP301', tied)).toEqual(['mix.weight']);
  });
});

test('SGD at one rate is too fast for a readout', () => {
  const source = chainModel({
    init: 'nn.init.normal_(self.c.weight, std=1 / n)',
    optimizer: 'torch.optim.SGD(model.parameters(), lr=lr)',
  });
  expect(weightsOf('MUP302', source)).toEqual(['c.weight']);
});

test('SGD is too fast for a readout behind a normalization, whatever starts and runs in front of it', () => {
  const parts = {
    before: 'from somewhere import start, mixed',
    init: 'start(self.b.weight)\nself.norm = nn.LayerNorm(n)',
    forward: 'h = self.norm(torch.tanh(self.a(x)))\nself.log(mixed(self.b(h)))\nreturn self.c(h)',
    optimizer: 'torch.optim.SGD(model.parameters(), lr=lr)',
  };
  expect(findingsOf('MUP302', chainModel(parts))).toHaveLength(1);
});

test('where every block makes it worse, no power of the width is named', () => {
  const tower = (norm: string) => `
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.up = nn.Linear(dim, dim)
        self.norm = ${norm}
        nn.init.normal_(self.up.weight, std=0.02)

    def forward(self, x):
        return x + torch.relu(self.up(self.norm(x)))

class Tower(nn.Module):
    def __init__(self, dim, depth):
        super().__init__()
        self.stem = nn.Linear(32, dim)
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        self.head = nn.Linear(dim, 5)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return self.head(x)

def train(dim, depth):
    model = Tower(dim, depth)
    return torch.optim.SGD(model.parameters(), lr=0.1)
`;
  expect(weightsOf('MUP302', tower('nn.Identity()'))).toEqual([]);
  expect(weightsOf('MUP302', tower('nn.LayerNorm(dim)'))).toEqual(['head.weight']);
});

describe('of SGD behind features that grow', () => {
  const message = (source: string) => findingsOf('MUP302', source)[0]?.message ?? '';
  const wide = (lr: string) =>
    chainModel({
      init: 'nn.init.normal_(self.b.weight, std=0.02)',
      forward: 'return self.c(torch.relu(self.b(torch.relu(self.a(x)))))',
      optimizer: `torch.optim.SGD(model.parameters(), lr=${lr})`,
    });

  test('both powers are told, and no rate is written before starts are right', () => {
    expect(message(wide('lr'))).toContain(
      'n^3/2 times too large as width grows, and n times once starts are',
    );
    const [finding] = findingsOf('MUP302', wide('lr'));
    expect(finding?.fixes[0]).toMatchObject({ edits: [] });
    expect(finding?.fixes[0]?.text).toContain('lr·n₀/n');
    expect(message(wide('lr / n'))).toContain('and right once starts are as μP wants them');
  });

  test('of features that do not, it is one', () => {
    const source = chainModel({ optimizer: 'torch.optim.SGD(model.parameters(), lr=lr)' });
    expect(message(source)).toMatch(/n times too large as width grows$/);
  });
});
