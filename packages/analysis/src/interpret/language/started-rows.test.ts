import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** How the start of a weight with a row for each of some copies scales, which code starts so. */
function startBy(starts: string, count = 'count'): unknown {
  const { weights } = onlyModel(`import math
import torch
from torch import nn

class Copies(nn.Module):
    def __init__(self, count, of, to):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(${count}, to, of))
        self.count = count
        ${starts.split('\n').join('\n        ')}
    def forward(self, x):
        return torch.einsum('eoi,bei->beo', self.weight, x)

class Net(nn.Module):
    def __init__(self, width, count):
        super().__init__()
        self.stem = nn.Linear(10, width)
        self.mix = nn.Linear(width, width)
        self.copies = Copies(count, width, 1)
    def forward(self, x):
        x = self.mix(self.stem(x).relu()).relu()
        return self.copies(x.unsqueeze(1).expand(-1, ${count === 'count' ? 'self.copies.count' : count}, -1))
`);
  return weights.find(({ name }) => name === 'copies.weight')?.b;
}

const KAIMING = 'nn.init.kaiming_uniform_(self.weight[i], a=math.sqrt(5))';

test.each([
  `for i in range(count):\n    ${KAIMING}`,
  `for i in range(self.weight.shape[0]):\n    print(i)\n    ${KAIMING}`,
  'for i in range(count):\n    self.weight.data[i].normal_(0, 1 / math.sqrt(of))',
])('a weight that a loop starts row by row starts as each row does: %s', (starts) => {
  expect(startBy(starts)).toBe(0.5);
});

test('so does one of as many rows as the code says', () => {
  expect(startBy(`for i in range(4):\n    ${KAIMING}`, '4')).toBe(0.5);
});

test.each([
  `for i in range(count - 1):\n    ${KAIMING}`,
  `for i in range(count):\n    if i > 0:\n        ${KAIMING}`,
  `for i in range(count):\n    if i > to:\n        break\n    ${KAIMING}`,
  KAIMING.replace('[i]', '[0]'),
  `for i in range(count):\n    nn.init.normal_(self.weight[i], std=1.0)\n    ${KAIMING}`,
  `half = self.weight[:, : to // 2]\nfor i in range(count):\n    ${KAIMING.replace('self.weight', 'half')}`,
])('one of which some rows may be left out does not: %s', (starts) => {
  expect(startBy(starts)).toBeNull();
});
