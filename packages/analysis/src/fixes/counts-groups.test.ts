import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { mayCountGroups } from './counts-groups.ts';

const trained = (then: string) => `import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR, OneCycleLR

class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.first = nn.Linear(8, width)
        self.middle = nn.Linear(width, width)
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        return self.last(self.middle(self.first(x).tanh()).tanh())

def train(batches, rates):
    model = Net()
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    for batch in batches:
        ${then}
        model(batch).mean().backward()
        adam.step()
`;

const fixOf = (then: string) =>
  analyse(trained(then)).findings.find(({ code }) => code === 'MUP302')?.fixes[0];

test.each([
  'adam.param_groups[0]["weight_decay"] = 0.1',
  'adam.param_groups[0]["momentum"] += 0.1',
  'first = adam.param_groups[0]',
  '(group,) = adam.param_groups',
  'torch.nn.utils.clip_grad_norm_(adam.param_groups[0]["params"], 1.0)',
  'print(len(adam.param_groups))',
  'for group, decay in zip(adam.param_groups, rates): group["weight_decay"] = decay',
  'for i, group in enumerate(adam.param_groups): group["weight_decay"] = 0.1 if i == 0 else 0.2',
  'schedule = LambdaLR(adam, [lambda step: 1.0])',
  'schedule = LambdaLR(adam, lr_lambda=[lambda step: 1.0 for _ in rates])',
])('no group is split where code counts them or tells them by their places: %s', (then) => {
  expect(fixOf(then)).toMatchObject({
    edits: [],
    why: 'code of the file counts groups, or tells them by their places',
  });
});

test.each([
  'pass',
  'for group in adam.param_groups: group["weight_decay"] = 0.1',
  'for i, group in enumerate(adam.param_groups): group["weight_decay"] = 0.1',
  'print(adam.param_groups[0]["lr"])',
  'decays = [group["weight_decay"] for group in adam.param_groups]',
  'schedule = LambdaLR(adam, lambda step: 1.0)',
])('one is split where each is treated alike: %s', (then) => {
  expect(fixOf(then)?.edits).not.toEqual([]);
});

test.each([
  ['adam.param_groups[0]["lr"] = rate', true],
  ['for i, g in enumerate(adam.param_groups): g["lr"] = rates[i]', true],
  ['first, second = adam.param_groups', true],
  ['LambdaLR(adam, [f, g])', true],
  ['for g in adam.param_groups:\n    g["lr"] = rate', false],
  ['rates = [g["lr"] for g in adam.param_groups]', false],
  ['print(adam.param_groups[0]["lr"] == rate)', false],
  ['LambdaLR(adam, f)', false],
])('a text that is not parsed may count groups: %s', (text, counts) => {
  expect(mayCountGroups(text)).toBe(counts);
});
