"""What the code makes smaller than the width may stay as it is, so that it is not said to grow."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, words, breadth=1024, narrow=16, depth=2):
        super().__init__()
        self.table = nn.Embedding(words, breadth)
        self.middles = nn.ModuleList([nn.Linear(breadth, breadth, bias=False) for _ in range(depth)])
        self.downs = nn.ModuleList([nn.Linear(breadth, narrow, bias=False) for _ in range(depth)])
        self.ups = nn.ModuleList([nn.Linear(narrow, breadth, bias=False) for _ in range(depth)])
        self.head = nn.Linear(breadth, words, bias=False)

    def forward(self, ids):
        x = self.table(ids)
        for middle, down, up in zip(self.middles, self.downs, self.ups):
            x = x + torch.relu(middle(x)) + up(torch.relu(down(x)))
        return self.head(x)


# says middles.*.weight: role hidden, a 0, b 0.5
# row downs.*.weight: role output, a 0, b 0.5
# row ups.*.weight: role input, a 0, b 0
# says head.weight: role output, a 0, b 0.5
