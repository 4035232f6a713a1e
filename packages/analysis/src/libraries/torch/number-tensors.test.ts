import { expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

function attention(by: string, forward = 'scores / self.by'): string {
  return `
import torch
from torch import nn

class Attend(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.ask, self.tell, self.give = (nn.Linear(size, size) for _ in range(3))
        self.by = ${by}

    def forward(self, x):
        scores = self.ask(x) @ self.tell(x).transpose(1, 2)
        scores = ${forward}
        return x + scores.softmax(-1) @ self.give(x)
`;
}

test.each([
  ['torch.sqrt(torch.FloatTensor([size]))', 'scores / self.by.to(x.device)'],
  ['torch.tensor(size).float().sqrt()', 'scores / self.by'],
  ['torch.tensor([size], dtype=torch.float32).pow(0.5).cuda()', 'scores / self.by'],
  ['torch.as_tensor(size).double().rsqrt().detach()', 'scores * self.by.type_as(x)'],
  ['torch.sqrt(torch.tensor(size).half())', 'scores / self.by.item()'],
])('a tensor of one number is that number, wherever it is moved to: %s', (by, forward) => {
  expect(findingsOf('MUP202', attention(by, forward))).toHaveLength(1);
});

test.each([
  ['torch.tensor(size).float()', 'scores / self.by'],
  ['torch.FloatTensor(size).sqrt()', 'scores / self.by'],
  ['torch.tensor([size, 4.0]).sqrt()', 'scores / self.by[0]'],
  ['torch.tensor([size for _ in range(size)]).sqrt()', 'scores / self.by'],
  ['torch.tensor([size]).float()', 'scores / self.by.sqrt_()'],
  ['torch.tensor(size).float().frexp()', 'scores / self.by'],
])('nor is it another one: %s', (by, forward) => {
  expect(findingsOf('MUP202', attention(by, forward))).toEqual([]);
});

test.each([
  'self.by[0] = 2.0',
  'self.by.data = torch.ones(1)',
  'nn.init.ones_(self.by)',
  'torch.Tensor.fill_(self.by, 2.0)',
])('and what code puts into it in place is not what it was: %s', (changed) => {
  const source = attention(`torch.tensor([size]).float().sqrt()\n        ${changed}`);
  expect(findingsOf('MUP202', source)).toEqual([]);
});

test('a number that is spelled out in a list is a tensor of one entry', () => {
  const model = onlyModel(`
import torch
from torch import nn

class Ask(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.up, self.down = nn.Linear(1, size), nn.Linear(size, 4)

    def forward(self):
        return self.down(self.up(torch.tensor([2.0])).relu())
`);
  expect(model.weights.map(({ role }) => role)).toEqual(['input', 'input', 'output', 'finite']);
});
