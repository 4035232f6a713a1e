"""Blocks that add to features which they are given have no width of their own: what is inside them goes with those."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth=512, inner=2048):
        super().__init__()
        self.up = nn.Linear(breadth, inner)
        self.down = nn.Linear(inner, breadth)
        self.norm = nn.LayerNorm(breadth)
        self.start()

    def start(self):
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)

    def forward(self, x):
        batch, channels, height, breadth = x.shape
        x = x.flatten(2).permute(0, 2, 1)
        x = self.norm(x + self.down(torch.relu(self.up(x))))
        return x.permute(0, 2, 1).view(batch, channels, height, breadth)


# row up.weight: role hidden
# row down.weight: role hidden
# no text: shrink like
# no text: outputs blow up
# verdict at most: none
