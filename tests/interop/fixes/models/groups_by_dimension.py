"""Two groups, as many scripts have them, of which one decays, and a third whose rate falls while its decay does not go against it."""

import torch
from torch import nn


class Net(nn.Module):
  def __init__(self, width):
    super().__init__()
    self.width = width
    self.enter = nn.Linear(16, width)
    self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(3)])
    self.last = nn.Linear(width, width, bias=False)
    self.leave = nn.Linear(width, 10)
    nn.init.zeros_(self.leave.weight)

  def forward(self, x):
    x = torch.relu(self.enter(x))
    for block in self.blocks:
      x = torch.relu(block(x))
    return self.leave(torch.relu(self.last(x)))


def make(width=64, lr=1e-3, base_width=64):
  model = Net(width)
  named = [(n, p) for n, p in model.named_parameters() if n != "last.weight"]
  groups = [
    {
      "params": [p for n, p in named if p.dim() >= 2],
      "weight_decay": 0.1,
    },
    {"params": [p for n, p in named if p.dim() < 2], "weight_decay": 0.0},
    {"params": [model.last.weight], "lr": lr * base_width / width},
  ]
  return model, torch.optim.AdamW(groups, lr=lr, weight_decay=0.05)
