import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

const applied = (body: string, given = 'Starter(0.02)') => `
import torch
from torch import nn

class Starter:
    def __init__(self, std):
        self.std = std

    def ${body}

${chainModel({ init: `self.apply(${given})` })}`;

const CALLED =
  '__call__(self, part):\n        if isinstance(part, nn.Linear):\n            nn.init.normal_(part.weight, std=self.std)';

test('an object with a call of its own starts all parts that it is applied to', () => {
  expect(findingsOf('MUP101', applied(CALLED))).toHaveLength(1);
  expect(onlyModel(applied(CALLED)).weights.find(({ name }) => name === 'b.weight')?.b).toBe(0);
});

test('one without is not read', () => {
  const source = applied(CALLED.replace('__call__', 'start'));
  expect(findingsOf('MUP101', source)).toEqual([]);
  expect(onlyModel(source).weights.find(({ name }) => name === 'b.weight')?.b).toBeNull();
});
