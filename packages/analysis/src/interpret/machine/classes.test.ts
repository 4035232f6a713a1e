import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The hidden weight of a net whose far base starts every layer at the same size. */
function hidden(bases: string, head: string) {
  const model = onlyModel(`
import torch
from torch import nn

class Far(nn.Module):
    def __setattr__(self, name, value):
        super().__setattr__(name, value)
        if isinstance(value, nn.Linear):
            nn.init.ones_(value.weight)

class Plain(nn.Module):
    pass

${bases}

class Net(${head}):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(8, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 1)

    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))

net = Net(64)
`);
  return model.weights.find(({ name }) => name === 'b.weight');
}

/** So many classes, of which each inherits from the one before. */
function chain(count: number, root: string): string {
  const names = Array.from({ length: count }, (_, at) => `K${at}`);
  return names.map((name, at) => `class ${name}(${names[at - 1] ?? root}):\n    pass\n`).join('\n');
}

/** Pairs of classes over one another, which a class of the next pair inherits from. */
function diamonds(count: number, root: string): string {
  const made = Array.from({ length: count }, (_, at) => {
    const below = at === 0 ? root : `D${at - 1}`;
    return `class L${at}(${below}): pass\nclass R${at}(${below}): pass\nclass D${at}(L${at}, R${at}): pass\n`;
  });
  return made.join('\n');
}

test('a base that is many classes away runs', () => {
  for (const count of [1, 9, 40]) {
    expect(hidden(chain(count, 'Far'), `Plain, K${count - 1}`)?.b, `${count}`).not.toBe(0.5);
    expect(hidden(chain(count, 'nn.Module'), `Plain, K${count - 1}`)?.b, `${count}`).toBe(0.5);
  }
});

test('and one in a place far behind among the bases', () => {
  const beside = Array.from({ length: 12 }, (_, at) => `P${at}`);
  const classes = beside.map((name) => `class ${name}: pass`).join('\n');
  expect(hidden(classes, [...beside, 'Far'].join(', '))?.b).not.toBe(0.5);
  expect(hidden(classes, [...beside, 'Plain'].join(', '))?.b).toBe(0.5);
});

test('diamonds are each looked through once', () => {
  expect(hidden(diamonds(12, 'Far'), 'D11')?.b).not.toBe(0.5);
  expect(hidden(diamonds(12, 'nn.Module'), 'D11')?.b).toBe(0.5);
});

test('where a model starts is not known of which not all bases are looked through', () => {
  const weight = hidden(chain(100, 'nn.Module'), 'Plain, K99');
  expect(weight).toBeDefined();
  expect(weight?.b).toBeNull();
});
