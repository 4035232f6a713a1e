import { expect, test } from 'vitest';
import { exponentOf, graphOf, valuesOf, wordsOf } from '../../test/calculus/graph-text.ts';
import { GRAPH_VECTORS } from '../../test/calculus/graph-vectors.ts';
import { classifyGraph } from './classify-graph.ts';
import type { Graph } from './graph.ts';
import type { Exponent } from './graph-classification.ts';

test.for(GRAPH_VECTORS)('knows every exponent of $name', ({ text, lines }) => {
  const found = classifyGraph(graphOf(text), { steps: 2 });
  const expected = (start: string) =>
    new Map(
      Object.entries(valuesOf(lines, `> ${start}`)).map(([id, exponent]) => [id, exponentOf(exponent)]),
    );
  const among = (all: ReadonlyMap<string, Exponent> | undefined, ids: ReadonlyMap<string, unknown>) =>
    new Map([...ids.keys()].map((id) => [id, all?.get(id)]));
  const effects = (of: 'init' | 'rate') =>
    new Map([...found.weights].map(([id, weight]) => [id, weight[of]]));

  expect(found.regime).toBe(wordsOf(lines, '> regime')[0]);
  for (const list of ['grows', 'overwritten', 'scaleFree'] as const) {
    expect(found[list]).toEqual(wordsOf(lines, `> ${list}`));
  }
  for (const sizes of ['init', 'gradient'] as const) {
    expect(among(found[sizes], expected(sizes))).toEqual(expected(sizes));
  }
  expect(effects('init')).toEqual(expected('effect of start'));
  expect(effects('rate')).toEqual(expected('effect of rate'));
  for (const [place, steps] of [...found.steps, found.change].entries()) {
    const wanted = expected(`change ${place < 2 ? place + 1 : 'settled'}`);
    expect(among(steps ?? undefined, wanted)).toEqual(wanted);
  }
});

test('what grows and is made smaller behind powers, sums and products, before anything sees its size, grows not', () => {
  const made = (kind: 'relu2' | 'cube' | 'sigmoid'): Graph => ({
    axes: new Map([
      ['n', 1],
      ['m', 1],
    ]),
    nodes: [
      { id: 'x', op: 'input', axes: ['n'] },
      { id: 'W', op: 'weight', axes: ['n', 'm'], init: 0, rate: 1, optimizer: 'adam' },
      { id: 'z', op: 'contract', of: ['x', 'W'], axes: ['m'] },
      { id: 'h', op: 'act', of: ['z'], kind },
      { id: 's', op: 'scale', of: ['h'], exponent: 1 },
      { id: 'V', op: 'weight', axes: ['m'], init: 'zero', rate: 1, optimizer: 'adam' },
      { id: 'f', op: 'contract', of: ['s', 'V'], axes: [] },
    ],
    outputs: ['f'],
  });
  expect(classifyGraph(made('relu2')).grows).not.toContain('z');
  expect(classifyGraph(made('cube')).grows).toContain('f');
  expect(classifyGraph(made('sigmoid')).grows).toContain('z');
});
