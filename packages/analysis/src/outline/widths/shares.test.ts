import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** Blocks whose inside is made by `mix`, of parameters that `init` makes. */
const blocks = (parameters: string, init: string, mix: string) => `
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, dim${parameters}):
        super().__init__()
${init}
    def forward(self, x):
${mix}

class Net(nn.Module):
    def __init__(self, vocab, dim, layers${parameters}):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.blocks = nn.ModuleList([Block(dim${parameters.replaceAll(/=[\d.]+/g, '')}) for _ in range(layers)])
        self.head = nn.Linear(dim, vocab)
    def forward(self, ids):
        x = self.embed(ids)
        for block in self.blocks:
            x = x + block(x)
        return self.head(x)
`;

test('what a width is divided by, as by a number of groups, is no width beside it', () => {
  const grouped = blocks(
    ', groups',
    `        self.groups = groups
        self.weight = nn.Parameter(torch.zeros(groups, dim // groups, dim // groups))
        self.gate = nn.Linear(groups, groups)`,
    `        y = torch.einsum('btgi,gio->btgo', x.unflatten(-1, (self.groups, -1)), self.weight)
        y = y * torch.sigmoid(self.gate(y.mean(-1))).unsqueeze(-1)
        return y.flatten(2)`,
  );
  expect(onlyModel(grouped).widths).toEqual(['dim']);
});

test('a ratio by which a width is parted in two is none', () => {
  const parted = blocks(
    ', ratio=0.75',
    `        self.left = nn.Linear(dim, int(64 * ratio))
        self.right = nn.Linear(int(64 * ratio), 64 - int(64 * ratio))
        self.out = nn.Linear(64, dim)`,
    `        left = torch.relu(self.left(x))
        return self.out(torch.cat([left, torch.relu(self.right(left))], dim=-1))`,
  );
  expect(onlyModel(parted).widths).toEqual(['dim']);
});

test('how many items a list has is none, as the axes that positions have', () => {
  const { widths, assumptions } = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, vocab, axes, dim):
        super().__init__()
        self.embed = nn.Embedding(vocab, 4 * len(axes))
        self.turn = nn.Linear(4 * len(axes), 4 * len(axes))
        self.up = nn.Linear(4 * len(axes), dim)
        self.mid = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, vocab)
    def forward(self, ids):
        x = torch.relu(self.up(self.turn(self.embed(ids))))
        return self.head(torch.relu(self.mid(x)))
`);
  expect(widths).toEqual(['dim']);
  expect(assumptions.join(' ')).toContain('len(axes)');
});

test('what is divided up into heads of a size is the width, and not their number', () => {
  const attention = (inner: string) =>
    blocks(
      ', size, heads',
      `        self.heads, self.size = ${inner} // size, size
        self.qkv = nn.Linear(dim, 3 * self.heads * self.size)
        self.back = nn.Linear(self.heads * self.size, dim)`,
      `        q, k, v = self.qkv(x).view(x.shape[0], -1, 3, self.heads, self.size).unbind(2)
        score = torch.einsum('bshd,bthd->bhst', q, k) / self.size
        y = torch.einsum('bhst,bthd->bshd', torch.softmax(score, -1), v)
        return self.back(y.reshape(x.shape[0], -1, self.heads * self.size))`,
    );
  expect(onlyModel(attention('dim')).widths).toEqual(['dim']);
  const counted = attention('dim').replaceAll('dim // size, size', 'heads, size');
  expect(onlyModel(counted).widths).not.toContain('heads');
});
