"""Vectors of attention between the nodes of a graph sum over the width, however that is written: they are readouts."""

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth, heads=4):
        super().__init__()
        self.heads = heads
        self.enter = nn.Linear(12, breadth, bias=False)
        self.whole = nn.Parameter(torch.randn(breadth) / breadth)
        self.both = nn.Parameter(torch.randn(2 * breadth) / breadth)
        self.parts = nn.Parameter(torch.randn(1, heads, breadth // heads) / breadth)
        self.gain = nn.Parameter(torch.ones(breadth))
        self.leave = nn.Linear(breadth, 3, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        h = torch.relu(self.enter(x)) * self.gain
        score = (h * self.whole).sum(-1, keepdim=True) + (torch.cat([h, h], -1) @ self.both).unsqueeze(-1)
        heads = h.view(-1, self.heads, h.shape[-1] // self.heads)
        each = (heads * self.parts).sum(dim=-1).sum(-1, keepdim=True)
        return self.leave(h * torch.sigmoid(F.leaky_relu(score + each, 0.2)))


def prepare(breadth, rate=1e-3):
    net = Net(breadth)
    return net, torch.optim.Adam(
        [
            {"params": [net.enter.weight, net.gain], "lr": rate},
            {"params": [net.whole, net.both, net.parts, net.leave.weight], "lr": rate / breadth},
        ]
    )


# says whole: role output, a 0, b 1, c 1
# says both: role output, a 0, b 1, c 1
# says parts: role output, a 0, b 1, c 1
# says gain: role input, a 0, b 0, c 0
# wants parts: c 1
# verdict at most: feature-learning
