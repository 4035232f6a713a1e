import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const net = (parameters: string, inner: string, more = '') => `
import math
import numpy as np
from torch import nn

class Net(nn.Module):
    def __init__(self, ${parameters}, classes):
        super().__init__()
        entries = int(np.prod(sides))
        self.enter = nn.Linear(entries, ${inner})
        self.mix = nn.Linear(${inner}, ${inner})
        self.leave = nn.Linear(${inner}, classes)
    def forward(self, x):
        return self.leave(self.mix(self.enter(x).relu()).relu())
${more}`;

const roleOfFirst = (source: string) =>
  onlyModel(source).weights.find(({ name }) => name === 'enter.weight')?.role;

test('what all sides of a picture make is as much at every width', () => {
  expect(roleOfFirst(net('sides, width', 'width'))).toBe('input');
  expect(roleOfFirst(net('sides, width', 'width').replace('np.prod', 'math.prod'))).toBe('input');
});

test('it may grow where one of them is a width', () => {
  expect(roleOfFirst(net('sides', 'sides[0]'))).toBeNull();
  expect(roleOfFirst(net('sides', 'max(sides)'))).toBeNull();
});

const made = (first: string, second: string) => `
def one(width):
    return Net(${first}, width, 10)

def other(width):
    return Net(${second}, width, 10)
`;

test('it is what those who make the model give', () => {
  const given = (first: string, second: string) =>
    roleOfFirst(net('sides, width', 'width', made(first, second)));
  expect(given('(3, 8)', '(3, 16)')).toBe('input');
  expect(given('(3, width)', '(3, 2 * width)')).toBeNull();
  expect(given('(3, width)', '(3, 16)')).toBeNull();
  expect(given('(3, load(width))', '(3, 16)')).toBeNull();
});
