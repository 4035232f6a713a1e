"""A network whose sizes are numbers is read as one in which what is inside grows; nothing is found in it."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, into, out):
        super().__init__()
        self.first = nn.Conv2d(into, out, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(out)
        self.second = nn.Conv2d(out, out, 3, padding=1, bias=False)
        self.short = nn.Sequential()
        if into != out:
            self.short = nn.Sequential(nn.Conv2d(into, out, 1, bias=False))

    def forward(self, x):
        return torch.relu(self.second(torch.relu(self.norm(self.first(x)))) + self.short(x))


class Net(nn.Module):
    def __init__(self, answers=10):
        super().__init__()
        self.enter = nn.Conv2d(3, 24, 3, padding=1, bias=False)
        self.one = Block(24, 24)
        self.two = Block(24, 48)
        self.wide = nn.Conv2d(48, 40, 1, bias=False)
        self.narrow = nn.Conv2d(48, 30, 1, bias=False)
        self.thin = nn.Conv2d(48, 10, 1, bias=False)
        self.both = nn.Conv2d(80, 32, 1, bias=False)
        self.leave = nn.Linear(32, answers, bias=False)
        nn.init.normal_(self.both.weight, std=0.01)

    def forward(self, image):
        x = self.two(self.one(torch.relu(self.enter(image))))
        x = torch.cat([torch.relu(self.wide(x)), torch.relu(self.narrow(x)), torch.relu(self.thin(x))], dim=1)
        x = torch.relu(self.both(x))
        x = nn.functional.adaptive_avg_pool2d(x, (1, 1))
        return self.leave(x.view(x.size(0), -1))


def prepare():
    net = Net()
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)


# says enter.weight: role input, a 0, b 0
# says one.first.weight: role hidden, a 0, b 0.5
# says two.first.weight: role hidden, a 0, b 0.5
# says two.norm.weight: role input, b 0
# says two.short.0.weight: role hidden, b 0.5
# says wide.weight: role hidden, b 0.5
# says both.weight: role hidden, b 0
# says leave.weight: role output, b 0.5
# MUP101: nothing
