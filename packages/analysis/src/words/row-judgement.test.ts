import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';
import { judgeRow, markOf, rowProblems } from './row-judgement.ts';

/** An MLP of one hidden matrix whose weights start as given and are trained by Adam at rates as given. */
function judged(init: string, rate: string) {
  const model = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(7, width, bias=False)
        self.mix = nn.Linear(width, width, bias=False)
        self.readout = nn.Linear(width, 3, bias=False)
        for layer in (self.embed, self.mix, self.readout):
            nn.init.normal_(layer.weight, std=${init})

    def forward(self, x):
        return self.readout(torch.tanh(self.mix(torch.tanh(self.embed(x)))))

def train(width):
    model = Net(width)
    return torch.optim.Adam(model.parameters(), lr=${rate})
`);
  return Object.fromEntries(
    model.weights.map((row) => [
      row.name.replace('.weight', ''),
      Object.fromEntries(judgeRow(row).map(({ quantity, state, why }) => [quantity, [state, why]])),
    ]),
  );
}

// Adam moves every entry by the rate; n of them, aligned, move what they sum by n times that.
describe('why a rate of Adam is wrong', () => {
  test('a constant one makes the updates of what sums over the width grow with it', () => {
    const { embed, mix, readout } = judged('width ** -0.5', '0.01');
    expect(embed!['learning rate']).toEqual(['right', '']);
    expect(mix!['learning rate']).toEqual([
      'wrong',
      'under full alignment its updates are n times too large',
    ]);
    expect(readout!['learning rate']).toEqual([
      'wrong',
      'under full alignment its updates are n times too large',
    ]);
  });

  test('one over the width makes the updates of what sums over the inputs shrink', () => {
    const { embed, mix } = judged('width ** -0.5', '0.01 / width');
    expect(mix!['learning rate']).toEqual(['right', '']);
    expect(embed!['learning rate']).toEqual([
      'wrong',
      'as width grows it stops mattering: its updates shrink like 1/n',
    ]);
  });
});

// What a block adds starts √n too large and so makes the norm behind divide by √n more.
describe('why a rate in front of a norm is wrong', () => {
  const blocks = (std: string) =>
    onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Embedding(50, width)
        self.inner = nn.LayerNorm(width)
        self.mix = nn.Linear(width, width, bias=False)
        self.norm = nn.LayerNorm(width)
        self.readout = nn.Linear(width, 3, bias=False)
        nn.init.normal_(self.embed.weight, std=0.02)
        nn.init.normal_(self.mix.weight, std=${std})

    def forward(self, tokens):
        x = self.embed(tokens)
        return self.readout(self.norm(x + self.mix(torch.tanh(self.inner(x)))))

def train(width):
    return torch.optim.AdamW(Net(width).parameters(), lr=0.001)
`).weights.find(({ name }) => name === 'mix.weight');

  test('says what it does as weights start now, and what once they start right', () => {
    expect(judgeRow(blocks('0.02')!).at(-1)).toMatchObject({
      wants: 'η/n',
      why: 'under full alignment its updates are n^½ times too large, and n times once starts are as μP wants them',
    });
  });

  test('says one number where weights start right', () => {
    expect(judgeRow(blocks('width ** -0.5')!).at(-1)).toMatchObject({
      wants: 'η/n',
      why: 'under full alignment its updates are n times too large',
    });
  });
});

