import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The role of the last layer of a model that gives what some lines make of its loss. */
function roleOfLast(...lines: string[]): string | null | undefined {
  const model = onlyModel(`import torch
import torch.nn.functional as F
from torch import nn
from elsewhere import weighed

class Net(nn.Module):
    def __init__(self, pixels, wide, kinds, how):
        super().__init__()
        self.how = how
        self.stem = nn.Linear(pixels, wide)
        self.mix = nn.Linear(wide, wide)
        self.last = nn.Linear(wide, kinds)

    def forward(self, x, y):
        z = self.last(self.mix(self.stem(x).relu()).relu())
        ${lines.join('\n        ')}
`);
  return model.weights.find(({ name }) => name === 'last.weight')?.role;
}

test.each([
  ['something that is not read', ['return weighed(F.cross_entropy(z, y, reduction="none"))']],
  [
    'what a condition leaves of that',
    [
      'loss = F.cross_entropy(z.transpose(1, 2), y, reduction=self.how)',
      'if self.how == "none":',
      '    loss = weighed(loss).mean()',
      'return loss',
    ],
  ],
  ['a mean over what is not known', ['return F.cross_entropy(z, y, reduction="none").mean(self.how)']],
])('what a loss is computed of is the task’s, also where the model gives %s', (_, lines) => {
  expect(roleOfLast(...lines)).toBe('output');
});
