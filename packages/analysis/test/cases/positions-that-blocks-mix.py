"""Blocks mix positions by layers over them, one block after the other: how many there are is no width."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, breadth, places, times=2):
        super().__init__()
        self.norm = nn.LayerNorm(breadth)
        self.over = nn.Sequential(nn.Linear(places, times * places), nn.GELU(), nn.Linear(times * places, places))
        self.along = nn.Linear(breadth, breadth)

    def forward(self, x):
        x = x + self.over(self.norm(x).transpose(1, 2)).transpose(1, 2)
        return x + torch.relu(self.along(x))


class Net(nn.Module):
    def __init__(self, breadth, places=8):
        super().__init__()
        self.enter = nn.Linear(12, breadth)
        self.blocks = nn.Sequential(Block(breadth, places), Block(breadth, places))
        self.leave = nn.Linear(breadth, 3)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        return self.leave(self.blocks(self.enter(x)))


def prepare(breadth, rate=1e-3):
    net = Net(breadth)
    wide = [one.along.weight for one in net.blocks] + [net.leave.weight]
    rest = [one for one in net.parameters() if all(one is not other for other in wide)]
    return net, torch.optim.Adam([{"params": wide, "lr": rate / breadth}, {"params": rest, "lr": rate}])


# says enter.weight: role input, a 0, b 0, c 0
# says blocks.*.over.0.weight: role finite, b 0, c 0
# says blocks.*.along.weight: role hidden, a 0, b 0.5, c 1
# MUP301: nothing
# MUP302: nothing
