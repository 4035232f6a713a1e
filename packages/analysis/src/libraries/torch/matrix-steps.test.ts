import { expect, test } from 'vitest';
import { loadTestParser } from '../../../test/load-analyser.ts';
import { Budget } from '../../budget.ts';
import { observeFile } from '../../observe/run-file.ts';

const parser = await loadTestParser();

/** Whether the one optimizer of a file treats matrices as such. */
function isMatrix(step: string, functions = ''): boolean | null | undefined {
  const source = `import torch
from torch import nn
${functions}
class Own(torch.optim.Optimizer):
    def __init__(self, params, lr=0.1):
        super().__init__(params, dict(lr=lr))

    def step(self):
        for group in self.param_groups:
            for p in group['params']:
                ${step.replaceAll('\n', '\n                ')}

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.mid = nn.Linear(n, n)

    def forward(self, x):
        return self.mid(x)

def prepare(n):
    net = Net(n)
    return Own(net.parameters())
`;
  const { models } = observeFile(parser.parse(source, new Budget()), new Budget());
  return models[0]?.optimizers[0]?.isMatrix;
}

test('an optimizer treats matrices as such where its step comes to a product with a transpose', () => {
  expect(isMatrix('p.add_(p.grad, alpha=-0.1)')).toBe(false);
  expect(isMatrix('p.add_(p.grad @ p.weight, alpha=-0.1)')).toBe(false);
  expect(isMatrix('g = p.grad\np.add_(g @ g.T @ g)')).toBe(true);
  expect(
    isMatrix(
      'p.add_(turned(p.grad))',
      'def turned(g):\n    return whiten(g)\n\ndef whiten(a):\n    return a.transpose(-2, -1) @ a\n',
    ),
  ).toBe(true);
});

test('where a group decides whether it does, that is not known', () => {
  const step = "g = p.grad\nif group['use_this']:\n    p.add_(g @ g.mT @ g)\nelse:\n    p.add_(g)";
  expect(isMatrix(step)).toBeNull();
  expect(isMatrix(step.replace("group['use_this']", "group['kind'] == 'one'"))).toBeNull();
  expect(isMatrix(step.replace("group['use_this']", "group['momentum'] > 0"))).toBe(true);
});
