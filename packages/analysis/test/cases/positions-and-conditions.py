"""Positions and a token that are added or put in front are inputs; what a time conditions is a gate of zeros."""

import math
import torch
from torch import nn


class Clock(nn.Module):
    def __init__(self, width, waves=64):
        super().__init__()
        self.waves = waves
        self.one = nn.Linear(waves, width)

    def forward(self, time):
        half = self.waves // 2
        rates = torch.exp(-math.log(10000) * torch.arange(start=0, end=half, dtype=torch.float32) / half)
        angles = time[:, None].float() * rates[None]
        return self.one(torch.cat([torch.cos(angles), torch.sin(angles)], dim=-1))


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.mid = nn.Linear(width, width)
        self.modulation = nn.Sequential(nn.SiLU(), nn.Linear(width, 3 * width))
        nn.init.zeros_(self.modulation[-1].weight)
        nn.init.zeros_(self.modulation[-1].bias)

    def forward(self, x, c):
        shift, scale, gate = self.modulation(c).chunk(3, dim=1)
        inside = self.norm(x) * (1 + scale.unsqueeze(1)) + shift.unsqueeze(1)
        return x + gate.unsqueeze(1) * self.mid(inside)


class Net(nn.Module):
    def __init__(self, width=64, side=32, patch=4, kinds=10):
        super().__init__()
        count = (side // patch) ** 2
        self.enter = nn.Linear(3 * patch * patch, width)
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.places = nn.Parameter(torch.randn(1, count + 1, width) * 0.02)
        self.clock = Clock(width)
        self.kind = nn.Embedding(kinds, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(2)])
        self.leave = nn.Linear(width, 3)

    def forward(self, patches, time, kind):
        x = self.enter(patches)
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], dim=1) + self.places
        c = self.clock(time) + self.kind(kind)
        for block in self.blocks:
            x = block(x, c)
        return self.leave(x)


net = Net()
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-4)


# says token: role input, a 0, b zero, c 0
# says places: role input, a 0, b 0, c 0
# says clock.one.weight: role input, a 0, b 0, c 0
# says blocks.*.modulation.1.weight: role hidden, a 0, b zero, c 0
# says blocks.*.mid.weight: role hidden, a 0, b 0.5, c 0
# says leave.weight: role output, a 0, b 0.5, c 0
# verdict: unstable
