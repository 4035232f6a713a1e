"""A module around the model, through which it is trained, multiplies the output by what it was given."""

import torch
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


class Times(nn.Module):
    def __init__(self, inner, factor):
        super().__init__()
        self.inner, self.factor = inner, factor

    def forward(self, x):
        return self.inner(x) * self.factor


def train(breadth, batches, base=128, lr=1e-3):
    net = Net(breadth)
    whole = Times(net, 1 / breadth)
    ratio = breadth / base
    criterion = nn.MSELoss()
    optimizer = torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )

    def closure():
        loss = criterion(whole(batches[0]), batches[1])
        loss.backward()
        return loss

    optimizer.step(closure)


# says leave.weight: role output, a 1, b 1, c 1
# wants leave.weight: c 0
# verdict: trivial
