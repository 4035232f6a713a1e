# widthwise: width(dim)
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, dim, ratio=4):
        super().__init__()
        self.up = nn.Linear(dim, ratio * dim)
        self.down = nn.Linear(ratio * dim, dim)
        nn.init.normal_(self.up.weight, std=0.02)
        nn.init.normal_(self.down.weight, mean=0.0, std=0.02)

    def forward(self, x):
        return x + self.down(torch.relu(self.up(x)))


class Tower(nn.Module):
    def __init__(self, dim, depth):
        super().__init__()
        self.stem = nn.Linear(32, dim)
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        self.head = nn.Linear(dim, 5)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return self.head(x)


model = Tower(256, 6)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
