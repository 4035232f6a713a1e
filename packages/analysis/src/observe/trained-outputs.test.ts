import { describe, expect, test } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth)
        self.leave = nn.Linear(breadth, 10)

    def forward(self, x):
        return self.leave(torch.relu(self.enter(x)))
`;

/** A network that has another one as a part. */
const around = (given: string) => `import torch
from torch import nn
from model import Net
from elsewhere import altered

class Around(nn.Module):
    def __init__(self, inner, ratio):
        super().__init__()
        self.inner = inner
        self.ratio = ratio
        self.project = nn.Linear(10, 4)

    def forward(self, x):
        return ${given}

def train(breadth, batches, lr=1e-3):
    learner = Around(Net(breadth), breadth / 128)
    optimizer = torch.optim.Adam(learner.parameters(), lr=lr)
    for given, wanted in batches:
        nn.functional.mse_loss(learner(given), wanted).backward()
        optimizer.step()
`;

/** The multiplier of the last layer, as a script beside the model trains it. */
function multiplier(script: string): unknown {
  const place = placeIn({ 'model.py': MODEL, 'train.py': script }, 'model.py', ['train.py']);
  const [net] = analyser.analyse(MODEL, undefined, place).models.filter(({ name }) => name === 'Net');
  return net?.weights.find(({ name }) => name === 'leave.weight')?.a;
}

describe('the multiplier of a model', () => {
  test('is its own where the network that has it for a part is of another file and is not read', () => {
    expect(multiplier(around('altered(self.project(self.inner(x)), self.ratio)'))).toBe(0);
  });

  test('is unknown where what is not read is given its output itself', () => {
    expect(multiplier(around('altered(self.inner(x), self.ratio)'))).toBeNull();
  });

  test('has the factor that a script in another file puts on the output', () => {
    expect(multiplier(around('self.inner(x) / self.ratio'))).toBe(1);
  });
});

/** A script that trains the model by these lines, of which `given` and `wanted` come from outside. */
const training = (lines: string, before = '') => `import torch
import torch.nn.functional as F
from torch import nn
from model import Net

def train(breadth, batches, lr=1e-3):
    learner = Net(breadth)
    optimizer = torch.optim.Adam(learner.parameters(), lr=lr)
    ${before}
    for given, wanted in batches:
${lines.replaceAll(/^/gm, '        ')}
        optimizer.step()
`;

function models(script: string) {
  const place = placeIn({ 'model.py': MODEL, 'train.py': script }, 'model.py', ['train.py']);
  return analyser.analyse(MODEL, undefined, place).models;
}

/** The multipliers of the first layer and the last. */
function multipliers(script: string): readonly unknown[] {
  return ['enter.weight', 'leave.weight'].map(
    (name) => models(script)[0]?.weights.find((weight) => weight.name === name)?.a,
  );
}

const LOSS = 'F.mse_loss(learner(given), wanted).backward()';

describe('a loss that the code writes by hand', () => {
  test.each([
    '((learner(given) - wanted) ** 2).mean().backward()',
    '(wanted - learner(given)).abs().mean().backward()',
    '(learner(given) + wanted).square().sum(-1).mean().backward()',
  ])('leaves the last layer as it is, whatever it compares with: %s', (lines) => {
    expect(multipliers(training(lines))).toEqual([0, 0]);
  });

  test.each([
    '((breadth * learner(given) - wanted) ** 2).mean().backward()',
    '(wanted * learner(given) - wanted).abs().mean().backward()',
    '((learner(given) - wanted) * wanted).square().mean().backward()',
  ])('has the factor that stands before it, or one that is not known: %s', (lines) => {
    expect(multipliers(training(lines))[1]).not.toBe(0);
  });
});

describe('what a model is given', () => {
  test.each([
    'F.mse_loss(learner(given * breadth ** 0.5), wanted).backward()',
    'F.mse_loss(learner.forward(x=given / breadth), wanted).backward()',
    `given = given.mul(breadth)\n${LOSS}`,
    `given *= breadth\n${LOSS}`,
    `given.mul_(breadth)\n${LOSS}`,
    `given = torch.mul(given, other=breadth)\n${LOSS}`,
    `given = torch.from_numpy(given).to('cuda') * torch.tensor(breadth)\n${LOSS}`,
  ])('has the factor that a script puts on it, or one that is not known: %s', (lines) => {
    expect(multipliers(training(lines))[0]).not.toBe(0);
  });

  test.each([
    'batches = loader(batches, collate_fn=lambda rows: torch.stack(rows) * breadth)',
    'batches = loader(torch.randn(64, 8), collate_fn=lambda rows: rows * breadth)',
    'batches = loader(Rows(batches, breadth))',
    'batches = loader(pairs(torch.randn(64, 8) * breadth, torch.randn(64, 10)))',
    'batches = iter(loader(Rows(batches, breadth)))',
    'batches = [pair for _, pair in enumerate(loader(batches, breadth))]',
    'batches = zip(loader(batches, breadth), batches)',
  ])('may have one where what makes it puts one on it: %s', (before) => {
    const rows = `from elsewhere import loader, pairs

