import { describe, expect, test } from 'vitest';
import { findingsOf, onlyModel } from '../../../../test/check-findings.ts';

const network = (forward: string, given: string, init = 'pass') => `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, users, items, size=20):
        super().__init__()
        self.users = nn.Embedding(users, size)
        self.items = nn.Embedding(items, size)
        self.offset = nn.Embedding(users, 1)
        self.drop = nn.Dropout(0.2)
        ${init}

    def forward(self, ${given}):
        ${forward}
`;

describe('rows that are multiplied and summed over their second dimension', () => {
  test.each([
    ['return (self.users(user) * self.items(item)).sum(1)', 'user, item'],
    [
      'return torch.sum(self.drop(self.users(user)) * self.drop(self.items(item)), dim=1) + self.offset(user).squeeze()',
      'user, item',
    ],
    ['return (self.users(x[:, 0]) * self.items(x[:, 1])).sum(dim=1, keepdim=True)', 'x'],
    ['return -torch.sum(self.users(head) * self.items(how) * self.users(tail), 1)', 'head, how, tail'],
  ])('are features, where each is looked up by numbers of its own: %s', (forward, given) => {
    expect(onlyModel(network(forward, given)).widths).toEqual(['size']);
  });

  test.each([
    ['return (self.users(x) * self.items(x)).sum(1)', 'x'],
    ['return self.users(x).sum(1)', 'x'],
    ['return (self.users(user) * torch.sigmoid(self.items(item))).sum(1)', 'user, item'],
    [
      'b, t, d = self.users(user).shape\n        return (self.users(user) * self.items(item)).sum(1)',
      'user, item',
    ],
    ['n = user.shape[1]\n        return (self.users(user) * self.items(item)).sum(1)', 'user, item'],
    ['h = self.users(x)\n        for _ in range(60): h = h * h\n        return h.sum(1)', 'x'],
  ])('may be places of others: %s', (forward, given) => {
    expect(onlyModel(network(forward, given)).widths).toEqual([]);
  });

  test('have starts that fall with their size, and scores that grow', () => {
    const forward = 'return (self.users(user) * self.items(item)).sum(1)';
    const shrinking = network(forward, 'user, item', 'nn.init.xavier_uniform_(self.users.weight)');
    expect(findingsOf('MUP103', shrinking)).toHaveLength(1);
    expect(findingsOf('MUP203', network(forward, 'user, item'))).toHaveLength(1);
  });
});
