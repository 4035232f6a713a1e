"""A network is made of the sizes that are looked up by what its code gives it, with the marks among them left out."""

import torch
from torch import nn

PLANS = {
    "small": [24, "pool", (48, 2), 48, "pool"],
    "large": [40, 40, "pool", (80, 2), 80, 80, "pool"],
}
ANSWERS = {0.5: 10, 1: 100}


class Net(nn.Module):
    def __init__(self, plan, share):
        super().__init__()
        self.body = self.stages(PLANS[plan])
        self.leave = nn.Linear(48, ANSWERS[share])

    def stages(self, plan):
        parts = []
        into = 3
        for one in plan:
            if one == "pool":
                parts += [nn.MaxPool2d(2)]
                continue
            out = one if isinstance(one, int) else one[0]
            parts += [nn.Conv2d(into, out, 3, padding=1), nn.BatchNorm2d(out), nn.ReLU()]
            into = out
        return nn.Sequential(*parts)

    def forward(self, image):
        x = self.body(image)
        return self.leave(x.mean((2, 3)))


net = Net("small", 0.5)


# says body.0.weight: role input, a 0, b 0
# says body.1.weight: role input, a 0, b 0
# says body.4.weight: role hidden, a 0, b 0.5
# says body.7.weight: role hidden, a 0, b 0.5
# says body.{4,7}.bias: role input, b 0.5
# says body.{5,8}.bias: role input, b zero
# says leave.weight: role output, a 0, b 0.5
# assumes: it is made with `plan = 'small'`, `share = 0.5`.
# MUP101: nothing
