"""A rate or std that a table has for each width is not constant; one that it has for each depth is."""

import torch
from torch import nn

SPREADS = {256: 0.0625, 1024: 0.03125}
RATES = {256: 4e-3, 1024: 1e-3}
DEPTHS = {6: 4e-3, 12: 2e-3}


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.first = nn.Linear(breadth, breadth, bias=False)
        self.second = nn.Linear(breadth, breadth, bias=False)
        self.fourth = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)
        nn.init.normal_(self.first.weight, std=SPREADS[breadth])
        nn.init.normal_(self.second.weight, std=SPREADS.get(breadth, 0.02))
        nn.init.normal_(self.fourth.weight, std=0.02)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        for part in (self.enter, self.first, self.second, self.fourth):
            x = torch.relu(part(x))
        return self.leave(x)


def configure(breadth, depth):
    net = Net(breadth)
    return torch.optim.Adam(
        [
            {"params": [net.first.weight], "lr": RATES[breadth]},
            {"params": [net.second.weight], "lr": RATES.get(breadth, 1e-3)},
            {"params": [net.fourth.weight, net.leave.weight], "lr": 1e-3},
            {"params": [net.enter.weight], "lr": DEPTHS[depth]},
        ]
    )


# says enter.weight: role input, c 0
# row first.weight: role hidden, b 0.5, c 1
# row second.weight: role hidden, b 0.5, c 1
# says fourth.weight: role hidden, b 0, c 0
# MUP101: fourth.weight
