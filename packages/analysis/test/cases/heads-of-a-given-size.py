"""Heads whose size the code gives a number get more with the width, and what a block has inside grows with it."""

import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, breadth, count, size):
        super().__init__()
        self.count = count
        self.scale = size ** -0.5
        self.enter = nn.Linear(breadth, 3 * count * size, bias=False)
        self.leave = nn.Linear(count * size, breadth, bias=False)

    def forward(self, x):
        batch, places, _ = x.shape
        q, k, v = (
            part.view(batch, places, self.count, -1).transpose(1, 2) for part in self.enter(x).chunk(3, dim=-1)
        )
        looks = ((q @ k.transpose(-2, -1)) * self.scale).softmax(dim=-1)
        return self.leave((looks @ v).transpose(1, 2).reshape(batch, places, -1))


class Net(nn.Module):
    def __init__(self, *, words, breadth, depth, count, inside, places, size=64, answers=10):
        super().__init__()
        self.table = nn.Embedding(words, breadth)
        self.places = nn.Parameter(torch.zeros(1, places, breadth))
        self.attentions = nn.ModuleList([Attention(breadth, count, size) for _ in range(depth)])
        self.ups = nn.ModuleList([nn.Linear(breadth, inside, bias=False) for _ in range(depth)])
        self.downs = nn.ModuleList([nn.Linear(inside, breadth, bias=False) for _ in range(depth)])
        self.gains = nn.Parameter(torch.ones(depth))
        self.head = nn.Linear(breadth, answers, bias=False) if answers > 0 else None

    def forward(self, ids):
        _, length = ids.shape
        x = self.table(ids) + self.places[:, :length]
        for at, (attention, up, down) in enumerate(zip(self.attentions, self.ups, self.downs)):
            x = x + self.gains[at] * attention(x)
            x = x + down(torch.nn.functional.gelu(up(x)))
        if self.head is None:
            return x
        return self.head(x.mean(dim=1))


# says table.weight: role input, a 0, b 0
# says attentions.*.enter.weight: role hidden, a 0, b 0.5
# says attentions.*.leave.weight: role hidden, a 0, b 0.5
# says ups.*.weight: role hidden, a 0, b 0.5
# says downs.*.weight: role hidden, a 0, b 0.5
# says head.weight: role output, a 0, b 0.5
# row places: role input
# row gains: role finite
# MUP101: nothing
