"""A field of the configuration that a model is given is what the code around it has under that name."""

import argparse

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, given):
        super().__init__()
        self.enter = nn.Linear(12, given.breadth, bias=False)
        self.middle = nn.Linear(given.breadth, given.breadth, bias=False)
        self.leave = nn.Linear(given.breadth, 3, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        return self.leave(torch.relu(self.middle(torch.relu(self.enter(x)))))


parser = argparse.ArgumentParser()
parser.add_argument("--breadth", type=int, default=512)
arguments = parser.parse_args()
net = Net(arguments)
nn.init.normal_(net.middle.weight, std=arguments.breadth**-0.5)
wide = [net.middle.weight, net.leave.weight]
narrow = [net.enter.weight]
optimizer = torch.optim.Adam(
    [{"params": wide, "lr": 1e-3 * 128 / arguments.breadth}, {"params": narrow, "lr": 1e-3}]
)

# says enter.weight: role input, c 0
# says middle.weight: role hidden, b 0.5, c 1
# says leave.weight: role output, c 1
# verdict: feature-learning
# MUP101: nothing
