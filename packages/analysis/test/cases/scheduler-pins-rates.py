"""μP groups, and a factor for each that makes all rates the same."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from torch.optim.lr_scheduler import LambdaLR

PEAK = 1e-2


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        h = torch.tanh(self.enter(x))
        return self.leave(torch.tanh(self.middle(h)))


def factor_for(initial):
    def factor(step):
        return PEAK / initial

    return factor


def prepare(breadth, base=64):
    net = Net(breadth)
    inner = PEAK * base / breadth
    descent = torch.optim.Adam(
        [{'params': [net.enter.weight], 'lr': PEAK}, {'params': [net.middle.weight, net.leave.weight], 'lr': inner}]
    )
    return net, descent, LambdaLR(descent, [factor_for(PEAK), factor_for(inner)])

# says enter.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0.5, c 0
# says leave.weight: role output, a 0, b zero, c 0
# verdict: unstable
