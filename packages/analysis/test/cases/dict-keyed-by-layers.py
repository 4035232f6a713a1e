"""A constant start is replaced from a dictionary whose keys are the layers (measured b ¼·const, 0.51, 1)."""

import math

import torch
import torch.nn.functional as F
from torch import nn

def begin(layer, std):
    nn.init.normal_(layer.weight, std=std)


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)
        for layer in (self.enter, self.middle, self.leave):
            begin(layer, 0.02)
        spreads = {self.enter: 0.25, self.middle: breadth**-0.5, self.leave: 1 / breadth}
        for layer, spread in spreads.items():
            begin(layer, spread)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


net = Net(256)
descent = torch.optim.Adam(net.parameters(), lr=1e-3)

# says enter.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0.5, c 0
# says leave.weight: role output, a 0, b 1, c 0
# MUP101: nothing
