import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { unreadText } from '../words/unread-text.ts';

const HEAD = `import numpy as np
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, inputs, width):
        super().__init__()
        self.embed = nn.Linear(inputs, width)
        self.mid = nn.Linear(width, width)
        self.head = nn.Linear(width, 1)

    def forward(self, x):
        return self.head(torch.relu(self.mid(torch.relu(self.embed(x)))))
`;

/** Rounds in rounds of which nobody knows how many there are: no reading of them ends. */
const ENDLESS = `    a, b, c, d, e, f, g, h, pairs = 0, 0, 0, 0, 0, 0, 0, 0, []
${[...'abcdefgh']
  .map((name, depth) => {
    const indent = '    '.repeat(depth + 1);
    return `${indent}while ${name} < limit:\n${indent}    ${name} += step\n${indent}    pairs.append(${name})\n`;
  })
  .join('')}`;

/** Rounds in rounds of which there are too many to be gone through one by one. */
const MANY = `    pairs = []
    for i in range(60):
        for j in range(i, 60):
            if np.sum([i, j]) == np.sum([j, i]) and i * j - j * i == 0:
                pairs.append({(i, j), (j, i)})
`;

const trains = (ahead: string, then = '') => `
def train(width, limit=5, step=1):
${ahead}    model = Net(10, width)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for x in pairs:
        optimizer.zero_grad()
        model(x).square().mean().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
${then}
train(256)
`;

const shown = (source: string) => {
  const { models, findings, unread } = analyse(source, { profile: 'mup', widths: ['width'] });
  return { models, weights: models.flatMap(({ weights }) => weights), findings, unread };
};

describe('a script that goes through data for longer than it is read', () => {
  test('is read whole where its rounds are joined', () => {
    const { models, weights, unread } = shown(HEAD + trains(MANY));
    expect(unread).toEqual([]);
    expect(models[0]?.verdict?.regime).toBe('unstable');
    expect(weights.map(({ c }) => c)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('is not where it sets attributes by names that it computes', () => {
    const { models, unread } = shown(
      HEAD + trains(MANY, "    for name in ['mid', 'head']: setattr(model, name, nn.Identity())\n"),
    );
    expect(models).toEqual([]);
    expect(unread.map(({ kind }) => kind)).toEqual(['work']);
  });

  test.each([
    ['starts', 'ps[i].data.mul_(width)'],
    ['replaces', 'model.mid[i] = nn.Linear(width, width * width)'],
  ])('is not where a round %s what its number stands for', (_, body) => {
    const then = `    ps = list(model.parameters())\n    for i in range(5): ${body}\n`;
    const mid = `self.mid = nn.ModuleList([${'nn.Linear(width, width), '.repeat(5)}])`;
    const source = HEAD.replace('self.mid = nn.Linear(width, width)', mid).replace(
      'self.mid(',
      'self.mid[0](',
    );
    const { models, unread } = shown(source + trains(MANY, then));
    expect(models).toEqual([]);
    expect(unread.map(({ kind }) => kind)).toEqual(['work']);
  });

  describe('without an end', () => {
    const { models, weights, findings, unread } = shown(HEAD + trains(ENDLESS));

    test('has its models, with roles, multipliers and initial sizes', () => {
      expect(weights.map(({ name, role, a, b }) => [name, role, a, b])).toEqual([
        ['embed.weight', 'input', 0, 0],
        ['embed.bias', 'input', 0, 0],
        ['mid.weight', 'hidden', 0, 0.5],
        ['mid.bias', 'input', 0, 0.5],
        ['head.weight', 'output', 0, 0.5],
        ['head.bias', 'finite', 0, 0.5],
      ]);
    });

    test('has no rates of theirs, no verdict and no finding of a rate', () => {
      expect(new Set(weights.flatMap(({ c, optimizer }) => [c, optimizer]))).toEqual(new Set([null]));
      expect(models.map(({ verdict, underAdam }) => [verdict, underAdam])).toEqual([[null, null]]);
      expect(findings.filter(({ message }) => /learning rate|\blr\b|Adam/.test(message))).toEqual([]);
    });

    test('says where it stopped', () => {
      expect(unread.map(({ kind }) => kind)).toEqual(['script']);
      expect(unread.map(unreadText)[0]).toMatch(
        /^is read in part: running its code .* stopped at line \d+, and how it trains its models is not known$/,
      );
    });

    test('knows the numbers that it names once', () => {
      const shapes = (more: string) => {
        const named = HEAD.replaceAll('inputs, width)', 'inputs, WIDTH)').replaceAll('(width', '(WIDTH');
        const source = `WIDTH = 256\n${named.replaceAll(', width)', ', WIDTH)')}${trains(ENDLESS)}${more}`;
        return shown(source.replace('inputs, WIDTH):', 'inputs, width):')).weights.map(({ shape }) => shape);
      };
      expect(shapes('')).toContain('WIDTH × WIDTH');
      expect(shapes('if limit: WIDTH = 512\n')).not.toContain('WIDTH × WIDTH');
    });
  });

  test.each([
    ['starts weights', '    nn.init.normal_(model.head.weight)\n'],
    ['starts parameters', '    for p in model.parameters(): p.data = p.data * width\n'],
    ['gives its layers hooks', '    model.mid.register_forward_hook(lambda m, x, y: y * width)\n'],
    ['sets an attribute that it uses', '    model.head = nn.Identity()\n'],
    ['hands it to what is not read', '    from somewhere import grown\n    model = grown(model)\n'],
  ])('without an end has none of a model whose code %s', (_, then) => {
    const { models, unread } = shown(HEAD + trains(ENDLESS, then));
    expect(models).toEqual([]);
    expect(unread.map(({ kind }) => kind)).toEqual(['work']);
  });

  const log = (method: string) => `class Log:\n    ${method}\n`;

  test.each([
    ['a method whatever it calls its object', log('def start(own): own.mid = own.head = 0')],
    ['a function in a method', log('def start(own):\n        def set(): own.mid = 0')],
  ])('without an end has its models where %s sets its own attributes', (_, then) => {
    expect(shown(HEAD + trains(ENDLESS) + then).models).toHaveLength(1);
  });

  test.each([
    ['a function', 'def start(self): self.mid = 0\n'],
    ['a method of no object', log('@staticmethod\n    def start(self): self.mid = 0')],
    ['a method', log('def start(self, own): own.mid = 0')],
  ])('without an end has none of a model whose attributes %s may set', (_, then) => {
    expect(shown(HEAD + trains(ENDLESS) + then).models).toEqual([]);
  });
});
