"""A class of four lines over nn.Linear hides no weight."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Plain(nn.Linear):
    def forward(self, x):
        return F.linear(x, self.weight.to(x.dtype))


class Net(nn.Module):
    def __init__(self, breadth, words=40):
        super().__init__()
        self.table = nn.Embedding(words, breadth)
        self.middle = Plain(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, words, bias=False)
        nn.init.normal_(self.middle.weight, std=0.02)

    def forward(self, tokens):
        return self.leave(torch.tanh(self.middle(self.table(tokens))))


def prepare(breadth):
    net = Net(breadth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# says table.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0, c 0
# says leave.weight: role output, a 0, b 0.5, c 0
# MUP101: middle.weight
