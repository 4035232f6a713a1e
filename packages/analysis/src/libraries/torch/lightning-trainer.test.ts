import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** c of the matrices of a model whose optimizer has the parameters of `what`. */
function rates(what: string, base = 'L.LightningModule'): readonly (number | null)[] {
  const source = `import torch
import lightning as L
from torch import nn

class Net(${base}):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(32, n)
        self.second = nn.Linear(n, n)
        self.last = nn.Linear(n, 10)

    def forward(self, x):
        return self.last(torch.relu(self.second(torch.relu(self.first(x)))))

    def configure_optimizers(self):
        return torch.optim.Adam(${what}.parameters(), lr=1e-3)
`;
  return onlyModel(source)
    .weights.filter(({ name }) => name.endsWith('weight'))
    .map(({ c }) => c);
}

test('the model of the trainer of a model of Lightning is that itself', () => {
  expect(rates('self.trainer.model')).toEqual([0, 0, 0]);
  expect(rates('self.trainer.lightning_module')).toEqual([0, 0, 0]);
});

test('what else a trainer has is not known, nor that of a model of something else', () => {
  expect(rates('self.trainer.datamodule')).toEqual([null, null, null]);
  expect(rates('self.trainer.model', 'nn.Module')).toEqual([null, null, null]);
});
