"""Sizes are entries of a list that is given."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, features, sizes):
        super().__init__()
        self.layers = nn.ModuleList()
        self.layers.append(nn.Linear(features, sizes[0], bias=False))
        for i in range(len(sizes) - 1):
            self.layers.append(nn.Linear(sizes[i], sizes[i + 1], bias=False))
        self.layers.append(nn.Linear(sizes[-1], 1, bias=False))
        self.apply(lambda part: self._draw(part))

    @staticmethod
    def _draw(part):
        if isinstance(part, nn.Linear):
            nn.init.normal_(part.weight)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


def prepare(breadth):
    net = Net(12, [breadth, breadth])
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# row layers.0.weight: role input, a 0, b 0, c 0
# no text: 0 × features
# no text: 1 × -1
