"""Queries that are scaled before they meet the keys have the size of keys: the factor is one of the logits."""

import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, breadth, heads):
        super().__init__()
        self.heads = heads
        self.scale = (breadth // heads) ** -0.5
        self.q = nn.Linear(breadth, breadth)
        self.k = nn.Linear(breadth, breadth)
        self.v = nn.Linear(breadth, breadth)
        self.o = nn.Linear(breadth, breadth)
        for layer in (self.q, self.k, self.v, self.o):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        batch, length, breadth = x.shape
        q, k, v = (one(x).view(batch, length, self.heads, -1).transpose(1, 2) for one in (self.q, self.k, self.v))
        attention = (q * self.scale @ k.transpose(-2, -1)).softmax(-1)
        return self.o((attention @ v).transpose(1, 2).reshape(batch, length, breadth))


class Net(nn.Module):
    def __init__(self, words, breadth, heads):
        super().__init__()
        self.table = nn.Embedding(words, breadth)
        self.attention = Attention(breadth, heads)
        self.norm = nn.LayerNorm(breadth)
        self.head = nn.Linear(breadth, words, bias=False)

    def forward(self, ids):
        x = self.table(ids)
        return self.head(x + self.attention(self.norm(x)))


def train(words, breadth, heads):
    net = Net(words, breadth, heads)
    return torch.optim.Adam(net.parameters(), lr=1e-3)


# says attention.q.weight: role hidden, a 0.5, b 0.5, c 0
# says attention.k.weight: role hidden, a 0, b 0.5, c 0
# says attention.o.weight: role hidden, a 0, b 0.5, c 0
# verdict: unstable
# no text: shrink like
