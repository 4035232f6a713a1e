import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The roles of the layers of an actor that is made for `shown` numbers from an environment. */
function rolesBy(shown: string, made = 'config.env'): readonly (string | null)[] {
  const { weights } = onlyModel(`import gymnasium
import torch
from torch import nn

class Actor(nn.Module):
    def __init__(self, shown, taken, units):
        super().__init__()
        self.a = nn.Linear(shown, units, bias=False)
        self.b = nn.Linear(units, units, bias=False)
        self.c = nn.Linear(units, taken, bias=False)

    def forward(self, x):
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))

def main(config):
    env = gymnasium.make(${made})
    actor = Actor(${shown}, env.action_space.n, config.units)
    torch.optim.Adam(actor.parameters(), lr=1e-3)
`);
  return weights.map(({ role }) => role);
}

test('how large the spaces of an environment are, no network decides, whatever the environment is made of', () => {
  expect(rolesBy('env.observation_space.shape[0]')).toEqual(['input', 'hidden', 'output']);
  expect(rolesBy('env.single_observation_space.shape[-1]')).toEqual(['input', 'hidden', 'output']);
});

test('nor another number of theirs that a network is given, unless the width went into them', () => {
  expect(rolesBy('env.others.shape[0]')).toEqual(['input', 'hidden', 'output']);
  expect(rolesBy('env.others.shape[0]', 'config.units')).toEqual([null, 'hidden', 'output']);
});
