import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

const net = (between: string) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width, normed):
        super().__init__()
        self.normed = normed
        self.embed, self.mix, self.head = nn.Linear(10, width), nn.Linear(width, width), nn.Linear(width, 3)
        self.norm = nn.LayerNorm(width)
        nn.init.normal_(self.mix.weight, std=0.02)
        nn.init.zeros_(self.head.weight)

    def forward(self, x, angles):
        x = self.mix(torch.tanh(self.embed(x)))
        ${between}
        return self.head(x.relu())
`;

test.each([
  ['x = self.norm(x * x)', []],
  ['if self.normed: x = self.norm(x * x)', []],
  ['if self.normed: x = x * x', ['MUP101']],
  ['a, b = x.chunk(2, -1); x = self.norm(x * angles.cos() + torch.cat([-b, a], -1) * angles.sin())', []],
  ['a, b = x.chunk(2, -1); x = x * angles.cos() + torch.cat([-b, a], -1) * angles.sin()', ['MUP101']],
])(
  'a start has no limit where a norm takes the size of products, on one way or all: %s',
  (between, codes) => {
    expect(analyse(net(between)).findings.map(({ code }) => code)).toEqual(codes);
  },
);
