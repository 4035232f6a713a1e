import { expect, test } from 'vitest';
import { onlyModel } from '../../../../test/check-findings.ts';

const modelThat = (ends: string) =>
  onlyModel(`import torch
import torch.nn as nn
class Spans(nn.Module):
    def __init__(self, width, labels):
        super().__init__()
        self.first = nn.Linear(8, width, bias=False)
        self.mid = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, labels, bias=False)
        nn.init.zeros_(self.out.weight)
    def forward(self, x):
        h = torch.relu(self.mid(torch.relu(self.first(x))))
        scores = self.out(h)
        ${ends}
def train(width, labels):
    net = Spans(width, labels)
    return torch.optim.Adam(net.parameters(), lr=1e-3)
`);

test('of outputs that are cut into a number of parts which a setting gives, each is an output', () => {
  for (const ends of [
    'begin, end = scores.split(1, dim=-1); return begin.squeeze(-1), end.squeeze(-1)',
    'begin, end = torch.split(scores, 1, dim=-1); return begin, end',
    'begin, end = scores.unbind(dim=-1); return begin, end',
    'return torch.stack(scores.unbind(-1))',
  ]) {
    const { weights, widths } = modelThat(ends);
    expect(widths).not.toEqual([]);
    expect(weights.map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
  }
});

test('what else takes the outputs tells nothing of the last weight', () => {
  const { weights } = modelThat('return kernels.unknown(h)');
  expect(weights.at(-1)?.role ?? null).toBeNull();
});
