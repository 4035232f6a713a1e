import { expect, test } from 'vitest';
import { missingIn, onlyModel } from '../../../test/check-findings.ts';

const net = (rows: string) => `
import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, n, features):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(features))
        self.first = nn.Linear(features, n)
        self.last = nn.Linear(n, 10)

    def forward(self, given):
        ${rows}
        x = F.layer_norm(x, x.shape[-1:], self.gain)
        return self.last(self.first(x).relu())
`;

test.each([
  'x = torch.stack([one for one in given])',
  'x = torch.cat([one.flatten() for one in given])',
  'x = torch.stack([torch.cat([each * 2 for each in one]) for one in given])',
])('what a model is given may be gone through and joined again: %s', (rows) => {
  expect(missingIn(onlyModel(net(rows))).join()).not.toContain('layer_norm');
});
