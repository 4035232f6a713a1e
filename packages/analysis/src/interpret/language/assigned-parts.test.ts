import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** Whether the forward pass of a network of two kinds of tokens is read to its end. */
function isRead(tokens: string, after = ''): boolean {
  const { verdict, underAdam } = onlyModel(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, states, actions, width):
        super().__init__()
        self.state, self.action = nn.Embedding(states, width), nn.Embedding(actions, width)
        self.width = width
        self.mix, self.head = nn.Linear(width, width), nn.Linear(width, actions)
    def forward(self, states, actions):
        rows, steps = states.shape
        s, a = self.state(states), self.action(actions)
        ${tokens}
        y = self.head(torch.relu(self.mix(x)))
        ${after}
        return y
`);
  const read = verdict ?? underAdam?.verdict;
  return read !== undefined && !read.whateverTheRest;
}

const EMPTY = 'x = torch.zeros(rows, 2 * steps, self.width)';

test.each([
  [`${EMPTY}; x[:, ::2] = s; x[:, 1::2, :] = a`, ''],
  [`${EMPTY}; x[:, :steps] = s + 1; x[:, steps:] = a`, ''],
  ['x = s + a', 'y[:, 3:, :] = -1e9'],
  ['x = s + a; x[:, 0] = 0', ''],
])(
  'what takes the place of whole rows, and numbers that mask some of what is computed, leave it read: %s %s',
  (tokens, after) => {
    expect(isRead(tokens, after)).toBe(true);
  },
);

test.each([
  ['x = s + a; x[:, :, 0] = s[:, :, 1]', ''],
  ['x = s + a; x[:, 0] = self.unread(s)', ''],
  ['x = s + a', 'y[:, :, 0] = s[:, :, 0]'],
  ['x = s + a; x[:, :, 4:] = 0', ''],
  ['x = s + a; x[:, 0] = self.width', ''],
  ['x = self.mix(s + a).flatten(0, 1); x[:, 0] *= 2', ''],
])('single features that take the place of others, and numbers that grow, do not: %s %s', (tokens, after) => {
  expect(isRead(tokens, after)).toBe(false);
});
