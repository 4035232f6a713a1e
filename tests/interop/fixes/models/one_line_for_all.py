"""One line starts every linear layer, and the readout is tied to the embedding."""

from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class Config:
    words: int = 40
    width: int = 64


class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.table = nn.Embedding(config.words, config.width)
        self.middle = nn.Linear(config.width, config.width)
        self.leave = nn.Linear(config.width, config.words, bias=False)
        self.table.weight = self.leave.weight
        self.apply(self.start)

    def start(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, mean=0.0, std=0.02)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, mean=0.0, std=0.02)

    def forward(self, tokens):
        return self.leave(torch.tanh(self.middle(self.table(tokens))))


def make(width=64, lr=1e-3):
    model = Net(Config(width=width))
    return model, torch.optim.Adam(model.parameters(), lr=lr)
