import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** A transformer whose layers stand in four lists, gone through as `loop` says. */
const listed = (loop: string, lists = 'self.mixes[i]', last = '') => `
import torch
from torch import nn

class Grow(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.up = nn.Linear(breadth, breadth)
        self.down = nn.Linear(breadth, breadth)

    def forward(self, x):
        return self.down(torch.relu(self.up(x)))

class Net(nn.Module):
    def __init__(self, tokens, breadth, count, heads, early):
        super().__init__()
        self.count, self.early = count, early
        self.table = nn.Embedding(tokens, breadth)
        self.cleans, self.mixes = nn.ModuleList(), nn.ModuleList()
        self.levels, self.grows = nn.ModuleList(), nn.ModuleList()
        for _ in range(count):
            self.cleans.append(nn.LayerNorm(breadth))
            self.mixes.append(nn.MultiheadAttention(breadth, heads))
            self.levels.append(nn.LayerNorm(breadth))
            self.grows.append(Grow(breadth))
        ${last}
        self.leave = nn.Linear(breadth, tokens)

    def forward(self, x):
        x = self.table(x)
        for i in ${loop}:
            if self.early:
                y = self.cleans[i](x)
                x = x + ${lists}(y, y, y)[0]
                x = x + self.grows[i](self.levels[i](x))
            else:
                x = self.cleans[i](x + ${lists}(x, x, x)[0])
                x = self.levels[i](x + self.grows[i](x))
        return self.leave(x)
`;

/** Alternatives that one setting chooses, at four places of each block. */
const chosen = (first: string, second: string) => `
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, breadth, early, late):
        super().__init__()
        if early:
            self.one, self.two = ${first}, ${first}
        else:
            self.one, self.two = nn.Identity(), nn.Identity()
        self.three = ${second}
        self.a, self.b = nn.Linear(breadth, breadth), nn.Linear(breadth, breadth)
        self.c, self.d = nn.Linear(breadth, breadth), nn.Linear(breadth, breadth)

    def forward(self, x):
        x = x + self.three(self.b(torch.relu(self.a(self.one(x)))))
        return x + self.three(self.d(torch.relu(self.c(self.two(x)))))

class Net(nn.Module):
    def __init__(self, tokens, breadth, count, early, late):
        super().__init__()
        self.table = nn.Embedding(tokens, breadth)
        self.blocks = nn.ModuleList([Block(breadth, early, late) for _ in range(count)])
        self.leave = nn.Linear(breadth, tokens)

    def forward(self, x):
        x = self.table(x)
        for block in self.blocks:
            x = block(x)
        return self.leave(x)
`;

const missingOf = (text: string) =>
  analyser
    .analyse(text)
    .models.at(-1)
    ?.missing.map(({ kind }) => kind);

test.each([['range(len(self.mixes))'], ['range(self.count)'], ['reversed(range(self.count))']])(
  'over %s the items of several lists are those of the round',
  (loop) => {
    expect(missingOf(listed(loop))).not.toContain('many-conditions');
  },
);

test('an item of another round is any of them', () => {
  expect(missingOf(listed('range(self.count)', 'self.mixes[self.early]'))).toContain('many-conditions');
});

test('where the last items are not made by one line, a round between may have any behind the first', () => {
  const last = 'self.mixes.append(nn.MultiheadAttention(breadth, heads))';
  expect(missingOf(listed('range(self.count)', 'self.mixes[i]', last))).toContain('many-conditions');
});

test('layers that one setting chooses are chosen alike wherever they are called', () => {
  const norm = 'nn.LayerNorm(breadth)';
  expect(missingOf(chosen(norm, 'nn.Identity()'))).not.toContain('many-conditions');
  expect(missingOf(chosen(norm, `${norm} if late else nn.Identity()`))).not.toContain('many-conditions');
});

test('layers of which nothing says which is meant are chosen one by one', () => {
  const any = '(nn.LayerNorm(breadth), nn.Identity())[late]';
  expect(missingOf(chosen('nn.LayerNorm(breadth)', any))).toContain('many-conditions');
});
