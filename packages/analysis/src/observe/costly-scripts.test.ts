import { describe, expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

let units = 0;
const analyser = await loadTestAnalyser(undefined, (taken) => {
  units = taken;
});

const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(10, width)
        self.mid = nn.Linear(width, width)
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        return self.head(self.mid(self.embed(x)))
`;

/** Rounds in rounds of which nobody knows how many there are: each is gone through some times for each of the one around. */
const ROUNDS = [...'abcdefgh'].map(
  (name, depth) => `${'    '.repeat(depth + 1)}while ${name} < limit:
${'    '.repeat(depth + 2)}${name} += step
${'    '.repeat(depth + 2)}items.append(${name})
`,
);

const COUNTERS = '    a, b, c, d, e, f, g, h, items = 0, 0, 0, 0, 0, 0, 0, 0, []\n';

function optimizersIn(train: string): readonly string[] {
  const script = `import torch\nfrom model import Net\n${train}`;
  const place = placeIn({ 'model.py': MODEL, 'train.py': script }, 'model.py', ['train.py']);
  const { models } = analyser.analyse(MODEL, undefined, place);
  return (models[0]?.weights ?? []).map(({ optimizer }) => String(optimizer));
}

const TRAINS = `
model = Net(256)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for step in range(1000):
    model(next(batches)).sum().backward()
    optimizer.step()
`;

describe('a script says how it trains its model, however long', () => {
  test('the generator of its batches is', () => {
    const generator = `def batches_of(limit, step):\n${COUNTERS}${ROUNDS.join('')}${'    '.repeat(9)}yield items\n`;
    const optimizers = optimizersIn(`${generator}batches = batches_of(10, 2)\n${TRAINS}`);
    expect(new Set(optimizers)).toEqual(new Set(['adam']));
  });

  test.each(['no_grad', 'inference_mode'])('the evaluation is that keeps no gradient (%s)', (name) => {
    const evaluates = `@torch.${name}()\ndef evaluate(model, limit, step):\n${COUNTERS}${ROUNDS.join('')}${'    '.repeat(9)}items.append(model(step))\n    return items\n`;
    const trains = `${TRAINS}    print(evaluate(model, 10, 2))\n`;
    const optimizers = optimizersIn(`${evaluates}${trains.replace('next(batches)', 'torch.randn(4, 10)')}`);
    expect(new Set(optimizers)).toEqual(new Set(['adam']));
  });
});

/** A model in μP, whose head is left after it. */
const IN_MUP = `import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.embed = nn.Linear(10, width)
        self.mid = nn.Linear(width, width)
        self.head = nn.Linear(width, 10)
        nn.init.zeros_(self.head.weight)

    def forward(self, x):
        return self.head(torch.relu(self.mid(torch.relu(self.embed(x))))) * (64 / self.width)

    def grow(self):
        self.head.register_forward_hook(lambda module, args, out: out * self.width)
`;
const LONG = `    for i in range(300):
        items = [j * 2 + k for j in range(20) for k in range(20)]
`;

/** What is said of the model that a script trains by Adam, each group at its rate. */
function regimeOf(functions: string, step: string, before = ''): string | null {
  const source = `${IN_MUP}
${functions}

def train(width, batches, lr):
    model = Net(width)
    mid = list(model.mid.parameters())
    rest = [*model.embed.parameters(), *model.head.parameters()]
    optimizer = torch.optim.Adam([{'params': mid, 'lr': lr / width}, {'params': rest, 'lr': lr}])
${before}    for x, y in batches:
        optimizer.zero_grad()
${step}        loss.backward()
        optimizer.step()
`;
  return analyser.analyse(source).models[0]?.verdict?.regime ?? null;
}
const LOSS = '        loss = F.cross_entropy(model(x), y)\n';

describe('what takes long is left out only where it comes to no weights', () => {
  test('a function without gradients that does nothing to the model', () => {
    const evaluates = `@torch.no_grad()\ndef evaluate(model, tensors):\n${LONG}    return model(tensors)\n`;
    expect(regimeOf(evaluates, LOSS, '    evaluate(model, torch.randn(4, 10))\n')).toBe('feature-learning');
  });

  test.each([
    'model.grow()',
    'for one in tensors: one.mul_(model.width)',
    'model.head.register_forward_hook(hook)',
    'model.width = 64',
    'model.width, seen = 64, 0',
    'altered(model)',
  ])('not one that changes it in the end: %s', (change) => {
    const evaluates = `from elsewhere import altered\n@torch.no_grad()\ndef evaluate(model, tensors, hook):\n${LONG}    ${change}\n`;
    const before =
      '    evaluate(model, [*model.parameters()], lambda module, args, out: out * module.in_features)\n';
    expect(regimeOf(evaluates, LOSS, before)).not.toBe('feature-learning');
  });

  test('a call is like an earlier one only where its tensors are multiplied alike', () => {
    const criterion = `def criterion(model, x, weight, y):\n${LONG}    return F.cross_entropy(model(x) * weight, y)\n`;
    const twice = (weight: string) => `        criterion(model, x, torch.ones(10), y)
        loss = criterion(model, x, ${weight}, y)
`;
    expect(regimeOf(criterion, twice('torch.ones(10)'))).toBe('feature-learning');
    expect(regimeOf(criterion, twice('torch.ones(10) * width'))).toBe('unstable');
  });
});

test('what starts weights without gradients and takes long is tried once for an evaluation, however often it is called', () => {
  const starts = `def start(model, limit, step):
    a, b, c, items = 0, 0, 0, []
    while a < limit:
        a += step
        while b < limit:
            b += step
            while c < limit:
                c += step
                items.append(c)
    for p in model.parameters():
        p.mul_(c)
`;
  const work = (decorator: string) => {
    optimizersIn(`${decorator}${starts}\nmodel = Net(256)\n${'start(model, 10, 2)\n'.repeat(6)}`);
    return units;
  };
  expect(work('@torch.no_grad()\n')).toBeLessThan(work('') + 10_000);
});
