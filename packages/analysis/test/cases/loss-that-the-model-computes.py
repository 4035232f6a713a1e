"""What a script does with a loss that the model computes itself leaves the output what it is."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.parallel import DistributedDataParallel


class Net(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.enter = nn.Linear(64, width)
        self.head = nn.Linear(width, classes, bias=False)

    def forward(self, points, labels=None):
        scores = self.head(F.relu(self.enter(points)))
        if labels is None:
            return scores, None
        return scores, F.cross_entropy(scores, labels)


rounds = 8
net = Net(512, 10)
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
net = torch.compile(net)
net = DistributedDataParallel(net)
scaler = torch.amp.GradScaler()
for step in range(100):
    for _ in range(rounds):
        scores, cost = net(torch.randn(32, 64), torch.randint(10, (32,)))
        cost = cost / rounds
        scaler.scale(cost).backward()
    scaler.step(optimizer)
    print(f"{step}: {cost.item() * rounds:.3f}", scores.argmax(-1))

# says head.weight: role output, a 0, b 0.5, c 0
# says enter.weight: role input, a 0, b 0, c 0
