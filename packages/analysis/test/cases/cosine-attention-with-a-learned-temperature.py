"""A temperature that is learned does not make logits of queries and keys of length 1 grow: measured, they do not."""

import torch
import torch.nn.functional as F
from torch import nn


class Mix(nn.Module):
    def __init__(self, breadth, heads=4):
        super().__init__()
        self.heads = heads
        self.three = nn.Linear(breadth, 3 * breadth, bias=False)
        self.out = nn.Linear(breadth, breadth, bias=False)
        self.sharpness = nn.Parameter(torch.ones(heads, 1, 1))

    def forward(self, x):
        batch, length, breadth = x.shape
        parts = self.three(x).view(batch, length, 3, self.heads, breadth // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        q, k = F.normalize(q, dim=-1), F.normalize(k, dim=-1)
        shares = (q @ k.transpose(-2, -1) * self.sharpness).softmax(-1)
        return self.out((shares @ v).transpose(1, 2).reshape(batch, length, breadth))


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth)
        self.level = nn.LayerNorm(breadth)
        self.mix = Mix(breadth)
        self.leave = nn.Linear(breadth, 1, bias=False)
        nn.init.normal_(self.enter.weight, std=0.3)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        h = self.enter(x)
        return self.leave(h + self.mix(self.level(h)))


def train(breadth, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    return torch.optim.Adam(
        [
            {"params": [*net.enter.parameters(), *net.level.parameters(), net.mix.sharpness], "lr": lr},
            {"params": [net.mix.three.weight, net.mix.out.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )


# row mix.sharpness: role finite, a 0, b 0, c 0
# says mix.three.weight: role hidden, a 0, b 0.5, c 1
# verdict at most: feature-learning
