"""A model of mup's that is trained with an optimizer of torch's."""

from mup import MuReadout
from torch import nn, optim
from torch.nn import functional as F


class Readout(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.last = nn.Linear(16, width), MuReadout(width, 10)

    def forward(self, x):
        return self.last(F.relu(self.first(x)))


def train(model):
    return optim.Adam(model.parameters(), lr=0.01)
