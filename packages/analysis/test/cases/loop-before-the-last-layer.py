"""The loop over all layers runs before one of them exists, which keeps its default."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self._begin()
        self.late = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)

    def _begin(self):
        for part in self.modules():
            if isinstance(part, nn.Linear):
                part.weight.data.normal_(0, 0.05)

    def forward(self, x):
        x = torch.tanh(self.middle(torch.tanh(self.enter(x))))
        return self.leave(torch.tanh(self.late(x)))


net = Net(256)
descent = torch.optim.SGD(net.parameters(), lr=0.1)

# says enter.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0, c 0
# says late.weight: role hidden, a 0, b 0.5, c 0
# says leave.weight: role output, a 0, b 0.5, c 0
# MUP101: middle.weight
