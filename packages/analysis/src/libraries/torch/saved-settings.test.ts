import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** c of the matrices of a model of Lightning. */
function rates(saved: string, settings: string): readonly (number | null)[] {
  const source = `import torch
import lightning as L
from torch import nn

class Net(L.LightningModule):
    def __init__(self, n, peak=1e-3):
        super().__init__()
        ${saved}
        self.a = nn.Linear(32, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 10)
        nn.init.zeros_(self.c.weight)

    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))

    def configure_optimizers(self):
        s = ${settings}
        return torch.optim.Adam([
            {'params': [self.a.weight, self.a.bias, self.b.bias, self.c.bias]},
            {'params': [self.b.weight, self.c.weight], 'lr': s['peak'] / s.n},
        ], lr=s.peak)
`;
  return onlyModel(source)
    .weights.filter(({ name }) => name.endsWith('weight'))
    .map(({ c }) => c);
}

test('what a constructor is given stands in what Lightning keeps of it', () => {
  expect(rates('self.save_hyperparameters()', 'self.hparams')).toEqual([0, 1, 1]);
  expect(rates("self.save_hyperparameters('n', 'peak')", 'self.hparams')).toEqual([0, 1, 1]);
  expect(rates("self.save_hyperparameters(ignore=['criterion'])", 'self.hparams')).toEqual([0, 1, 1]);
});

test('a size of the name of the width is unknown where it is read from what is not followed', () => {
  expect(rates('self.kept = load_settings()', 'self.kept')).toEqual([0, null, null]);
  expect(rates('pass', 'load_settings()')).toEqual([0, null, null]);
});

test('what a constructor is given stands in what diffusers registers of it', () => {
  const source = `import torch
from torch import nn
from diffusers.configuration_utils import ConfigMixin, register_to_config

class Net(nn.Module, ConfigMixin):
    @register_to_config
    def __init__(self, n: int = 256):
        super().__init__()
        self.a = nn.Linear(32, n)
        self.b = nn.Linear(n, n)
        self.c = nn.Linear(n, 10)
        nn.init.normal_(self.c.weight)

    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x))))) / self.config.n
`;
  const readout = onlyModel(source).weights.find(({ name }) => name === 'c.weight');
  expect(readout).toMatchObject({ a: 1, b: 0 });
});
