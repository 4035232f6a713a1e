"""Muon with the step size of AdamW trains the middle: at a constant rate its part of the features grows like n^½."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(32, breadth, bias=False)
        self.one = nn.Linear(breadth, breadth, bias=False)
        self.two = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 4, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        h = torch.tanh(self.two(torch.tanh(self.one(torch.tanh(self.enter(x))))))
        return self.leave(h)


def prepare(breadth, base=128):
    net = Net(breadth)
    muon = torch.optim.Muon([net.one.weight, net.two.weight], lr=0.02, adjust_lr_fn='match_rms_adamw')
    adam = torch.optim.AdamW(
        [{'params': [net.enter.weight], 'lr': 3e-3}, {'params': [net.leave.weight], 'lr': 3e-3 * base / breadth}]
    )
    return muon, adam

# says enter.weight: role input, a 0, b 0, c 0
# says one.weight: role hidden, a 0, b 0.5, c 0
# says two.weight: role hidden, a 0, b 0.5, c 0
# says leave.weight: role output, a 0, b zero, c 1
# verdict: unstable
