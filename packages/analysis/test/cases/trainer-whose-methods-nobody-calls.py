"""Methods that nobody in sight calls train what the constructor of their class has made."""

import math

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)
        nn.init.normal_(self.enter.weight, std=0.3)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
        nn.init.normal_(self.leave.weight, std=0.02)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


class Training:
    def __init__(self, breadth, rate):
        self.ratio = breadth / 128
        self.net = Net(breadth)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=rate)
        self.count = 0

    def round(self, batches):
        for given, wanted in batches:
            F.mse_loss(self.net(given) / self.ratio, wanted).backward()
            self.optimizer.step()
            self.count += 1

    def report(self):
        print(self.count)


# says middle.weight: role hidden, a 0, b 0.5, c 0
# says leave.weight: role output, a 1, b 0, c 0
