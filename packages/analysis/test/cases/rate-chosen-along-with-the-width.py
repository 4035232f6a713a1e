"""A rate that a preset, a branch or a function gives beside a width is not constant; beside a depth it is."""

import torch
from torch import nn

PRESETS = {
    "small": dict(breadth=256, step=4e-3),
    "large": dict(breadth=1024, step=1e-3),
}


class Net(nn.Module):
    def __init__(self, breadth, depth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.first = nn.Linear(breadth, breadth, bias=False)
        self.second = nn.Linear(breadth, breadth, bias=False)
        self.third = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)

    def forward(self, x):
        for part in (self.enter, self.first, self.second, self.third):
            x = torch.relu(part(x))
        return self.leave(x)


def returned(breadth):
    if breadth in (256, 512):
        return 4e-3
    return 1e-3


def configure(kind="small", depth=4):
    chosen = PRESETS[kind]
    breadth = chosen["breadth"]
    net = Net(breadth, depth)
    if breadth <= 256:
        branched = 4e-3
    elif breadth <= 512 and depth > 2:
        branched = 2e-3
    else:
        branched = 1e-3
    return torch.optim.Adam(
        [
            {"params": [net.first.weight], "lr": chosen["step"]},
            {"params": [net.second.weight], "lr": branched},
            {"params": [net.third.weight, net.leave.weight], "lr": returned(breadth)},
            {"params": [net.enter.weight], "lr": 4e-3 if depth > 6 else 1e-3},
        ]
    )


# says enter.weight: role input, c 0
# row first.weight: role hidden, c 1
# row second.weight: role hidden, c 1
# row third.weight: role hidden, c 1
# MUP301: nothing
# MUP302: nothing
