"""An MLP from a list of sizes beside itself, shifted by one."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, features, breadth, classes):
        super().__init__()
        sizes = [features, breadth, breadth, classes]
        self.layers = nn.ModuleList([nn.Linear(a, b, bias=False) for a, b in zip(sizes[:-1], sizes[1:])])
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=0.1)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


net = Net(20, 256, 2)
descent = torch.optim.Adam(net.parameters(), lr=1e-3)

# says layers.0.weight: role input, a 0, b 0, c 0
# says layers.1.weight: role hidden, a 0, b 0, c 0
# says layers.2.weight: role output, a 0, b 0, c 0
# MUP101: layers.1.weight
