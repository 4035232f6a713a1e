import { describe, expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

/** The exponents with which the parameters of a model start that a script goes through in a `try`. */
function startsAfter(attempt: string): string {
  const { models } = analyser.analyse(`# widthwise: width(n)
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.table = nn.Embedding(100, n)
        self.norm = nn.LayerNorm(n)

    def forward(self, ids):
        return self.norm(self.table(ids))

def prepare(n):
    net = Net(n)
    for name, p in net.named_parameters():
${attempt.replaceAll(/^(?=.)/gm, '        ')}
    return net
`);
  return (models[0]?.weights ?? []).map(({ name, b }) => `${name} ${b}`).join(', ');
}

const attempt = (body: string, handler = 'except:\n    pass') => `try:\n    ${body}\n${handler}`;

describe('an initializer that is tried', () => {
  test('starts what it does not refuse, and nothing else', () => {
    const started = 'table.weight 0.5, norm.weight 0, norm.bias zero';
    expect(startsAfter(attempt('nn.init.xavier_normal_(p.data)'))).toBe(started);
    expect(
      startsAfter(attempt('nn.init.xavier_normal_(p)', 'except ValueError:\n    nn.init.ones_(p)')),
    ).toBe('table.weight 0.5, norm.weight 0, norm.bias 0');
  });

  test('leaves what stands behind it, however it ends', () => {
    const handlers = 'except ValueError:\n    pass\nfinally:\n    nn.init.ones_(p)';
    expect(startsAfter(attempt('nn.init.xavier_normal_(p)', handlers))).toBe(
      'table.weight 0, norm.weight 0, norm.bias 0',
    );
  });

  test('leaves open which of several handlers runs', () => {
    const handlers = 'except KeyError:\n    nn.init.zeros_(p)\nexcept ValueError:\n    nn.init.ones_(p)';
    expect(startsAfter(attempt('nn.init.xavier_normal_(p)', handlers))).toBe(
      'table.weight 0.5, norm.weight null, norm.bias null',
    );
  });

  test('may or may not have done so where more stands beside it', () => {
    expect(startsAfter(attempt('check(p); nn.init.xavier_normal_(p)'))).toBe(
      'table.weight null, norm.weight null, norm.bias null',
    );
  });
});
