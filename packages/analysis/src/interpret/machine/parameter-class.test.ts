import { describe, expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

/** The shape of the middle layer of a model whose constructor has a parameter and does something with it first. */
function shapeOf(parameter: string, statement: string): string | undefined {
  const { weights } = onlyModel(`from collections.abc import Mapping
from dataclasses import dataclass
from typing import Dict, Optional, Union
from torch import nn

@dataclass
class Sizes:
    n: int = 512

    @classmethod
    def of(cls, given):
        if isinstance(given, dict):
            return cls(**given)
        elif isinstance(given, cls):
            return given
        return cls(**given.fields())

@dataclass
class Others:
    n: int = 512

class Net(nn.Module):
    def __init__(self, ${parameter}):
        super().__init__()
        ${statement}
        self.table = nn.Embedding(50, sizes.n)
        self.mix = nn.Linear(sizes.n, sizes.n)
        self.head = nn.Linear(sizes.n, 10)

    def forward(self, ids):
        return self.head(self.mix(self.table(ids)).relu())
`);
  return weights.find(({ name }) => name === 'mix.weight')?.shape;
}

describe('a configuration that may be given as a dict of its fields', () => {
  test.each([
    'sizes: Union[Sizes, Dict]',
    'sizes: Union[Dict[str, int], Sizes]',
    'sizes: Sizes | dict | None',
    'sizes: Optional[Union[Mapping, Sizes]]',
  ])('is known by its class where it is annotated: %s', (parameter) => {
    expect(shapeOf(parameter, 'sizes = Sizes.of(sizes)')).toBe('n × n');
  });

  test.each([
    'sizes = Sizes(**sizes) if isinstance(sizes, dict) else sizes',
    'sizes = sizes if isinstance(sizes, Sizes) else Sizes(**sizes)',
  ])('is known by what is made of it where nothing says its class: %s', (statement) => {
    expect(shapeOf('sizes', statement)).toBe('n × n');
  });

  test('is of no class where it may be of two', () => {
    const both = 'sizes = Sizes(**sizes) if isinstance(sizes, dict) else Others(**sizes)';
    expect(shapeOf('sizes', both)).toBe('n or n × n or n');
    expect(shapeOf('sizes: Union[Sizes, Others]', 'pass')).toBe('n × n');
  });
});
