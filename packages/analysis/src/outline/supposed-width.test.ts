import { expect, test } from 'vitest';
import { missingIn, onlyModel } from '../../test/check-findings.ts';
import { verdictLine } from '../words/regime-text.ts';

const attention = `from torch import nn

class Attend(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.norm = nn.LayerNorm(features)
        self.mix = nn.Linear(features, features)
        self.back = nn.Linear(features, features)

    def forward(self, x):
        return x + self.back(self.mix(self.norm(x)).relu())
`;

test('a part has a table for the one name that may be its width, and no verdict', () => {
  const model = onlyModel(attention);
  expect(model.widths).toEqual([]);
  expect(model.supposed).toEqual(['features']);
  expect(model.verdict).toBe(null);
  expect(model.weights.find(({ name }) => name === 'mix.weight')).toMatchObject({
    role: 'hidden',
    a: 0,
    b: 0.5,
  });
  expect(model.assumptions).toContain('Assumes `features` is what you scale.');
  expect(missingIn(model)).toContain('no width is declared or evident');
  expect(verdictLine(model)).toBe('no width is evident · read 6 of 6 weights, if features is the width');
});

test('a model whose other sizes are those of a bottleneck has the width that its hidden units have', () => {
  const model = onlyModel(`from torch import nn

class Net(nn.Module):
    def __init__(self, data, inner=400, code=20):
        super().__init__()
        self.first = nn.Linear(data, inner)
        self.squeeze = nn.Linear(inner, code)
        self.spread = nn.Linear(code, inner)
        self.last = nn.Linear(inner, 10)

    def forward(self, x):
        return self.last(self.spread(self.squeeze(self.first(x).relu())).relu())
`);
  expect(model).toMatchObject({ widths: ['inner'], supposed: [] });
  expect(model.weights.find(({ name }) => name === 'first.weight')?.role).toBe('input');
});

test('where two sizes that no activation follows may be the width, neither is supposed', () => {
  const model = onlyModel(`from torch import nn

class Net(nn.Module):
    def __init__(self, data, near, far):
        super().__init__()
        self.first = nn.Linear(data, near)
        self.mix = nn.Linear(near, far)
        self.last = nn.Linear(far, 10)

    def forward(self, x):
        return self.last(self.mix(self.first(x)))
`);
  expect(model.supposed).toEqual([]);
  expect(model.weights.every(({ role }) => role === null)).toBe(true);
});
