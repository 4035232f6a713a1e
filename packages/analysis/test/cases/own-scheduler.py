"""μP groups, and a scheduler of the project that gives one rate for all of them."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from torch.optim.lr_scheduler import LRScheduler


class WarmUp(LRScheduler):
    def __init__(self, optimizer, peak, steps):
        self.peak = peak
        self.steps = steps
        super().__init__(optimizer)

    def get_lr(self):
        share = min(1.0, (self.last_epoch + 1) / self.steps)
        return [self.peak * share for _ in self.optimizer.param_groups]


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


def prepare(breadth, base=64, pace=1e-2):
    net = Net(breadth)
    descent = torch.optim.Adam(
        [
            {'params': [net.enter.weight], 'lr': pace},
            {'params': [net.middle.weight, net.leave.weight], 'lr': pace * base / breadth},
        ]
    )
    return net, descent, WarmUp(descent, pace, 1)

# says enter.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0.5, c 0
# says leave.weight: role output, a 0, b zero, c 0
# verdict: unstable
