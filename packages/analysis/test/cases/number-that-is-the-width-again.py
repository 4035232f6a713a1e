"""What is computed from a number that is the width falls with it, or is not known; it is not constant."""

import torch
from torch import nn

WIDTH = 1024
BASE = 128
TIMES = WIDTH / BASE


class Net(nn.Module):
    def __init__(self, breadth, spread):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.first = nn.Linear(breadth, breadth, bias=False)
        self.second = nn.Linear(breadth, breadth, bias=False)
        self.third = nn.Linear(breadth, breadth, bias=False)
        self.fourth = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)
        nn.init.normal_(self.fourth.weight, std=spread)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        for part in (self.enter, self.first, self.second, self.third, self.fourth):
            x = torch.relu(part(x))
        return self.leave(x)


def start(net, size):
    nn.init.normal_(net.third.weight, std=size**-0.5)


def configure(net, rate, size, base=128):
    return torch.optim.Adam(
        [
            {"params": [net.first.weight], "lr": rate * base / size},
            {"params": [net.second.weight], "lr": rate / TIMES},
            {"params": [net.third.weight], "lr": rate * 128 / (8 * 128)},
            {"params": [net.fourth.weight, net.leave.weight], "lr": rate / WIDTH},
            {"params": [net.enter.weight], "lr": rate * 256},
        ]
    )


net = Net(WIDTH, 1024**-0.5)
start(net, 1024)
optimizer = configure(net, 1e-3, 1024)

# says enter.weight: role input, c 0
# row first.weight: role hidden, c 1
# says second.weight: role hidden, c 1
# row third.weight: role hidden, b 0.5, c 1
# row fourth.weight: role hidden, b 0.5
# says fourth.weight: role hidden, c 1
# MUP101: nothing
