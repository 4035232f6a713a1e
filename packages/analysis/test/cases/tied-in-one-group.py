"""A readout tied to the table is trained by the group that has the table."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth, words=40):
        super().__init__()
        self.breadth = breadth
        self.table = nn.Embedding(words, breadth)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, words, bias=False)
        self.leave.weight = self.table.weight

    def forward(self, tokens):
        return self.leave(torch.tanh(self.middle(self.table(tokens)))) / self.breadth


def prepare(breadth, pace=1e-3):
    net = Net(breadth)
    groups = [{'params': [net.table.weight]}, {'params': [net.middle.weight], 'lr': pace / breadth}]
    return net, torch.optim.Adam(groups, lr=pace)

# says table.weight: b 0, c 0
# says middle.weight: role hidden, a 0, b 0.5, c 1
# no text: no parameter group
