import { describe, expect, test } from 'vitest';
import { chainModel } from '../../test/chain-model.ts';
import { analyse, onlyModel } from '../../test/check-findings.ts';

/** The optimizer of the hidden weight of a model whose optimizer is built as these lines say. */
function optimizerOf(lines: string): string | null | undefined {
  const [model] = chainModel({}).split('\ndef build(');
  return onlyModel(`${model}\n${lines}`).weights.find(({ name }) => name === 'b.weight')?.optimizer;
}

describe('a function comes to a model', () => {
  test('by the name of a library', () => {
    expect(optimizerOf('def go(n):\n    torch.optim.Adam(Net(n).parameters(), lr=0.1)')).toBe('adam');
  });

  test('by other names that the file has for what builds it', () => {
    const lines = `
Optimizer = torch.optim.Adam
Model = Net
def go(n):
    Optimizer(Model(n).parameters(), lr=0.1)
`;
    expect(optimizerOf(lines)).toBe('adam');
  });

  test('by another function', () => {
    const lines = `
def optimize(parameters):
    return torch.optim.Adam(parameters, lr=0.1)
def go(n):
    other(n)
def other(n):
    optimize(MODELS[0](n).parameters())
MODELS = [Net]
`;
    expect(optimizerOf(lines)).toBe('adam');
  });

  test('by a method of a class that it makes', () => {
    const lines = `
class Trainer:
    def __init__(self, n):
        self.model = Net(n)
    def fit(self):
        torch.optim.Adam(self.model.parameters(), lr=0.1)
def go(n):
    Trainer(n).fit()
`;
    expect(optimizerOf(lines)).toBe('adam');
  });

  test('by a list of what builds models', () => {
    const lines = `
STEPS = [lambda n: torch.optim.Adam(Net(n).parameters(), lr=0.1)]
def go(n):
    STEPS[0](n)
`;
    expect(optimizerOf(lines)).toBe('adam');
  });
});

test('functions that come to none take no work from those that do', () => {
  const body = `    for i in range(60):
        for j in range(60): x = x * i + y`;
  const others = Array.from({ length: 100 }, (_, at) => `def op_${at}(x, y):\n${body}\n`).join('\n');
  const { models, unread } = analyse(`${others}\n${chainModel({})}`);
  expect(unread).toEqual([]);
  expect(models.map(({ name }) => name)).toEqual(['Net']);
});
