import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** What a model whose constructor takes its width from somewhere has for the middle layer, and for widths. */
function readOf(parameters: string, statement: string, { before = '', after = '' } = {}) {
  const { weights, widths } = onlyModel(`import torch
from torch import nn
${before}
class Net(nn.Module):
    def __init__(self, ${parameters}):
        super().__init__()
        ${statement}
        self.table = nn.Embedding(50, n)
        self.mix = nn.Linear(n, n)
        self.head = nn.Linear(n, 10)

    def forward(self, ids):
        return self.head(self.mix(self.table(ids)).relu())
${after}
`);
  const mix = weights.find(({ name }) => name === 'mix.weight');
  return { shape: mix?.shape, role: mix?.role, widths };
}

const WIDTH = { shape: 'width × width', role: 'hidden', widths: ['width'] };

describe('a size that is asked for by its name is a setting, with the number beside it for a default:', () => {
  test.each([
    "n = config.get('width', 512)",
    "n = config.get('width')",
    "n = getattr(config, 'width', 512)",
    "n = config['width'] if 'width' in config else 512",
    "n = {'width': 512, **config}['width']",
    "n = ({'width': 512, 'depth': 4} | config)['width']",
    "n = config.get('model', {}).get('width', 512)",
    'n = config.width or 512',
    'n = 512 if config.width is None else config.width',
  ])('of a configuration: %s', (statement) => expect(readOf('config', statement)).toEqual(WIDTH));

  test.each([
    "n = given['width']",
    "n = given.get('width', 512)",
    "n = given.pop('width', 512)",
    "n = {'width': 512, **given}['width']",
  ])('of **kwargs: %s', (statement) => expect(readOf('**given', statement)).toEqual(WIDTH));

  test.each([
    'n = width or 512',
    'n = 512 if width is None else width',
    'if width is None: width = 512\n        n = width',
    'if not width:\n            width = 512\n        n = width',
  ])('of a parameter that is None unless it is given: %s', (statement) =>
    expect(readOf('width=None', statement)).toEqual(WIDTH),
  );
});

describe('a number that the code has under a name is a constant:', () => {
  test.each([
    ['class Sizes:\n    width = 512', 'n = Sizes.width'],
    ['class Sizes:\n    width = 512', 'n = Sizes().width'],
    ["SIZES = {'width': 512}", "n = SIZES['width']"],
    ['SIZES = dict(width=512, depth=4)', "n = SIZES['width']"],
  ])('%s', (before, statement) => expect(readOf('', statement, { before }).widths).toEqual(['width']));

  test('but not in a model, where it is a ratio of its own', () => {
    const { shape } = readOf('width', 'n = self.times * width', { before: '', after: '' });
    expect(shape).not.toBe('width × width');
    const source = 'class Part(nn.Module):\n    times = 4';
    expect(readOf('width', 'n = Part.times * width', { before: source }).shape).toBe('4·width × 4·width');
  });
});

test('a number that takes the place of a setting where somebody has set it is no default of that', () => {
  expect(readOf('width=None', 'if width is not None: width = 512\n        n = width').shape).not.toBe(
    WIDTH.shape,
  );
  expect(readOf('width=None', 'if width: width = 512\n        n = width').shape).not.toBe(WIDTH.shape);
  expect(readOf('width=None', 'n = 512 if width is not None else width').shape).not.toBe(WIDTH.shape);
  expect(readOf('width=None', 'n = width if width is not None else 512')).toEqual(WIDTH);
  expect(readOf('config', "n = 512 if 'width' not in config else config['width']")).toEqual(WIDTH);
});

test('a choice that asks for something else stays one', () => {
  expect(readOf('width, flag', 'n = width if flag else 512').shape).toBe('width or 512 × width or 512');
  expect(readOf('width=None, flag=False', 'if flag: width = 512\n        n = width').widths).not.toEqual([
    'width',
  ]);
  const doubled =
    'if width is None:\n            width = 512\n        else:\n            width = 2 * width\n        n = width';
  expect(readOf('width=None', doubled).shape).not.toBe(WIDTH.shape);
});

test('a dict that settings are put into may have more than is written there', () => {
  expect(readOf('config', "n = {'width': 512, **config}.get('size', 64)").shape).not.toBe('64 × 64');
});

test.each(["n = ({'width': 512} | pick())['width']", "n = (config | {'width': pick()})['width']"])(
  'what an unread function may have put under its name is not known: %s',
  (statement) => {
    expect(readOf('config', statement).role ?? null).toBeNull();
  },
);
