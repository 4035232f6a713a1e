import { expect, test } from 'vitest';
import { analyse, matricesOf } from '../../test/check-findings.ts';
import type { ModelOutline } from '../model-outline.ts';

const handing = (part: string, { calls = '', parameters = 'width=64, *rest, **given' } = {}) => `
from torch import nn

class Trunk(nn.Module):
    def __init__(self, width=32, std=0.02, ratio=4, depth=2, classes=10):
        super().__init__()
        self.lift = nn.Linear(16, width)
        self.up = nn.Linear(width, ratio * width)
        self.down = nn.Linear(ratio * width, width)
        self.head = nn.Linear(width, classes)
        nn.init.normal_(self.up.weight, std=std)

    def forward(self, x):
        return self.head(self.down(self.up(self.lift(x).relu()).relu()).relu())

class Wrapped(nn.Module):
    def __init__(self, width, *rest, **given):
        super().__init__()
        self.trunk = Trunk(width, *rest, **given)

    def forward(self, x):
        return self.trunk(x)

class Net(nn.Module):
    def __init__(self, ${parameters}):
        super().__init__()
        ${part}

    def forward(self, x):
        return self.trunk(x)

${calls}
`;

function netOf(source: string): ModelOutline {
  const model = analyse(source).models.find(({ name }) => name === 'Net');
  if (model === undefined) throw new Error('the model is not shown');
  return model;
}

const upStart = (source: string) => matricesOf(netOf(source)).find(({ name }) => name.endsWith('up.weight'));

test.each([
  'self.trunk = Trunk(width=width, depth=3, *rest, **given)',
  'self.trunk = Trunk(width, *rest, **given)',
  'self.trunk = Wrapped(width, *rest, **given)',
  'self.trunk = nn.Sequential(*[Trunk(width, *rest, **given) for _ in range(1)])',
])('what a model hands to a part as a whole are settings of the part: %s', (part) => {
  const model = netOf(handing(part));
  expect(model.widths).toEqual(['width']);
  expect(matricesOf(model).map(({ role }) => role)).toEqual(['input', 'hidden', 'hidden', 'output']);
  expect(upStart(handing(part))?.b).toBe(0);
});

test.each([
  ['named', 'net = Net(n, std=n ** -0.5)'],
  ['by its place', 'net = Net(n, n ** -0.5)'],
])('a call in sight that gives the part another value gives it to the model: %s', (_, call) => {
  const calls = `def build(n):\n    ${call}\n    return net`;
  expect(upStart(handing('self.trunk = Trunk(width, *rest, **given)', { calls }))?.b).toBe(1 / 2);
  expect(upStart(handing('self.trunk = Wrapped(width, *rest, **given)', { calls }))?.b).toBe(1 / 2);
});

test('a call in sight that gives the base of a model another value gives it to the model', () => {
  const calls = 'def build(n):\n    return Net(n, std=n ** -0.5)';
  const source = handing('super().__init__(width, **given)', { calls, parameters: 'width=64, **given' })
    .replace('class Net(nn.Module)', 'class Net(Trunk)')
    .replace('super().__init__()\n        super()', 'super()')
    .replace('return self.trunk(x)\n\ndef build', 'return super().forward(x)\n\ndef build');
  expect(upStart(source)?.b).toBe(1 / 2);
});

test.each([
  'given["std"] = width ** -0.5\n        self.trunk = Trunk(width, **given)',
  'given = {k: v / width for k, v in given.items()}\n        self.trunk = Trunk(width, **given)',
  'for k in given: given[k] *= width\n        self.trunk = Trunk(width, **given)',
  'change(given, width)\n        self.trunk = Trunk(width, **given)',
  'self.trunk = Trunk(width, **{**made(width), **given})',
  'self.trunk = Trunk(width, *made(width), **given)',
])('of what else it hands to a part nothing is taken to be at its default: %s', (part) => {
  expect(upStart(`from settings import made, change\n${handing(part)}`)?.b ?? null).not.toBe(0);
});
