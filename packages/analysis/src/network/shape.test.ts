import { expect, test } from 'vitest';
import { findingsOf } from '../../test/check-findings.ts';
import { DATA_LENGTH } from '../growth/product.ts';
import { literal, pair, type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import { closed, type Length, reshaped } from './shape.ts';

const n: Quantity = { op: 'symbol', symbol: { name: 'n', owner: null }, value: null };
const heads = literal(4);
const perHead = pair('divide', n, heads);
const unknown = UNKNOWN_QUANTITY;

const lengths = (from: readonly Quantity[], to: readonly Length[]) => reshaped(closed(from), to, false).dims;

test('lengths that are not known are the data’s where the others make up all features, wherever they stand', () => {
  const rows = [DATA_LENGTH, DATA_LENGTH, n];
  expect(lengths(rows, [unknown, n, unknown, unknown])).toEqual([DATA_LENGTH, n, DATA_LENGTH, DATA_LENGTH]);
  expect(lengths(rows, [DATA_LENGTH, heads, perHead, unknown])).toEqual([
    DATA_LENGTH,
    heads,
    perHead,
    DATA_LENGTH,
  ]);
});

test('not where others are missing, or nothing is the data’s, or something was unknown before', () => {
  const open = [DATA_LENGTH, heads, unknown, unknown];
  expect(lengths([DATA_LENGTH, DATA_LENGTH, n], open)).toEqual(open);
  expect(lengths([heads, n], [unknown, n, heads])).toEqual([unknown, n, heads]);
  expect(lengths([DATA_LENGTH, unknown, n], [DATA_LENGTH, unknown, n, unknown])).toEqual([
    DATA_LENGTH,
    unknown,
    n,
    unknown,
  ]);
});

/** Rows of tokens, laid out as an image of sides that are counted elsewhere, for a convolution of each channel. */
const around = (laid: string) => `
import torch
from torch import nn

class Mix(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.near = nn.Conv2d(n, n, 3, padding=1, groups=n)
    def forward(self, x, side):
        b, t, c = x.shape
        y = ${laid}
        y = self.near(y) + y
        return y.flatten(2).transpose(1, 2)

class Net(nn.Module):
    def __init__(self, n, classes):
        super().__init__()
        self.patches = nn.Conv2d(3, n, 16, stride=16)
        self.mix = Mix(n)
        self.norm, self.up, self.down = nn.LayerNorm(n), nn.Linear(n, 4 * n), nn.Linear(4 * n, n)
        self.out = nn.Linear(n, classes)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.02)
    def forward(self, images, sides):
        x = self.patches(images).flatten(2).transpose(1, 2)
        x = self.mix(x, sides[0])
        x = x + self.down(torch.relu(self.up(self.norm(x))))
        return self.out(x.mean(1))
`;

test('tokens laid out as an image whose sides come from elsewhere keep their features', () => {
  for (const laid of [
    'x.transpose(1, 2).view(b, c, side, t // side)',
    'x.transpose(1, 2).reshape(b, c, *divmod(t, side))',
    'x.permute(0, 2, 1).reshape(b, c, unread_side(side), unread_side(t))',
  ])
    expect(findingsOf('MUP101', around(laid))).toHaveLength(1);
  expect(findingsOf('MUP101', around('x.transpose(1, 2).view(b, unread_side(c), side, -1)'))).toEqual([]);
});
