import math

import torch
from torch import nn


class Branches(nn.Module):
    def __init__(self, n, scaled=True, gain=1.0):
        super().__init__()
        self.a = nn.Linear(16, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 4)
        std = 0.02 if gain > 1 else 0.5
        for layer in (self.a, self.b):
            if isinstance(layer, nn.Linear):
                nn.init.normal_(layer.weight, std=std)
        if scaled:
            nn.init.normal_(self.c.weight, std=gain / n)
        else:
            nn.init.kaiming_normal_(self.c.weight)

    def forward(self, x):
        h = torch.nn.functional.gelu(self.a(x))
        h = torch.nn.functional.gelu(self.b(h))
        return self.c(h) / math.sqrt(self.b.in_features)


if __name__ == "__main__":
    net = Branches(512)
    opt = torch.optim.AdamW([p for p in net.parameters()], lr=1e-3, weight_decay=0.1)
