"""A convolution takes positions for channels, as in gMLP's gate: how many there are is no width."""

import torch
from torch import nn


class Gate(nn.Module):
    def __init__(self, breadth, places):
        super().__init__()
        self.norm = nn.LayerNorm(breadth)
        self.mix = nn.Conv1d(places, places, 1)

    def forward(self, x):
        kept, gate = x.chunk(2, dim=-1)
        return kept * self.mix(self.norm(gate))


class Block(nn.Module):
    def __init__(self, breadth, places):
        super().__init__()
        self.norm = nn.LayerNorm(breadth)
        self.up = nn.Linear(breadth, 4 * breadth)
        self.gate = Gate(2 * breadth, places)
        self.down = nn.Linear(2 * breadth, breadth)

    def forward(self, x):
        return x + self.down(self.gate(torch.relu(self.up(self.norm(x)))))


class Net(nn.Module):
    def __init__(self, breadth, places=8, depth=2):
        super().__init__()
        self.enter = nn.Linear(16, breadth)
        self.blocks = nn.ModuleList(Block(breadth, places) for _ in range(depth))
        self.leave = nn.Linear(breadth, 10)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        x = self.enter(x)
        for block in self.blocks:
            x = block(x)
        return self.leave(x.mean(1))


# row blocks.*.gate.mix.weight: role finite, b 0
# says blocks.*.up.weight: role hidden, b 0.5
