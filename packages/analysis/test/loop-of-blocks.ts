/** A network whose hidden weights stand in a list, before anything makes or trains it. */
export const LOOP_OF_BLOCKS = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width=64, depth=8):
        super().__init__()
        self.width = width
        self.enter = nn.Linear(16, width)
        self.blocks = nn.ModuleList([nn.Linear(width, width, bias=False) for _ in range(depth)])
        self.leave = nn.Linear(width, 10)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        x = torch.relu(self.enter(x))
        for block in self.blocks:
            x = torch.relu(block(x))
        return self.leave(x)
`;
