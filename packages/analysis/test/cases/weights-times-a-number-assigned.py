"""A weight that is assigned its own values times a number starts as it did, times that number."""

import math

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 4, bias=False)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def train(breadth, gain=0.7, lr=1e-3):
    net = Net(breadth)
    for weight in net.parameters():
        weight.data = weight.data * gain
    net.leave.weight.data = net.leave.weight.data / math.sqrt(breadth)
    return torch.optim.Adam(net.parameters(), lr=lr)


# says enter.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0.5, c 0
# says leave.weight: role output, a 0, b 1, c 0
# verdict: unstable
