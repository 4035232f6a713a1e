"""μP groups are made, and the loop sets one rate on all of them."""

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
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        h = torch.tanh(self.enter(x))
        return self.leave(torch.tanh(self.middle(h)))


def pace_at(step):
    return 6e-4 * min(1.0, (step + 1) / 100)


def fit(breadth, batches, base=256):
    net = Net(breadth)
    descent = torch.optim.AdamW(
        [
            {'params': [net.enter.weight], 'lr': 6e-4},
            {'params': [net.middle.weight, net.leave.weight], 'lr': 6e-4 * base / breadth},
        ]
    )
    for step, (x, y) in enumerate(batches):
        for group in descent.param_groups:
            group['lr'] = pace_at(step)
        loss = F.cross_entropy(net(x), y)
        descent.zero_grad()
        loss.backward()
        descent.step()

# says enter.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0.5, c 0
# says leave.weight: role output, a 0, b zero, c 0
# verdict: unstable
