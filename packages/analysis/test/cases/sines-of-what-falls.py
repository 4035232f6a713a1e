"""The sine of what is divided by the width falls with it: a table of sines alone is of no known size."""

import numpy as np
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        table = np.sin(np.arange(16)[:, None] / breadth * np.ones(8))
        self.register_buffer("places", torch.from_numpy(table).float())
        self.enter = nn.Linear(8, breadth, bias=False)
        self.mid = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 10, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, _):
        return self.leave(torch.tanh(self.mid(torch.tanh(self.enter(self.places)))))


def prepare(breadth):
    net = Net(breadth)
    groups = [
        {"params": net.enter.parameters(), "lr": 1e-3},
        {"params": net.mid.parameters(), "lr": 0.1 / breadth},
        {"params": net.leave.parameters(), "lr": 0.1 / breadth},
    ]
    return net, torch.optim.Adam(groups)

# verdict at most: nothing