// A first layer that starts too small in front of a norm, whose readout starts too large: it moves too much, at less than μP's rate.
test('a rate below that of μP whose updates are too large says why both are so', () => {
  const row = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Conv2d(3, width, 3, bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.mix = nn.Conv2d(width, width, 3)
        self.again = nn.BatchNorm2d(width)
        self.last = nn.Linear(width, 10)
        nn.init.kaiming_normal_(self.first.weight, mode='fan_out')

    def forward(self, x):
        h = torch.relu(self.norm(self.first(x)))
        return self.last(torch.relu(self.again(self.mix(h))).mean((2, 3)))

def train(width):
    return torch.optim.SGD(Net(width).parameters(), lr=0.1)
`).weights.find(({ name }) => name === 'first.weight');
  expect(judgeRow(row!).at(-1)).toMatchObject({
    yours: 'η',
    wants: 'η·n',
    why: 'under full alignment its updates are n^½ times too large, and n times too small once starts are as μP wants them',
  });
});

// A sum of n terms of standard deviation σ and random sign has standard deviation σ√n.
describe('why an initialization is wrong', () => {
  test('a constant one lets what is summed over the width grow like √n', () => {
    const { embed, mix, readout } = judged('0.02', '0.01');
    expect(embed!['init std']).toEqual(['right', '']);
    expect(mix!['init std']).toEqual(['wrong', 'preactivations grow like n^½']);
    expect(readout!['init std']).toEqual(['wrong', 'outputs grow like n^½ at initialization']);
  });

  test('one over the width lets what should keep its size shrink', () => {
    const { embed, mix, readout } = judged('1 / width', '0.01');
    expect(embed!['init std']).toEqual(['wrong', 'features shrink like 1/n']);
    expect(mix!['init std']).toEqual(['wrong', 'preactivations shrink like n^-½']);
    expect(readout!['init std']).toEqual(['right', '']);
  });

  test('of the readout at 1/√n outputs are of order one, and too large for a rate that moves features', () => {
    const { readout } = judged('width ** -0.5', '0.01');
    expect(readout!['init std']).toEqual([
      'wrong',
      'starts n^½ times larger than in μP, so a rate that moves features makes outputs blow up',
    ]);
  });
});

describe('one tensor that is embedding and readout', () => {
  const tied = (readout: string) => {
    const model = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, tokens, n):
        super().__init__()
        self.n = n
        self.embed = nn.Embedding(tokens, n)
        self.mix = nn.Linear(n, n, bias=False)
        self.norm = nn.LayerNorm(n)
        self.readout = nn.Linear(n, tokens, bias=False)
        self.readout.weight = self.embed.weight
        nn.init.normal_(self.embed.weight, std=0.02)

    def forward(self, ids):
        h = self.embed(ids)
        return self.readout(self.norm(h + torch.tanh(self.mix(h))))${readout}

def train(n):
    net = Net(100, n)
    rates = [{'params': net.mix.parameters(), 'lr': 0.1 / n}, {'params': net.embed.parameters(), 'lr': 0.1}]
    return torch.optim.Adam(rates)
`);
    const row = model.weights.find(({ isTied }) => isTied)!;
    return { row, mark: markOf(row), problems: rowProblems(row).map(({ problem }) => problem) };
  };

  test('is right where the readout is divided by the width and the embedding is not', () => {
    const { row, mark } = tied(' / self.n');
    expect(row).toMatchObject({ a: null, tied: { embedding: 0, readout: 1 }, missing: [] });
    expect(judgeRow(row)[1]).toMatchObject({ yours: 'constant, as readout 1/n', state: 'right' });
    expect(mark).toBe('✓');
  });

  test('is wrong by what the readout lacks', () => {
    const { row, mark, problems } = tied(' * self.n ** -0.5');
    expect(row.tied).toEqual({ embedding: 0, readout: 0.5 });
    expect(mark).toBe('✗');
    expect(problems[0]).toContain('multiply what it gives as the readout by n^-½ more');
    expect(tied('').problems[0]).toContain('multiply what it gives as the readout by 1/n');
  });
});

test('a tensor that is embedding and readout says what its multiplier is to be as the readout', () => {
  const [row] = onlyModel(`
from torch import nn

class Net(nn.Module):
    def __init__(self, words, width):
        super().__init__()
        self.first = nn.Embedding(words, width)
        self.mix = nn.Linear(width, width)
        self.last = nn.Linear(width, words, bias=False)
        self.last.weight = self.first.weight

    def forward(self, ids):
        return self.last(self.mix(self.first(ids)).tanh())
`).weights;
  const multiplier = judgeRow(row!).find(({ quantity }) => quantity === 'multiplier');
  expect(multiplier).toMatchObject({ yours: 'constant', wants: 'as readout 1/n', state: 'wrong' });
  expect(rowProblems(row!).filter(({ of }) => of === 'multiplier')).toEqual([]);
});
