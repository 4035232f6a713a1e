"""In a sweep over widths a number that is also one of them is no width: the base that rates are relative to."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)

    def forward(self, x):
        return self.leave(torch.relu(self.middle(torch.relu(self.enter(x)))))


for breadth in (128, 256, 512):
    net = Net(breadth)
    wide = [net.middle.weight, net.leave.weight]
    groups = [{"params": wide, "lr": 1e-3 * 128 / breadth}, {"params": [net.enter.weight], "lr": 1e-3}]
    optimizer = torch.optim.Adam(groups)

# says enter.weight: role input, c 0
# says middle.weight: role hidden, c 1
# says leave.weight: role output, c 1
