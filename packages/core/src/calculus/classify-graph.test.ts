import { expect, test } from 'vitest';
import { exponentOf, graphOf, valuesOf, wordsOf } from '../../test/calculus/graph-text.ts';
import { GRAPH_VECTORS } from '../../test/calculus/graph-vectors.ts';
import { classifyGraph } from './classify-graph.ts';
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
