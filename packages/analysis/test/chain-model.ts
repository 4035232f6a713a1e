/** What varies between models that are a chain of three layers. */
export interface ChainParts {
  /** Statements before the class. */
  readonly before?: string;
  /** Statements at the end of the constructor. */
  readonly init?: string;
  /** Statements of the forward pass. */
  readonly forward?: string;
  /** More methods. */
  readonly methods?: string;
  /** Statements after the model is made. */
  readonly after?: string;
  /** What trains it. */
  readonly optimizer?: string;
}

/** A chain of three layers, a: 16 → n, b: n → n, c: n → 4, and the code that makes and trains it. */
export function chainModel(parts: ChainParts): string {
  const {
    before = '',
    init = '',
    forward = 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))',
    methods = '',
    after = '',
    optimizer = 'torch.optim.Adam(model.parameters(), lr=lr)',
  } = parts;
  return `
import math
import torch
import torch.nn.functional as F
from torch import nn
${before}

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n
        self.a = nn.Linear(16, n, bias=False)
        self.b = nn.Linear(n, n, bias=False)
        self.c = nn.Linear(n, 4, bias=False)
${indented(init, 8)}

    def forward(self, x):
${indented(forward, 8)}

${indented(methods, 4)}

def build(n, lr=0.1):
    model = Net(n)
${indented(after, 4)}
    optimizer = ${optimizer}
    return model, optimizer
`;
}

function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}
