import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const net = (channels: string, more = '') => `
from torch import nn

class Net(nn.Module):
    def __init__(self, base, levels=4${more}):
        super().__init__()
        sizes = [${channels} for i in range(levels)]
        self.stem = nn.Conv2d(3, sizes[0], 3)
        self.down = nn.ModuleList(nn.Conv2d(sizes[i], sizes[i + 1], 3) for i in range(levels - 1))
        self.head = nn.Conv2d(sizes[-1], 1, 1)
    def forward(self, x):
        x = self.stem(x)
        for down in self.down:
            x = down(x).relu()
        return self.head(x)
`;

const wanted = (source: string) =>
  onlyModel(source).weights.find(({ name }) => name.startsWith('head.weight'))?.wants?.b;

test.each(['base * 2 ** i', 'base << i', 'base * min(2 ** i, 8)'])(
  'channels that each level doubles grow with the first: %s',
  (channels) => {
    expect(wanted(net(channels))).toBe(1);
  },
);

test('what bounds the channels of all levels may be a width itself', () => {
  expect(wanted(net('min(base * 2 ** i, most)', ', most=512'))).toBeUndefined();
});
