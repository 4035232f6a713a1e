import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

const trained = (body: string) => {
  const { models } = analyser.analyse(`# widthwise: width(n)
import torch
from torch import nn
import cerebras.pytorch as cstorch

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(5, n, bias=False)
        self.mid = nn.Linear(n, n, bias=False)

    def forward(self, x):
        return torch.tanh(self.mid(torch.tanh(self.up(x))))

def prepare(n, top=1e-3):
    net = Net(n)
    compiled = cstorch.compile(net, cstorch.backend('CSX'))
    optimizer = cstorch.optim.AdamW(net.parameters(), lr=0.1 / n, weight_decay=0.1, correct_bias=True)
${body}
`);
  return models[0]?.weights.map(({ optimizer, c, b }) => `${optimizer} ${c} ${b}`);
};

test("Cerebras' optimizers are PyTorch's, whatever compiles the model", () => {
  expect(trained('    optimizer.step()')).toEqual(['adam 1 0', 'adam 1 0.5']);
});

test("Cerebras' schedulers set the rates that they are told", () => {
  const rates = (first: string, last: string) => `    lr = cstorch.optim.lr_scheduler
    scheduler = lr.SequentialLR(optimizer, schedulers=[
        lr.LinearLR(optimizer, initial_learning_rate=${first}, end_learning_rate=${last}, total_iters=10),
        lr.CosineDecayLR(optimizer, initial_learning_rate=${last}, end_learning_rate=0.1 * ${last}, total_iters=90),
    ], milestones=[10])
    optimizer.step()
    scheduler.step()`;
  expect(trained(rates('0.0', 'top'))).toEqual(['adam 0 0', 'adam 0 0.5']);
  expect(trained(rates('top / n', 'top / n'))).toEqual(['adam 1 0', 'adam 1 0.5']);
});
