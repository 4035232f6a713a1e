import { expect, test } from 'vitest';
import { missingIn, onlyModel } from '../../../test/check-findings.ts';

/** A network of stages, whose settings are lists or one number for all. */
const staged = (settings: string, more = '') => `
from torch import nn

def spread(value, count):
    return value if isinstance(value, tuple) else (value,) * count

class Block(nn.Module):
    def __init__(self, n, heads, size=64):
        super().__init__()
        self.up = nn.Linear(n, heads * size)
        self.down = nn.Linear(heads * size, n)

    def forward(self, x):
        return x + self.down(self.up(x).relu())

class Net(nn.Module):
    def __init__(self, n, depths, heads, classes):
        super().__init__()
        self.first = nn.Linear(16, n)
        ${settings}
        stages = []
        for count, many in zip(depths, heads):
            stages.append(nn.Sequential(*[Block(n, many) for _ in range(count)]))
        self.stages = nn.Sequential(*stages)
        self.last = nn.Linear(n, classes)

    def forward(self, x):
        return self.last(self.stages(self.first(x)))
${more}`;

test.each([
  'pass',
  'heads = spread(heads, len(depths))',
  'depths, heads = spread(depths, 4), spread(heads, 4)',
])('items of settings that are gone through side by side have names: %s', (settings) => {
  const model = onlyModel(staged(settings));
  expect(missingIn(model).filter((line) => line.startsWith('forward'))).toEqual([]);
  expect(model.weights.find(({ name }) => name === 'stages.*.*.up.weight')).toMatchObject({ role: 'hidden' });
});

test('what else a setting may be stays open', () => {
  const model = onlyModel(staged('heads = heads if isinstance(heads, tuple) else others(heads)'));
  expect(model.weights.find(({ name }) => name === 'stages.*.*.up.weight')?.role).not.toBe('hidden');
});
