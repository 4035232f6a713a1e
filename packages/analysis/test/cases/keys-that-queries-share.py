"""Keys that several query heads share are repeated for them, unless each head has its own: one forward pass either way."""

from dataclasses import dataclass
from typing import Optional

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class Settings:
    breadth: int = 512
    heads: int = 8
    key_heads: Optional[int] = None
    words: int = 1000


def repeated(x, times):
    batch, length, heads, size = x.shape
    if times == 1:
        return x
    return x[:, :, :, None, :].expand(batch, length, heads, times, size).reshape(batch, length, heads * times, size)


class Attention(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        processes = 1
        key_heads = settings.heads if settings.key_heads is None else settings.key_heads
        self.heads = settings.heads // processes
        self.key_heads = key_heads // processes
        self.times = self.heads // self.key_heads
        self.size = settings.breadth // settings.heads
        self.q = nn.Linear(settings.breadth, settings.heads * self.size, bias=False)
        self.k = nn.Linear(settings.breadth, key_heads * self.size, bias=False)
        self.v = nn.Linear(settings.breadth, key_heads * self.size, bias=False)
        self.o = nn.Linear(settings.heads * self.size, settings.breadth, bias=False)

    def forward(self, x):
        batch, length, _ = x.shape
        q = self.q(x).view(batch, length, self.heads, self.size).transpose(1, 2)
        k = repeated(self.k(x).view(batch, length, self.key_heads, self.size), self.times).transpose(1, 2)
        v = repeated(self.v(x).view(batch, length, self.key_heads, self.size), self.times).transpose(1, 2)
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.o(out.transpose(1, 2).reshape(batch, length, -1))


class Net(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.table = nn.Embedding(settings.words, settings.breadth)
        self.attention = Attention(settings)
        self.head = nn.Linear(settings.breadth, settings.words, bias=False)

    def forward(self, ids):
        x = self.table(ids)
        return self.head(x + self.attention(x))


net = Net(Settings(key_heads=2))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)


# says table.weight: role input, a 0, b 0, c 0
# says attention.q.weight: role hidden, a 0, b 0.5, c 0
# says attention.k.weight: role hidden, a 0, b 0.5, c 0
# says attention.v.weight: role hidden, a 0, b 0.5, c 0
# says attention.o.weight: role hidden, a 0, b 0.5, c 0
# says head.weight: role output, a 0, b 0.5, c 0
# verdict: unstable
