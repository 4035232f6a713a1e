"""Residual networks whose blocks count for less in deeper ones, or do not."""

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, width, factor):
        super().__init__()
        self.norm, self.up, self.down = nn.LayerNorm(width), nn.Linear(width, width), nn.Linear(width, width)
        self.factor = factor

    def forward(self, x):
        return x + self.factor * self.down(F.relu(self.up(self.norm(x))))


class Deep(nn.Module):
    def __init__(self, width, depth, factor):
        super().__init__()
        self.first, self.last = nn.Linear(16, width), nn.Linear(width, 4)
        self.blocks = nn.ModuleList(Block(width, factor) for _ in range(depth))
        self.norm = nn.LayerNorm(width)

    def forward(self, x):
        x = self.first(x)
        for block in self.blocks:
            x = block(x)
        return self.last(self.norm(x))


def factory(power):
    def make(width, depth):
        model = Deep(width, depth, 3 * depth ** -power)
        batch = torch.randn(8, 16), torch.randint(0, 4, (8,))
        return model, F.cross_entropy, batch, torch.optim.Adam(model.parameters(), lr=1e-3)

    return make


complete, plain = factory(1), factory(0)


def shallow(width):
    return Deep(width, 2, 1)
