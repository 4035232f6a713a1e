import type { Graph } from '@widthwise/core';
import { expect, test } from 'vitest';
import { Budget } from '../budget.ts';
import { KeptClassifications } from './kept-classifications.ts';

/** A readout of data, along an axis that grows like n^speed. */
const readout = (speed: number): Graph => ({
  axes: new Map([['n', speed]]),
  nodes: [
    { id: 'x', op: 'input', axes: ['n'] },
    { id: 'w', op: 'weight', axes: ['n'], init: 0, rate: 0 },
    { id: 'y', op: 'contract', of: ['x', 'w'], axes: [] },
  ],
  outputs: ['y'],
});

test('a graph that another model or an earlier text had is classified once, for the same work', () => {
  const kept = new KeptClassifications();
  const classified = (graph: Graph) => {
    const budget = new Budget();
    const found = kept.classifier(budget)(graph);
    return { found, units: budget.spent };
  };
  const [first, again] = [classified(readout(1)), classified(readout(1))];
  expect(again.found).toBe(first.found);
  expect(again.units).toBe(first.units);
});

test('one whose axes grow otherwise is another graph', () => {
  const classified = new KeptClassifications().classifier(new Budget());
  expect(classified(readout(1)).init.get('y')).toBe(-0.5);
  expect(classified(readout(0.5)).init.get('y')).toBe(-0.25);
});

test('what was asked for longest ago goes first', () => {
  const kept = new KeptClassifications();
  const classified = kept.classifier(new Budget());
  const first = classified(readout(1));
  const long = 'a'.repeat(2_000_000);
  for (const name of ['b', 'c'])
    classified({
      ...readout(1),
      axes: new Map([
        ['n', 1],
        [long + name, 1],
      ]),
    });
  expect(kept.classifier(new Budget())(readout(1))).not.toBe(first);
});
