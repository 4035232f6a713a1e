"""A start and a rate that are wrong whatever stands behind them stand in the table, as they are found."""

import torch
from elsewhere import turned
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.norm = nn.LayerNorm(breadth)
        self.first = nn.Linear(breadth, breadth, bias=False)
        self.second = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)
        for part in (self.first, self.second):
            nn.init.normal_(part.weight, std=0.02)

    def forward(self, x):
        h = self.norm(self.enter(x))
        return self.leave(h + turned(torch.tanh(self.first(h)) * torch.tanh(self.second(h))))


def configure(breadth):
    return torch.optim.Adam(Net(breadth).parameters(), lr=1e-3)


# says first.weight: role hidden, b 0, c 0
# wants first.weight: b 0.5, c 1
# MUP101: first.weight, second.weight
# MUP301: first.weight, second.weight
