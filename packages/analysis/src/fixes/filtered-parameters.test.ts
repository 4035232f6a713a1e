import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { isMended } from './proven-fixes.ts';
import { edited } from './text-edits.ts';

/** A model whose hidden layer alone is trained too fast, by an optimizer that is given these parameters. */
const trained = (parameters: string, before = '') => `import torch
from torch import nn

# widthwise: width(width)
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.first = nn.Linear(8, width)
        self.middle = nn.Linear(width, width)
        self.last = nn.Linear(width, 1)
        nn.init.zeros_(self.last.weight)

    def forward(self, x):
        return self.last(self.middle(self.first(x).tanh()).tanh()) / self.width

    def optimizer(self, rate):
        ${before}
        return torch.optim.Adam(${parameters}, lr=rate)

model = Net(64)
adam = model.optimizer(1e-3)
`;

/** The text after the fix of the rate, which is proved; or why there is none. */
function mended(source: string): { readonly text?: string; readonly why?: string | undefined } {
  const before = analyse(source);
  const finding = before.findings.find(({ code }) => code === 'MUP301');
  const [fix] = finding?.fixes ?? [];
  if (finding === undefined || fix === undefined) throw new Error('no rate is too large');
  if (fix.edits.length === 0) return { why: fix.why };
  const text = edited(source, fix.edits);
  expect(isMended(before, analyse(text), [finding])).toBe(true);
  return { text: text.replaceAll(/\s+/g, ' ') };
}

describe('some of the parameters of a model become two groups, each with what they were chosen by', () => {
  test.for([
    ['self.parameters()', 'p for name, p in self.named_parameters() if'],
    [
      'filter(lambda p: p.requires_grad, self.parameters())',
      'p for name, p in self.named_parameters() if p.requires_grad and',
    ],
    [
      '[w for w in self.parameters() if w.requires_grad or True]',
      'w for name, w in self.named_parameters() if (w.requires_grad or True) and',
    ],
    [
      '(name for name in self.parameters() if name.requires_grad)',
      'name for key, name in self.named_parameters() if name.requires_grad and',
    ],
  ])('%s', ([parameters, members]) => {
    const { text } = mended(trained(parameters!));
    expect(text).toContain(`[${members} `.replace('[', ''));
    expect(text).toContain("== 'middle.weight'");
    expect(text).toContain("!= 'middle.weight'");
  });

  test.for([
    'list(self.first.parameters()) + [*map(lambda p: p, self.middle.parameters())]',
    '[p for p in self.parameters()  # all\n            ]',
    'map(lambda p: p, self.parameters())',
  ])('others say why not: %s', (parameters) => {
    expect(mended(trained(parameters)).why).toContain('neither all parameters of one model');
  });
});

test('a group that looks its parameters up by their names is made two by these', () => {
  const named =
    'named = dict(self.named_parameters())\n        groups = [{"params": [named[key] for key in sorted(named)], "weight_decay": 0.0}]';
  const { text } = mended(trained('groups', named));
  expect(text).toContain("named[key] for key in sorted(named) if key == 'middle.weight'");
  expect(text).toContain("named[key] for key in sorted(named) if key != 'middle.weight'");
});
