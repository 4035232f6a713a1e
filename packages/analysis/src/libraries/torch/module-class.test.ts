import { expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

const modelsBy = (base: string) =>
  analyse(`
import torch
from torch import jit, nn

class Net(${base}):
    __constants__ = ['width']

    def __init__(self, width):
        super().__init__()
        self.width = width
        self.first = nn.Linear(4, width)
        self.mid = nn.Linear(width, width)
        self.last = nn.Linear(width, 1)

    @jit.script_method
    def forward(self, x):
        return self.last(torch.relu(self.mid(torch.relu(self.first(x)))))
`).models.map(({ name, weights }) => [name, weights.filter(({ role }) => role === 'hidden').length]);

test('a class that is compiled as a whole is a module', () => {
  expect(modelsBy('jit.ScriptModule')).toEqual([['Net', 1]]);
  expect(modelsBy('torch.jit.ScriptModule')).toEqual([['Net', 1]]);
});

test('what TorchScript has besides is none', () => {
  expect(modelsBy('torch.jit.CompilationUnit')).toEqual([]);
});
