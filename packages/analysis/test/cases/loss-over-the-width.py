"""A loss that is divided, for accumulation or by the width, is no output that is; a temperature has no power."""

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)
        nn.init.normal_(self.leave.weight, std=1 / breadth)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def train(breadth, batches, temperature, parts, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    scaler = torch.cuda.amp.GradScaler()
    optimizer = torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )
    for given, wanted in batches:
        loss = F.mse_loss(net(given) / temperature, wanted) / parts
        scaler.scale(loss / breadth).backward()
        scaler.step(optimizer)


# says leave.weight: role output, a 0, b 1, c 1
# verdict: feature-learning
