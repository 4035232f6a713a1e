import { describe, expect, test } from 'vitest';
import { chainModel } from '../../test/chain-model.ts';
import { analyse, matricesOf, missingIn, onlyModel, tableOf } from '../../test/check-findings.ts';

const groups = (kind: string, a: string, b: string, c: string) =>
  `torch.optim.${kind}([
        {'params': model.a.parameters(), 'lr': ${a}},
        {'params': model.b.parameters(), 'lr': ${b}},
        {'params': model.c.parameters(), 'lr': ${c}},
    ])`;

const regime = (source: string) => onlyModel(source).verdict?.regime;

describe('PyTorch as it comes', () => {
  const adam = chainModel({ optimizer: 'torch.optim.Adam(model.parameters(), lr=lr)' });

  test('has the exponents of standard parametrization', () => {
    expect(tableOf(onlyModel(adam))).toEqual([
      'a input 0 0 0 adam',
      'b hidden 0 0.5 0 adam',
      'c output 0 0.5 0 adam',
    ]);
  });

  test('is unstable at one rate', () => {
    const outline = onlyModel(adam);
    expect(outline.headline).toBe('SP, Adam at one rate');
    expect(outline.verdict?.regime).toBe('unstable');
    expect(analyse(adam).notes.map((note) => note.code)).toEqual(['MUP501']);
    const found = new Set(analyse(adam).findings.map(({ code }) => code));
    expect([...found].sort()).toEqual(['MUP104', 'MUP301', 'MUP302']);
  });

  test('is not said to be at one rate, or at several, where one of them is not read', () => {
    const source = chainModel({ optimizer: groups('Adam', 'lr', 'lr', 'from_file()') });
    expect(onlyModel(source).headline).toBe('Adam, read in part');
  });

  test('has its name where something is not read only as far as what is read says it', () => {
    const unread = 'return self.c(elsewhere(self.b(torch.relu(self.a(x)))))';
    expect(
      onlyModel(chainModel({ forward: unread, optimizer: groups('Adam', 'lr', 'lr', 'lr') })).headline,
    ).toBe('SP, Adam at one rate, read in part');
    const other = chainModel({ optimizer: groups('Adam', 'lr', 'lr / n ** 0.5', 'from_file()') });
    expect(onlyModel(other).headline).toBe('custom scaling, Adam at a rate for each role, read in part');
    const untrained = chainModel({ init: 'nn.init.normal_(self.b.weight)', optimizer: 'None' });
    expect(onlyModel(untrained).headline).toBe('custom scaling, optimizer not found');
  });

  test('lacks what is not read behind a matrix that is used in parts, too', () => {
    const source = (made: string) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(16, n, bias=False)
        self.b = nn.Linear(n, 2 * n, bias=False)
        self.c = nn.Linear(n, 10, bias=False)

    def forward(self, x):
        gate, value = self.b(torch.relu(self.a(x))).chunk(2, dim=-1)
        return self.c(${made})

net = Net(256)
torch.optim.Adam(net.parameters(), lr=1e-3)
`;
    expect(missingIn(onlyModel(source('torch.sigmoid(gate) * value')))).toEqual([]);
    const unread = onlyModel(source('elsewhere(gate, value)'));
    expect(missingIn(unread)).toEqual(['forward: a call (line 13) is not followed']);
    expect(unread.verdict?.whateverTheRest).toBe(true);
  });

  test('is a kernel at a rate that falls like 1/n under SGD', () => {
    const source = chainModel({ optimizer: 'torch.optim.SGD(model.parameters(), lr=lr / n)' });
    expect(regime(source)).toBe('kernel');
    expect(analyse(source).notes.map((note) => note.code)).toEqual(['MUP502']);
  });
});

describe('μP is feature learning in every form', () => {
  const halfN = 'nn.init.normal_(self.b.weight, std=1 / math.sqrt(n))';
  const forms = {
    'Table 3, Adam': chainModel({
      init: `${halfN}; nn.init.normal_(self.c.weight, std=1 / n)`,
      optimizer: groups('Adam', 'lr', 'lr / n', 'lr / n'),
    }),
    'Table 3, Adam, zero readout': chainModel({
      init: 'nn.init.zeros_(self.c.weight)',
      optimizer: groups('AdamW', 'lr', 'lr * 64 / n', 'lr / n'),
    }),
    'Table 8, Adam': chainModel({
      init: `${halfN}; nn.init.normal_(self.c.weight, std=1.0)`,
      forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))))) / self.n',
      optimizer: groups('Adam', 'lr', 'lr / n', 'lr'),
    }),
    'Table 8, SGD': chainModel({
      init: `${halfN}; nn.init.normal_(self.c.weight, std=1.0)`,
      forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))) / self.n)',
      optimizer: groups('SGD', 'lr * n', 'lr', 'lr * n'),
    }),
    'Yang and Hu, one rate for SGD': chainModel({
      init: `nn.init.normal_(self.a.weight, std=n ** -0.5); ${halfN}; nn.init.normal_(self.c.weight, std=n ** -0.5)`,
      forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x) * self.n ** 0.5)))) / math.sqrt(self.n)',
      optimizer: 'torch.optim.SGD(model.parameters(), lr)',
    }),
    'one rate for Adam': chainModel({
      init: 'nn.init.normal_(self.b.weight, std=math.sqrt(n)); nn.init.normal_(self.c.weight, std=1.0)',
      forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))) / self.n)) / self.n',
      optimizer: 'torch.optim.Adam(model.parameters(), lr=lr)',
    }),
  };
  for (const [name, source] of Object.entries(forms)) {
    test(name, () => {
      const outline = onlyModel(source);
      expect(missingIn(outline)).toEqual([]);
      expect(outline.verdict?.regime).toBe('feature-learning');
      expect(outline.headline).toContain('μP');
      expect(analyse(source).findings).toEqual([]);
    });
  }
});

describe('a forward pass that is no chain is judged', () => {
  test('where tensors are added', () => {
    const forward = 'h = self.a(x); h = h + self.b(torch.tanh(h)); return self.c(h)';
    expect(regime(chainModel({ forward, optimizer: groups('Adam', 'lr', 'lr', 'lr / n') }))).toBe('unstable');
    const optimizer = groups('Adam', 'lr', 'lr / n', 'lr / n');
    const init = 'nn.init.zeros_(self.c.weight)';
    expect(regime(chainModel({ init, forward, optimizer }))).toBe('feature-learning');
  });

  test('where one activation is 0 at 0 and another is not', () => {
    const forward = 'return self.c(torch.sigmoid(self.b(torch.tanh(self.a(x)))))';
    expect(regime(chainModel({ forward }))).toBe('unstable');
  });
});

describe('no verdict is given', () => {
  test('without an optimizer, and Explain says so', () => {
    const outline = onlyModel(chainModel({ optimizer: 'None' }));
    expect(outline.verdict).toBeNull();
    expect([outline.read, outline.total]).toEqual([3, 3]);
    expect(missingIn(outline)).toContain('a.weight, b.weight and c.weight: optimizer not found');
  });

  test('for an optimizer whose updates are not modeled', () => {
    const outline = onlyModel(chainModel({ optimizer: 'torch.optim.Adadelta(model.parameters(), lr=lr)' }));
    expect(outline.verdict).toBeNull();
    expect(missingIn(outline)).toContain(
      'a.weight, b.weight and c.weight: the updates of torch.optim.Adadelta are not read',
    );
  });

  test('for a model with a part that is not read, whether its forward pass goes through it or not', () => {
    const part = 'nn.AdaptiveLogSoftmaxWithLoss(n, 8, [2])';
    for (const x of ['x', 'self.part(x)']) {
      const forward = `return self.c(torch.tanh(self.b(torch.tanh(self.a(${x})))))`;
      const init = `nn.init.zeros_(self.c.weight)\nself.part = ${part}`;
      const optimizer = groups('Adam', 'lr', 'lr / n', 'lr / n');
      const outline = onlyModel(chainModel({ init, forward, optimizer }));
      expect(outline.verdict).toBeNull();
      expect([outline.read, outline.total]).toEqual([3, 4]);
      expect(missingIn(outline)).toContain('part: torch.nn.AdaptiveLogSoftmaxWithLoss is not read');
    }
  });

  test('where a learning rate takes one of two exponents', () => {
    const outline = onlyModel(
      chainModel({ optimizer: 'torch.optim.Adam(model.parameters(), lr=lr if lr > 1 else lr / n)' }),
    );
    expect(outline.verdict).toBeNull();
  });
});

test("a model of mup's is judged, and what it does beside mup is named", () => {
  const source = `
import torch
from torch import nn
from mup import MuReadout, MuSGD, set_base_shapes

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1 = nn.Linear(16, width)
        self.fc2 = nn.Linear(width, width)
        self.head = MuReadout(width, 10)
        nn.init.normal_(self.fc2.weight, std=0.02)

    def forward(self, x):
        return self.head(self.fc2(self.fc1(x).tanh()).tanh())

model = set_base_shapes(Net(256), Net(64))
optimizer = MuSGD(model.parameters(), lr=0.1)
`;
  const analysis = analyse(source, { profile: 'auto' });
  const [outline] = analysis.models;
  expect(analysis.profile).toBe('mup');
  expect([outline?.read, outline?.total]).toEqual([6, 6]);
  expect(outline?.verdict).toMatchObject({ regime: 'unstable', whateverTheRest: false });
  expect(missingIn(outline)).toEqual([]);
  expect(analysis.findings.map((finding) => finding.code)).toEqual(['MUP101']);
  expect(analysis.notes.map((note) => note.code)).toEqual(['MUP501']);
});

test('a model whose sizes are all literals is read as if they grew together, and only its lens says that nothing does', () => {
  const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(784, 128)
        self.b = nn.Linear(128, 10)
        nn.init.normal_(self.b.weight, std=0.02)

    def forward(self, x):
        return self.b(self.a(x).relu())
`;
  const { findings, notes, models } = analyse(source);
  expect(findings).toEqual([]);
  expect(notes.map((note) => note.code)).toEqual(['MUP001']);
  expect(models[0]?.widths).toEqual(['128']);
  expect(models[0]?.assumptions).toContain('Assumes `128` is what you scale.');
});

test('parts of a model are read where they are used, and are no models of their own', () => {
  const outline = onlyModel(`
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, dim, expansion=4):
        super().__init__()
        self.up = nn.Linear(dim, expansion * dim)
        self.down = nn.Linear(expansion * dim, dim)

    def forward(self, x):
        return self.down(torch.relu(self.up(x)))

class Net(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.inp = nn.Linear(16, width)
        self.block = Block(width)
        self.out = nn.Linear(width, classes)

    def forward(self, x):
        return self.out(torch.relu(self.block(torch.relu(self.inp(x)))))

net = Net(128, 10)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
`);
  expect(outline.name).toBe('Net');
  expect(tableOf(outline)).toEqual([
    'inp input 0 0 0 sgd',
    'block.up hidden 0 0.5 0 sgd',
    'block.down hidden 0 0.5 0 sgd',
    'out output 0 0.5 0 sgd',
  ]);
  expect(matricesOf(outline)[1]?.shape).toBe('4·width × width');
  expect(outline.verdict?.regime).toBe('unstable');
});

test('groups by the number of dimensions, built in a method of the model, are followed', () => {
  const outline = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(16, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 4)

    def forward(self, x):
        return self.c(self.b(self.a(x).tanh()).tanh())

    def make_optimizer(self, rate):
        named = {name: p for name, p in self.named_parameters() if p.requires_grad}
        matrices = [p for name, p in named.items() if p.dim() >= 2 and not name.startswith('a.')]
        rest = [p for name, p in named.items() if p.ndim < 2 or name.startswith('a.')]
        groups = [{'params': matrices, 'weight_decay': 0.1, 'lr': rate / self.b.in_features}, {'params': rest}]
        return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95))
`);
  expect(tableOf(outline)).toEqual(['a input 0 0 0 adam', 'b hidden 0 0.5 1 adam', 'c output 0 0.5 1 adam']);
  expect(outline.assumptions).toContain('Assumes `rate` does not depend on width.');
  // features that move by Θ(1) meet a readout of size n^−½, so the output moves by n^½ (B + r ≥ 1 does not hold)
  expect(outline.verdict?.regime).toBe('unstable');
});

test('a model whose output is as wide as it is itself has no verdict but that it is unstable', () => {
  const outline = onlyModel(`
import torch
from torch import nn

class Chain(nn.Module):
    def __init__(self, width, classes=10):
        super().__init__()
        self.embed = nn.Linear(784, width, bias=False)
        self.head = nn.Linear(width, classes, bias=False)
        nn.init.normal_(self.embed.weight, std=1.0)
        nn.init.zeros_(self.head.weight)

    def forward(self, x):
        return self.head(torch.tanh(self.head(torch.tanh(self.embed(x)))))

def train(width, lr):
    model = Chain(width)
    return torch.optim.Adam([
        {'params': model.embed.parameters(), 'lr': lr},
        {'params': model.head.parameters(), 'lr': lr / width},
    ])
`);
  expect(missingIn(outline)).not.toEqual([]);
  expect(outline.verdict).toBeNull();
});

test('a random projection that stays makes nothing unstable, and no verdict rests on it', () => {
  const projected = (matrix: string) => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(8, width)
        self.leave = nn.Linear(width, 10)
        self.register_buffer('kept', ${matrix})

    def forward(self, x):
        return self.leave(torch.relu(self.enter(x)) @ self.kept)

def made(width):
    model = Net(width)
    return model, torch.optim.Adam(model.parameters(), lr=1 / width)
`;
  expect(onlyModel(projected('torch.randn(width, width) / width ** 0.5')).verdict).toBeNull();
  expect(regime(projected('torch.ones(width, width)'))).toBe('unstable');
});
