import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

/** A model of parts that have one of their own kind each, as many as a number says or without an end. */
const nested = ({
  below = 'Branch(n, rest - 1) if rest else None',
  forward = 'self.below(x)',
  kind = 'Branch',
}) =>
  `import torch
from torch import nn

class Branch(nn.Module):
    def __init__(self, n, rest):
        super().__init__()
        self.at = nn.Linear(n, n)
        self.below = ${below}
    def forward(self, x):
        x = torch.relu(self.at(x))
        return x if self.below is None else ${forward}

class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.first = nn.Linear(8, width)
        self.top = Branch(width, 3)
        self.last = nn.Linear(width, 1)
    def forward(self, x):
        return self.last(self.top(self.first(x)))

net = Net()
adam = torch.optim.Adam(net.parameters(), lr=1e-3)
`.replaceAll('Branch', kind);

function seenOf(text: string) {
  const { models, findings } = analyse(text);
  const [model] = models;
  return {
    names: models.map(({ name }) => name),
    unread: model?.weights
      .filter(({ missing }) => missing.some(({ kind }) => kind === 'unread-part'))
      .map(({ name }) => name),
    isAllRead: model?.read === model?.total,
    fixes: findings.filter(({ code }) => code === 'MUP301').flatMap(({ fixes }) => fixes),
  };
}

test.each([
  nested({}),
  nested({ kind: 'Knot' }),
  nested({ below: 'Branch(n, rest - 1)' }),
  nested({ forward: 'x + self.at(x)' }),
])('a part of its own kind that is not followed is named, and no group is split by names', (text) => {
  const { names, unread, isAllRead, fixes } = seenOf(text);
  expect(names).toEqual(['Net']);
  expect(unread).toEqual(['top.below.below']);
  expect(isAllRead).toBe(false);
  expect(fixes.flatMap(({ edits }) => edits)).toEqual([]);
});

test('parts of two kinds, one in another, are read', () => {
  const { unread, isAllRead, fixes } = seenOf(nested({ below: 'nn.Linear(n, n) if rest else None' }));
  expect(unread).toEqual([]);
  expect(isAllRead).toBe(true);
  expect(fixes.flatMap(({ edits }) => edits)).not.toEqual([]);
});

const endless = (kind: string, part: string) => `from torch import nn
class ${kind}(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.at = nn.Linear(width, width)
        self.next = ${part}(width)
    def forward(self, x):
        return self.next(self.at(x))
net = ${kind}(64)
`;

test.each(['Chain', 'M'])('a class that has a part of its own kind is a model: %s', (kind) => {
  const { names, unread } = seenOf(endless(kind, kind));
  expect(names).toEqual([kind]);
  expect(unread).toEqual(['next.next']);
});

test('a part that another model has is none', () => {
  const whole = `
class Whole(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.chain = Chain(width)
    def forward(self, x):
        return self.chain(x)
`;
  expect(seenOf(endless('Chain', 'Chain').replace(/net = .*/, '') + whole).names).toEqual(['Whole']);
});

const ROUND = `from torch import nn
class Even(nn.Module):
    def __init__(self, n, rest):
        super().__init__()
        self.at = nn.Linear(n, n)
        self.odd = Odd(n, rest)
    def forward(self, x):
        return self.odd(self.at(x))
class Odd(nn.Module):
    def __init__(self, n, rest):
        super().__init__()
        self.at = nn.Linear(n, n)
        self.even = Even(n, rest) if rest else None
    def forward(self, x):
        return self.at(x) if self.even is None else self.even(self.at(x))
`;

test.each(['Even', 'Odd'])(
  'of two classes that make one another the model is the one that code makes: %s',
  (kind) => {
    expect(seenOf(`${ROUND}net = ${kind}(64, 5)\n`).names).toEqual([kind]);
  },
);

test('and one of them where code makes none', () => {
  expect(seenOf(ROUND).names).toHaveLength(1);
});

const growing = (grown: string, parts: string) => `from torch import nn
class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.first = nn.Linear(8, width)
        self.grow(width, ${parts})
    def grow(self, n, rest):
        if rest:
            ${grown}
            self.grow(n, rest - 1)
    def forward(self, x):
        for one in self.children(): x = one(x)
        return x
net = Net()
`;

test('a method that runs itself may give its module more parts than are followed', () => {
  expect(seenOf(growing('self.add_module(f"at{rest}", nn.Linear(n, n))', '5')).unread).toEqual(['*']);
  expect(seenOf(growing('self.add_module(f"at{rest}", nn.Linear(n, n))', '1')).unread).toEqual([]);
});
