import { expect, test } from 'vitest';
import { onlyModel } from '../../../../test/check-findings.ts';

/** Whether a softmax may run over what grows, in attention of nodes over nodes. */
function mayGrow(scores: string): boolean {
  const { missing } = onlyModel(`import torch
from torch import nn
import torch.nn.functional as F

class Graph(nn.Module):
    def __init__(self, inputs, width, classes):
        super().__init__()
        self.enter = nn.Parameter(torch.empty(inputs, width))
        self.source = nn.Parameter(torch.empty(width, 1))
        self.target = nn.Parameter(torch.empty(width, 1))
        self.leave = nn.Linear(width, classes)
        for one in self.parameters():
            nn.init.normal_(one)
    def forward(self, nodes, edges):
        x = torch.mm(nodes, self.enter)
        e = F.leaky_relu(torch.matmul(x, self.source) + torch.matmul(x, self.target).T)
        return self.leave(F.elu(${scores}))
`);
  return missing.some(({ kind }) => kind === 'growing-softmax');
}

test.each([
  'F.softmax(e, dim=1) @ x',
  'F.softmax(e, dim=0) @ x',
  'torch.where(edges > 0, e, -9e15 * torch.ones_like(e)).softmax(1) @ x',
])('what the data brings along does not grow, whichever of its dimensions it is: %s', (scores) => {
  expect(mayGrow(scores)).toBe(false);
});

test.each(['F.softmax(x, dim=1)', 'F.softmax(x, dim=-1)'])('features do: %s', (scores) => {
  expect(mayGrow(scores)).toBe(true);
});
