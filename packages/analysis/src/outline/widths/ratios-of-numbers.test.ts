import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const net = (sizes: readonly string[], setting = 'times=1.0') => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, ${setting}, classes=10, inputs=784):
        super().__init__()
        self.layers = nn.ModuleList([
            nn.Linear(inputs, ${sizes[0]}),
${sizes
  .slice(1)
  .map((size, at) => `            nn.Linear(${sizes[at]}, ${size}),`)
  .join('\n')}
        ])
        self.head = nn.Linear(${sizes.at(-1)}, classes)
    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.head(x)
`;

test('what multiplies a number that is a length by itself is a ratio: the number is the width', () => {
  for (const sizes of [
    ['int(512 * times)', '512'],
    ['512', 'int(times * 512)', '512'],
  ]) {
    const { widths, weights } = onlyModel(net(sizes));
    expect(widths).toEqual(['512']);
    const role = (name: string) => weights.find((one) => one.name === name)?.role;
    expect(role('head.weight')).toBe('output');
    // Whether what the ratio makes is 512 at every width is not known.
    expect(role('layers.0.weight') === null || sizes[0] === '512').toBe(true);
  }
});

test('what multiplies several numbers, or one that is no length by itself, is a width', () => {
  expect(onlyModel(net(['16', '16 * times', '32 * times'])).widths).toEqual(['times']);
  expect(onlyModel(net(['64 * times', '64 * times'])).widths).toEqual(['times']);
  expect(onlyModel(net(['512', 'times'], 'times=512')).widths).toEqual(['times']);
});
