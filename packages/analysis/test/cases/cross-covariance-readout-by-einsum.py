"""Matrices as Parameters, applied by @, einsum and matmul."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Parameter(torch.randn(12, breadth))
        self.middle = nn.Parameter(torch.randn(breadth, breadth) / math.sqrt(breadth))
        self.leave = nn.Parameter(torch.zeros(breadth, 3))

    def forward(self, x):
        h = torch.tanh(x @ self.enter)
        h = torch.tanh(torch.einsum('bi,ij->bj', h, self.middle))
        return torch.matmul(h, self.leave)


def prepare(breadth, pace=1e-3):
    net = Net(breadth)
    groups = [{'params': [net.enter]}, {'params': [net.middle, net.leave], 'lr': pace / breadth}]
    return torch.optim.Adam(groups, lr=pace)

# row enter: role input, a 0, b 0, c 0
# row middle: role hidden, a 0, b 0.5, c 1
# row leave: role output, a 0, b zero, c 1
