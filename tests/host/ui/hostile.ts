/** Once it took the language server with it, five times, until VS Code started it no more. */
export const HOSTILE = `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        s = "ab"
        for i in range(27): s = s + s
        s.split("b")
        self.fc = nn.Linear(width, width)
    def forward(self, x):
        return self.fc(x)
`;
