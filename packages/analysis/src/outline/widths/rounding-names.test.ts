import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';
import { literal, pair, type Quantity } from '../../growth/quantity.ts';
import { roundingNames } from './rounding-names.ts';

const symbol = (name: string): Quantity => ({
  op: 'symbol',
  symbol: { name, owner: null },
  value: null,
});

const [n, d] = [symbol('n'), symbol('d')];

test('a number that is added, or half of it, before a division by it and a product with it is what is rounded to', () => {
  const names = (length: Quantity) => [...roundingNames(length)].map(({ name }) => name);
  const rounded = (of: Quantity) => pair('multiply', pair('divide', of, d), d);
  const half = pair('divide', d, literal(2));
  expect(names(rounded(pair('add', pair('multiply', literal(32), n), half)))).toEqual(['d']);
  expect(names(pair('multiply', d, pair('divide', pair('add', n, half), d)))).toEqual(['d']);
  expect(names(pair('maximum', d, rounded(pair('subtract', pair('add', n, d), literal(1)))))).toEqual(['d']);
  expect(names(rounded(pair('add', n, pair('subtract', d, literal(1)))))).toEqual(['d']);
  expect(names(rounded(n))).toEqual([]);
  expect(names(rounded(pair('multiply', n, d)))).toEqual([]);
  expect(names(rounded(pair('subtract', n, d)))).toEqual([]);
  expect(names(rounded(pair('add', n, pair('multiply', n, d))))).toEqual([]);
  expect(names(rounded(pair('add', n, literal(4))))).toEqual([]);
  expect(names(pair('multiply', pair('add', n, half), d))).toEqual([]);
});

/** Stages that are each a share of one width, in multiples of another number. */
const staged = (rounding: string, to = 'to=8', more = '') => `
import torch
from torch import nn

def whole(v, to):
    ${rounding}

class Staged(nn.Module):
    def __init__(self, wider=1.0, ${to}, kinds=10):
        super().__init__()
        before = whole(32 * wider, to)
        layers = [nn.Conv2d(3, before, 3, bias=False), nn.BatchNorm2d(before), nn.ReLU()]
        for share in (16, 24, 96):
            after = whole(share * wider, to)
            layers += [nn.Conv2d(before, after, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
            before = after
        ${more}
        self.layers = nn.Sequential(*layers)
        self.out = nn.Linear(before, kinds)
        nn.init.normal_(self.out.weight, 0, 0.01)
    def forward(self, x):
        return self.out(self.layers(x).mean((2, 3)))
`;

test.each([
  'return max(to, int(v + to / 2) // to * to)',
  'made = max(to, int(v + to / 2) // to * to)\n    return made + to if made < 0.9 * v else made',
  'return to * int((v + to // 2) // to)',
  'return int(v + to - 1) // to * to',
])('sizes that are rounded to multiples of a setting go like what is rounded: %s', (rounding) => {
  const model = onlyModel(staged(rounding));
  expect(model).toMatchObject({ widths: ['wider'], read: model.total });
  expect(model.weights.find(({ name }) => name === 'out.weight')).toMatchObject({ role: 'output', b: 0 });
  expect(model.assumptions).toContain('Assumes `to` does not depend on width.');
});

test('a setting that a size is by itself is no such number, nor one that only divides and multiplies', () => {
  const wide = 'layers.append(nn.Conv2d(before, to, 1)); layers.append(nn.Conv2d(to, before, 1))';
  const found = onlyModel(staged('return int(v + to - 1) // to * to', 'to=64', wide));
  expect(found.widths).not.toEqual(['wider']);
  expect(onlyModel(staged('return int(v) * to')).widths).not.toEqual(['wider']);
});
