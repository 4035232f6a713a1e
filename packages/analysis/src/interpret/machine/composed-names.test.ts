import { describe, expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

/** The weights of a chain that is filled by name, each with its role. */
function chainOf(filling: string, made = 'nn.Sequential(parts)'): readonly string[] {
  const source = `from collections import OrderedDict
from torch import nn

class Net(nn.Module):
    def __init__(self, n, depth, name):
        super().__init__()
        parts = OrderedDict()
        size = 16
${filling.replaceAll(/^/gm, '        ')}
        parts['last'] = nn.Linear(n, 10, bias=False)
        self.chain = ${made}

    def forward(self, x):
        return self.chain(x)
`;
  return analyse(source)
    .models.flatMap(({ weights }) => weights)
    .map(({ name, role }) => `${name} ${role}`);
}

describe('layers that a loop puts in a dict under names that it counts', () => {
  test.each([
    ["f'mix{i}'", "f'act{i}'"],
    ["'mix%d' % i", "'act%d' % i"],
  ])('are in the order in which they are put there: %s', (mix, act) => {
    const filling = `for i in range(depth):
    parts[${mix}] = nn.Linear(size, n, bias=False)
    parts[${act}] = nn.ReLU()
    size = n`;
    const [first, ...more] = chainOf(filling);
    expect(first).toBe('chain.mix0.weight input');
    expect(more).toEqual(['chain.*.weight hidden', 'chain.last.weight output']);
  });

  test('stand beside those that have other names', () => {
    const filling = `parts['first'] = nn.Linear(16, n, bias=False)
for i in range(depth):
    parts[f'mix{i}'] = nn.Linear(n, n, bias=False)`;
    expect(chainOf(filling)).toEqual([
      'chain.first.weight input',
      'chain.mix0.weight hidden',
      'chain.*.weight hidden',
      'chain.last.weight output',
    ]);
  });

  test('are as many where the dict is made of a list of pairs', () => {
    const filling = `pairs = [('first', nn.Linear(16, n, bias=False))]
for i in range(depth):
    pairs.append((f'mix{i}', nn.Linear(n, n, bias=False)))
pairs.append(('last', nn.Linear(n, 10, bias=False)))`;
    expect(chainOf(filling, 'nn.Sequential(OrderedDict(pairs))')).toEqual([
      'chain.first.weight input',
      'chain.*.weight hidden',
      'chain.last.weight output',
    ]);
  });

  test.each([
    "parts['mix1'] = nn.Linear(size, n)\nfor i in range(depth): parts[f'mix{i}'] = nn.Linear(n, n)",
    "parts['mix'] = nn.Linear(size, n)\nparts[f'{name}'] = nn.Linear(n, n)",
    "for i in range(depth): parts[f'mix{i}'] = nn.Linear(n, n)\nfor i in range(depth): parts[f'mix{i}'] = nn.Linear(n, 2 * n)",
  ])('are not known where they may be in the place of others: %s', (filling) => {
    const sure = chainOf(filling).filter((row) => row.includes('hidden') && row.includes('*'));
    expect(sure).toEqual([]);
  });
});
