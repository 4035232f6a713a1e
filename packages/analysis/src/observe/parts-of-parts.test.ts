import { describe, expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';

const modelNamed = (name: string): string => `class ${name}(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.enter = nn.Linear(10, config.width)
        self.inner = Inner(config.width)
        self.part = Part(config)
        self.leave = nn.Linear(config.width, 10)

    def forward(self, x):
        return self.leave(self.part(self.inner(self.enter(x))))
`;

/** Two models and their part between them, whose configuration it takes for one of another class, with what else the part says and stands beside it. */
function modelOf({ beside = '', more = '' }: { readonly beside?: string; readonly more?: string }): string {
  return `from dataclasses import dataclass
import torch
import torch.nn.functional as F
from torch import nn

@dataclass
class Config:
    width: int = 64
    act: str = 'gelu'

@dataclass
class OtherConfig:
    width: int = 64
    act: str = 'relu'

class Inner(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        return self.fc(x)
${beside}
${modelNamed('First')}
class Part(nn.Module):
    def __init__(self, config: OtherConfig):
        super().__init__()
        self.fc = nn.Linear(config.width, config.width)
        self.act = getattr(F, config.act)
${more}
    def forward(self, x):
        return self.act(self.fc(x))

${modelNamed('Last')}`;
}

/** The names of the models of a text, and whether they are said to be made with what the part assumes by itself. */
function seenOf(text: string): readonly [names: readonly string[], assumesOwn: boolean] {
  const { models } = analyse(text);
  return [
    models.map(({ name }) => name),
    models.some(({ assumptions }) => assumptions.join().includes("act = 'relu'")),
  ];
}

const OTHER = `
class Other(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)
`;

describe('a part of a model', () => {
  test('is not made by itself where it can make nothing that is not known to be a part', () => {
    expect(seenOf(modelOf({}))).toEqual([['First', 'Last'], false]);
    const more = '        if False:\n            self.inner = Inner(config.width)\n';
    expect(seenOf(modelOf({ more }))).toEqual([['First', 'Last'], false]);
  });

  test.each([
    ['its name', '', 'Other'],
    ['another name', 'Alias = Other\n', 'Alias'],
    ['a function', 'def make(width):\n    return Other(width)\n', 'make'],
    ['a dict', "MADE = {'other': Other}\n", "MADE['other']"],
    ['a list', 'MADE = [Other]\n', 'MADE[0]'],
  ])('shows which parts it has that the model does not give it, by %s', (_, given, made) => {
    const more = `        if config.act == 'relu':\n            self.fc = ${made}(config.width)\n`;
    expect(seenOf(modelOf({ beside: `${OTHER}\n${given}`, more }))[0]).toEqual(['First', 'Last']);
  });
});
