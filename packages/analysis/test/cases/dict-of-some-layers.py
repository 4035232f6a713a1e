"""A comprehension with a condition makes two of four tables."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth, depth=4, words=40):
        super().__init__()
        self.depth = depth
        self.table = nn.Embedding(words, breadth)
        self.extra = nn.ModuleDict({str(i): nn.Embedding(words, breadth) for i in range(depth) if i % 2 == 0})
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, words, bias=False)

    def forward(self, tokens):
        h = self.table(tokens)
        for i in range(self.depth):
            if str(i) in self.extra:
                h = h + self.extra[str(i)](tokens)
        return self.leave(torch.tanh(self.middle(h)))


def prepare(breadth):
    net = Net(breadth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# says table.weight: role input, a 0, b 0, c 0
# row extra.0.weight: role input, a 0, b 0, c 0
# row extra.2.weight: role input, a 0, b 0, c 0
# no row extra.1.weight
# says middle.weight: role hidden, a 0, b 0.5, c 0
