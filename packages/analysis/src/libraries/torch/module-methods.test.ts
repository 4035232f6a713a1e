import { expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';
import { checkParameters } from '../../../test/check-parameters.ts';

const holding = (added: string) => `
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.parts = nn.ModuleDict({'up': nn.Linear(5, n, bias=False)})
        ${added}
        self.parts['up'].reset_parameters()

    def forward(self, x):
        return self.parts['out'](self.parts['up'](x))
`;

test('a dict of modules has what it is updated with', () => {
  const made = "self.parts.update({'out': nn.Linear(n, 3, bias=False)})";
  checkParameters(holding(made), 'parts.up.weight: n × 5, random 5^-½\nparts.out.weight: 3 × n, random n^-½');
  const [model] = analyse(`from torch import nn\n${holding(made)}`).models;
  expect(model?.weights.map(({ role }) => role)).toEqual(['input', 'output']);
});

test('what it is updated with may be anything where that is not read', () => {
  const [model] = analyse(
    `from torch import nn\nfrom there import made\n${holding('self.parts.update(made(n))')}`,
  ).models;
  expect(model?.weights.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^parts\.(?!up\.)/));
});

test('what is applied to all its tensors may make any others of them', () => {
  const source = holding("self.parts.update({'out': nn.Linear(n, 3, bias=False)})").replace(
    "self.parts['up'].reset_parameters()",
    'self._apply(lambda tensor: tensor / n)',
  );
  const [model] = analyse(`from torch import nn\n${source}`).models;
  expect(model?.weights.map(({ b }) => b)).toEqual([null, null]);
});
