"""A readout that starts n^½ larger than its features allow does not make outputs grow where those shrink."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(20, width)
        self.mix = nn.Linear(width, width)
        self.leave = nn.Linear(width, 3)
        for part in (self.enter, self.mix, self.leave):
            nn.init.kaiming_normal_(part.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(part.bias)

    def forward(self, x):
        return self.leave(torch.relu(self.mix(torch.relu(self.enter(x)))))


def configure(width):
    return torch.optim.Adam(Net(width).parameters(), lr=1e-3)


# says leave.weight: role output, b 0
# no text: outputs grow
