import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../test/check-findings.ts';
import { graphOf } from '../../test/graph-of.ts';

/** A network of features of any rank, of which some lines make others. */
function network(lines: string): string {
  return `import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, wide, classes):
        super().__init__()
        self.stem = nn.Linear(16, wide)
        self.mix = nn.Linear(wide, wide)
        self.part = nn.Linear(8, wide)
        self.table = nn.Parameter(torch.randn(wide, wide))
        self.readout = nn.Linear(wide, classes)

    def forward(self, x):
        h = self.stem(x).relu()
${lines.replaceAll(/^/gm, '        ')}
        return self.readout(h)
`;
}

/** How the inputs of a layer that some lines apply are laid out. */
function givenTo(lines: string): string {
  const graph = graphOf(network(lines));
  const at = graph.findIndex((line) => /\] (?:relu|tanh) /.test(line));
  return /\[(.*)\]/.exec(graph[at + 1] ?? '')?.[1] ?? '';
}

const LAID_OUT = [
  ['a slice of a shape', 'lead = h.shape[:2]\nh = self.mix(h.reshape(lead[0] * lead[1], -1))'],
  ['lengths that are asked for one by one', 'h = self.mix(h.view(h.size(0) * h.size(1), -1))'],
  ['a matrix of the code’s own', 'h = h.reshape(h.size(0) * h.size(1), -1) @ self.table'],
  ['a functional layer', 'h = F.linear(h.view(h.size(0) * h.size(1), -1), self.table)'],
] as const;

describe('what a matrix is applied to is as long as the matrix sums over, and before it are the data’s', () => {
  test.each(LAID_OUT)('by %s', (_, lines) => {
    expect(givenTo(lines)).toBe('data wide');
  });
});

test('what else is in front of it stays open', () => {
  expect(givenTo('h = self.part(h.reshape(h.size(1), -1))')).toBe('? 8');
});

test('a readout behind features that are taken apart again is one', () => {
  const { weights } = onlyModel(
    network(
      'lead = h.shape[:2]\nh = self.mix(h.reshape(lead[0] * lead[1], -1)).relu()\nh = h.view(lead[0], lead[1], -1)',
    ),
  );
  const readout = weights.find(({ name }) => name === 'readout.weight');
  expect(readout?.role).toBe('output');
});
