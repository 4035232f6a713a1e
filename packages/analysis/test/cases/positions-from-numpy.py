"""A table of sines and cosines that NumPy makes has entries of one size, and what is added to it can be held to that."""

import numpy as np
import torch
from torch import nn


def waves(size, places):
    speeds = 1.0 / 1000 ** (np.arange(size // 2, dtype=np.float64) / (size / 2.0))
    angles = np.einsum("m,d->md", places.reshape(-1), speeds)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


def table(size, side, first=False):
    grid = np.stack(np.meshgrid(np.arange(side), np.arange(side)), axis=0)
    made = np.concatenate([waves(size // 2, grid[0]), waves(size // 2, grid[1])], axis=1)
    if first:
        made = np.concatenate([np.zeros([1, size]), made], axis=0)
    return made


class Net(nn.Module):
    def __init__(self, breadth, side=8):
        super().__init__()
        self.enter = nn.Linear(12, breadth)
        self.places = nn.Parameter(torch.zeros(1, side * side + 1, breadth), requires_grad=False)
        self.leave = nn.Linear(breadth, 3)
        nn.init.xavier_uniform_(self.enter.weight)
        nn.init.zeros_(self.enter.bias)
        made = table(self.places.shape[-1], side, first=True)
        self.places.data.copy_(torch.from_numpy(made).float().unsqueeze(0))

    def forward(self, x):
        return self.leave(torch.relu(self.enter(x) + self.places))


def configure(breadth):
    return torch.optim.Adam(Net(breadth).parameters(), lr=1e-3)


# says places: role input, b 0
# says enter.weight: role input, b 0.5
# wants enter.weight: b 0
# MUP103: enter.weight
