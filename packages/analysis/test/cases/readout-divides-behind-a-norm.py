"""A readout divides what a norm gives by the width: the factor is the readout's, and the norm's gain is right as it is."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.table = nn.Embedding(50, breadth)
        self.norm = nn.LayerNorm(breadth)
        self.leave = nn.Linear(breadth, 50, bias=False)
        nn.init.normal_(self.leave.weight)

    def forward(self, x):
        return self.leave(self.norm(self.table(x)) / self.breadth)


def prepare(breadth):
    net = Net(breadth)
    return torch.optim.Adam(net.parameters(), lr=1e-3)

# says norm.weight: role input, a 0, b 0, c 0
# says norm.bias: role input, a 0, b zero, c 0
# says leave.weight: role output, a 1, b 0, c 0
# verdict: feature-learning
