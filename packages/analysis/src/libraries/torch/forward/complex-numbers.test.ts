import { expect, test } from 'vitest';
import { onlyModel } from '../../../../test/check-findings.ts';

/** Of a model that turns what a layer makes by these lines, what is missing of that layer. */
function missingWith(...lines: readonly string[]): readonly string[] {
  const { weights } = onlyModel(`
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, tokens, width, heads):
        super().__init__()
        self.head = width // heads
        self.embed = nn.Embedding(tokens, width)
        self.mid = nn.Linear(width, width, bias=False)
        self.readout = nn.Linear(width, tokens, bias=False)
        angles = torch.outer(torch.arange(512), 1.0 / (1e4 ** (torch.arange(0, self.head, 2) / self.head)))
        self.turns = torch.polar(torch.ones_like(angles), angles)

    def forward(self, ids):
        h = self.embed(ids)
        x = self.mid(h)
        pairs = x.float().reshape(*x.shape[:-1], -1, 2)
        turns = self.turns
        ${lines.join('\n        ')}
        return self.readout(turned.flatten(2) + h)
`);
  return weights
    .filter(({ name }) => name === 'mid.weight')
    .flatMap(({ missing }) => missing.map(({ kind }) => kind))
    .filter((kind) => kind !== 'no-optimizer');
}

test('turning pairs of features leaves their size, in complex numbers or in their parts', () => {
  expect(missingWith('turned = torch.view_as_real(torch.view_as_complex(pairs) * turns)')).toEqual([]);
  expect(
    missingWith(
      'one, other = pairs[..., 0], pairs[..., 1]',
      'parts = [one * turns.real - other * turns.imag, other * turns.real + one * turns.imag]',
      'turned = torch.stack(parts, -1)',
    ),
  ).toEqual([]);
});

test('a part of complex features alone is not followed', () => {
  expect(missingWith('turned = torch.view_as_complex(pairs).real.unsqueeze(-1)')).not.toEqual([]);
});
