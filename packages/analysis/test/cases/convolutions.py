"""A stem and one convolution of the width: fan-in is channels times kernel."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.stem = nn.Conv2d(3, channels, 3, padding=1, bias=False)
        self.body = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.leave = nn.Linear(channels, 10, bias=False)
        nn.init.normal_(self.body.weight, std=0.05)

    def forward(self, image):
        h = F.relu(self.body(F.relu(self.stem(image))))
        return self.leave(h.mean((2, 3)))


def prepare(channels):
    net = Net(channels)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# says stem.weight: role input, a 0, b 0, c 0
# says body.weight: role hidden, a 0, b 0, c 0
# says leave.weight: role output, a 0, b 0.5, c 0
# MUP101: body.weight