class Rows:
    def __init__(self, rows, times):
        self.rows, self.times = rows, times

    def __getitem__(self, at):
        return self.rows[at] * self.times

def train`;
    const script = (line: string) => training(LOSS, line).replace('def train', rows);
    expect(multipliers(script(before))[0]).toBeNull();
    expect(multipliers(script(before.replace('breadth', 'batches.size')))[0]).toBe(0);
  });

  describe('may have one that what it is made by reaches in a script', () => {
    const script = (batches: string) => `import argparse
import torch
import torch.nn.functional as F
from elsewhere import loader, stored
from model import Net

class Scaled:
    def __init__(self, ratio):
        self.ratio = ratio
    def __call__(self, row):
        return row * self.ratio
    def joined(self, rows):
        return torch.stack(rows) * self.ratio

class Rows:
    def __init__(self, change=None):
        self.change = change
    def __getitem__(self, at):
        return self.change(stored[at])

class Own:
    def __getitem__(self, at):
        return stored[at] * breadth

class Ahead:
    def __init__(self, rows, ratio):
        self.rows, self.ratio = rows, ratio
    def __iter__(self):
        for given, wanted in self.rows:
            yield given.mul_(self.ratio), wanted

parser = argparse.ArgumentParser()
parser.add_argument("--breadth", type=int, default=256)
args = parser.parse_args()
breadth = args.breadth

def wider(row):
    return row * breadth ** 0.5

def gathered(rows):
    return torch.stack([wider(row) for row in rows])

def fed(rows, ratio):
    for given, wanted in rows:
        given *= ratio
        yield given, wanted

batches = ${batches}
learner = Net(breadth)
optimizer = torch.optim.Adam(learner.parameters(), lr=0.1)
for given, wanted in batches:
    ${LOSS}
    optimizer.step()
