"""Standard deviations and bounds that are the same at every width."""

import math

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width=64, depth=4, init_std=0.02):
        super().__init__()
        self.embed = nn.Linear(16, width)
        self.first = nn.Linear(width, width)
        self.second = nn.Linear(width, width)
        self.third = nn.Linear(width, width)
        self.fourth = nn.Linear(width, width)
        self.readout = nn.Linear(width, 10)
        nn.init.normal_(self.first.weight, std=0.02)
        nn.init.trunc_normal_(
            self.second.weight,
            std=init_std / math.sqrt(2 * depth),  # as GPT-2
        )
        nn.init.uniform_(self.third.weight, -0.1, 0.1)
        self.fourth.weight.data.normal_(0, init_std if depth > 2 else 0.1)
        nn.init.zeros_(self.readout.weight)

    def forward(self, x):
        x = torch.tanh(self.first(torch.tanh(self.embed(x))))
        x = torch.tanh(self.second(x))
        x = torch.tanh(self.third(x))
        return self.readout(torch.tanh(self.fourth(x)))


def make(width=64, lr=1e-3):
    model = Net(width)
    return model, torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=0.1)
