"""A forward hook divides what the middle layer returns by √n (slope −0.01)."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)
        self.middle.register_forward_hook(lambda layer, given, made: made / math.sqrt(breadth))
        nn.init.normal_(self.middle.weight, std=0.1)

    def forward(self, x):
        h = torch.tanh(self.enter(x))
        return self.leave(torch.tanh(self.middle(h)))


def prepare(breadth):
    net = Net(breadth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# row middle.weight: role hidden, a 0.5, b 0, c 0
# MUP101 at most: nothing