`;

    test.each([
      'loader(Own())',
      'loader(stored, collate_fn=gathered)',
      'loader(stored, collate_fn=lambda rows: torch.stack(rows) * breadth)',
      'loader(stored, collate_fn=lambda rows: torch.stack(rows) * args.breadth)',
      'loader(stored, collate_fn=lambda rows: gathered(rows))',
      'loader(stored, collate_fn=Scaled(breadth).joined)',
      'loader(Rows(Scaled(breadth)))',
      'loader(stored, transforms=[Scaled(breadth)])',
      'loader(stored.map(lambda row: row * breadth))',
      'Ahead(loader(stored), breadth)',
      'fed(loader(stored), breadth)',
    ])('%s', (batches) => {
      expect(multipliers(script(batches))[0]).toBeNull();
    });

    test.each([
      'loader(Rows())',
      'loader(stored, collate_fn=lambda rows: torch.stack(rows) / 255)',
      'loader(Rows(Scaled(1 / 255)))',
      'Ahead(loader(stored), 2.0)',
      'fed(loader(stored), 2.0)',
    ])('but not %s', (batches) => {
      expect(multipliers(script(batches))[0]).toBe(0);
    });
  });

  test('has the exact factor where the script makes it a tensor', () => {
    const lines = `given = torch.randn(4, 8) / breadth\n${LOSS}`;
    expect(multipliers(training(lines))).toEqual([1, 0]);
  });

  test.each([
    `given = given / 255\n${LOSS}`,
    `given = (given - given.mean()) / given.std()\n${LOSS}`,
    `given = given.to(batches.device).view(-1, batches.size)\n${LOSS}`,
  ])('is as large at every width where no number goes into it that grows: %s', (lines) => {
    expect(multipliers(training(lines))).toEqual([0, 0]);
  });

  test('has the factor of a class around the model', () => {
    const wraps = (given: string) =>
      around(`self.inner(${given})`).replace('self.project = nn.Linear(10, 4)', 'self.none = None');
    expect(multipliers(wraps('x'))).toEqual([0, 0]);
    expect(multipliers(wraps('x * self.ratio'))[0]).not.toBe(0);
  });
});

describe('a factor on the output', () => {
  test.each([
    'F.mse_loss(torch.mul(input=learner(given), other=1 / breadth), wanted).backward()',
    'F.mse_loss(torch.mul(1 / breadth, learner(given)), wanted).backward()',
    'F.mse_loss(learner(given).__truediv__(breadth), wanted).backward()',
    'nn.CrossEntropyLoss()(input=learner(given) / breadth, target=wanted).backward()',
    'F.mse_loss(nn.DataParallel(module=learner)(given) / breadth, wanted).backward()',
    'F.mse_loss(nn.parallel.data_parallel(learner, given) / breadth, wanted).backward()',
    'F.mse_loss(torch.compile(model=learner)(given) / breadth, wanted).backward()',
    'F.mse_loss(torch.jit.trace(learner, given)(given) / breadth, wanted).backward()',
    'torch.autograd.backward([F.mse_loss(learner(given) / breadth, wanted)])',
  ])('is read: %s', (lines) => {
    expect(multipliers(training(lines))).toEqual([0, 1]);
  });

  test.each([
    'F.mse_loss(torch.einsum("bi,->bi", learner(given), torch.tensor(1 / breadth)), wanted).backward()',
    'F.mse_loss(torch.ldexp(learner(given), torch.tensor(-breadth)), wanted).backward()',
    'F.mse_loss(torch.add(wanted, learner(given), alpha=1 / breadth), wanted).backward()',
    'F.mse_loss(torch._foreach_div([learner(given)], breadth)[0], wanted).backward()',
    'sum(F.mse_loss(one / breadth, wanted) for one in learner(given)).backward()',
    'F.mse_loss(engine(given) / breadth, wanted).backward()',
    'unread(learner(given), wanted, breadth).backward()',
  ])('is not known where it is not read: %s', (lines) => {
    const before = 'from elsewhere import unread; engine = unread.initialize(learner)[0]';
    expect(multipliers(training(lines, before))[1]).toBeNull();
  });

  test('leaves the multiplier as it is where none of the numbers that are handed over grows', () => {
    const before = 'from elsewhere import unread';
    expect(
      multipliers(training('unread(learner(given), wanted, batches.weight).backward()', before)),
    ).toEqual([0, 0]);
  });
});

test('the factor of a loss is that of the gradient that it is given', () => {
  const sgd = (backward: string) => training(backward).replace('torch.optim.Adam', 'torch.optim.SGD');
  const rate = (backward: string) =>
    models(sgd(backward))[0]?.weights.find(({ name }) => name === 'enter.weight')?.c;
  const loss = 'F.mse_loss(learner(given), wanted)';
  expect(rate(`${loss}.backward()`)).toBe(0);
  expect(rate(`(${loss} / breadth).backward()`)).toBe(1);
  expect(rate(`${loss}.backward(gradient=torch.tensor(1 / breadth))`)).toBe(1);
  expect(rate(`torch.autograd.backward([${loss}], [torch.tensor(1 / breadth)])`)).toBe(1);
});

test('rows of a table are as large as they are, whatever makes the numbers that name them', () => {
  const model = (first: string) => `import torch
from torch import nn
from elsewhere import batches

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = ${first}
        self.leave = nn.Linear(breadth, 10)

    def forward(self, x):
        return self.leave(torch.relu(self.enter(x)))

def train(breadth):
    net = Net(breadth)
    for given in batches(breadth):
        net(given).mean().backward()
`;
  const of = (first: string) => analyser.analyse(model(first)).models[0]?.weights[0]?.a;
  expect(of('nn.Embedding(8, breadth)')).toBe(0);
  expect(of('nn.Linear(8, breadth)')).toBeNull();
});
