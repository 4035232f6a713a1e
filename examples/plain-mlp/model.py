"""A regression network as most scripts write it: default initialization, one learning rate."""

import torch
import torch.nn.functional as F
from torch import nn


class Regressor(nn.Module):
    def __init__(self, features, width, targets=1):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.middle = nn.Linear(width, width)
        self.last = nn.Linear(width, targets)

    def forward(self, x):
        x = F.gelu(self.first(x))
        x = F.gelu(self.middle(x))
        return self.last(x)


def main():
    torch.manual_seed(0)
    x = torch.randn(256, 8)
    y = torch.sin(x.sum(dim=1, keepdim=True))
    model = Regressor(features=8, width=256)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for step in range(201):
        loss = F.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 50 == 0:
            print(f"step {step:3d}  loss {loss.item():.4f}")


if __name__ == "__main__":
    main()
