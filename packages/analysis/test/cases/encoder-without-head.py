"""An encoder gives features of its own: their dimension is the width, what its blocks have inside goes with it."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, breadth, inner):
        super().__init__()
        self.up = nn.Linear(breadth, inner, bias=False)
        self.down = nn.Linear(inner, breadth, bias=False)
        self.norm = nn.LayerNorm(breadth)

    def forward(self, x):
        return self.norm(x + self.down(torch.relu(self.up(x))))


class Net(nn.Module):
    def __init__(self, words, breadth, inner, depth):
        super().__init__()
        self.table = nn.Embedding(words, breadth)
        self.blocks = nn.ModuleList([Block(breadth, inner) for _ in range(depth)])

    def forward(self, ids):
        x = self.table(ids)
        for block in self.blocks:
            x = block(x)
        return x


def train(words, breadth, inner, depth):
    net = Net(words, breadth, inner, depth)
    return torch.optim.SGD(net.parameters(), lr=0.1)


# says table.weight: role input, a 0, b 0, c 0
# says blocks.*.up.weight: role hidden, a 0, b 0.5, c 0
# says blocks.*.down.weight: role hidden, a 0, b 0.5, c 0
# MUP101: nothing
# verdict at most: none
# no text: outputs blow up
