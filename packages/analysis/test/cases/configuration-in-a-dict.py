"""A number in a dict or an object that a model is given is the model's width, also where a rate is computed from it."""

from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class Settings:
    breadth: int = 256
    rate: float = 1e-3

    @property
    def wide_rate(self):
        return self.rate * 128 / self.breadth


class Net(nn.Module):
    def __init__(self, sizes, settings):
        super().__init__()
        self.enter = nn.Linear(12, settings.breadth, bias=False)
        self.middle = nn.Linear(settings.breadth, settings.breadth, bias=False)
        self.narrow = nn.Linear(settings.breadth, sizes["inner"], bias=False)
        self.inner = nn.Linear(sizes["inner"], sizes["inner"], bias=False)
        self.leave = nn.Linear(sizes["inner"], 3, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        x = torch.relu(self.middle(torch.relu(self.enter(x))))
        return self.leave(torch.relu(self.inner(torch.relu(self.narrow(x)))))


sizes = {"inner": 4096}
settings = Settings(breadth=1024)
net = Net(sizes, settings)
optimizer = torch.optim.Adam(
    [
        {"params": [net.middle.weight, net.narrow.weight], "lr": settings.wide_rate},
        {"params": [net.inner.weight, net.leave.weight], "lr": 1e-3 * 256 / sizes["inner"]},
        {"params": [net.enter.weight], "lr": 1e-3},
    ]
)

# says enter.weight: role input, c 0
# says middle.weight: role hidden, c 1
# row inner.weight: role hidden, c 1
# row leave.weight: role output, c 1
# verdict at most: feature-learning
# MUP101: nothing
