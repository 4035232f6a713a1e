"""Parameters are started by their names, with the width that the model keeps."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width, base_width=64):
        super().__init__()
        self.width, self.base_width = width, base_width
        self.enter = nn.Linear(16, width, bias=False)
        self.blocks = nn.ModuleList([nn.Linear(width, width, bias=False) for _ in range(3)])
        self.leave = nn.Linear(width, 10, bias=False)
        for name, parameter in self.named_parameters():
            if name.startswith("blocks"):
                nn.init.normal_(parameter, std=0.05)

    def forward(self, x):
        x = torch.relu(self.enter(x))
        for block in self.blocks:
            x = torch.relu(block(x))
        return self.leave(x)


def make(width=64, lr=1e-2):
    model = Net(width)
    return model, torch.optim.Adam(model.parameters(), lr=lr)
