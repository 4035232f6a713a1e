import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const net = (made: string) => `
import torch
from omegaconf import OmegaConf
from torch import nn

class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        if type(config) == dict:
            config = ${made}
        self.stem = nn.Linear(16, config.model.width)
        self.mix = nn.Linear(config.model.width, config.model.width)
        self.readout = nn.Linear(config.model.width, 10)
    def forward(self, x):
        return self.readout(torch.relu(self.mix(torch.relu(self.stem(x)))))
`;

test('a configuration that is made of a dict has what that has', () => {
  const { widths, weights } = onlyModel(net('OmegaConf.create(config)'));
  expect(widths).toEqual(['width']);
  expect(weights.map(({ role }) => role)).toEqual(['input', 'input', 'hidden', 'input', 'output', 'finite']);
});

const started = (line: string) =>
  onlyModel(`
import torch
from omegaconf import OmegaConf
from torch import nn

class Net(nn.Module):
    def __init__(self, width, name):
        super().__init__()
        given = OmegaConf.create({'std': 0.02, 'other': 1.0})
        ${line}
        self.stem = nn.Linear(16, width)
        self.mix = nn.Linear(width, width)
        self.readout = nn.Linear(width, 10)
        nn.init.normal_(self.mix.weight, std=given.std)
    def forward(self, x):
        return self.readout(self.mix(torch.relu(self.stem(x))))
`).weights[2]?.b;

test('a field that a configuration is updated with is another one', () => {
  expect(started("OmegaConf.update(given, 'std', width ** -0.5)")).toBe(0.5);
  expect(started("OmegaConf.update(given, 'std.of', 1.0)")).toBeNull();
  expect(started('OmegaConf.update(given, name, width ** -0.5)')).toBeNull();
  expect(started("OmegaConf.update(given, 'other', width)")).toBe(0);
});

test('what something else makes of it may have other sizes', () => {
  expect(onlyModel(net('restored(config)')).weights[2]?.role).not.toBe('hidden');
});
