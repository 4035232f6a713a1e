import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { MUP, mlpGraph, type StartOf, transformerGraph } from '../../test/calculus/networks.ts';
import { classifyGraph } from './classify-graph.ts';
import type { Graph, GraphNode, WeightNode } from './graph.ts';
import type { Exponent, GraphClassification } from './graph-classification.ts';

const quarters = (low: number, high: number) =>
  fc.integer({ min: low * 4, max: high * 4 }).map((quarter) => quarter / 4);

/** A start and a rate for every weight in turn; how often they are those of μP. */
const choices = fc.record({
  starts: fc.array(fc.record({ init: quarters(-1, 2), rate: quarters(-1.5, 2.5), right: fc.boolean() }), {
    minLength: 18,
    maxLength: 18,
  }),
  optimizer: fc.constantFrom('sgd', 'adam', 'muon'),
  zeroReadout: fc.boolean(),
});

const shape = fc.record({
  isMlp: fc.boolean(),
  depth: fc.integer({ min: 1, max: 4 }),
  headDimGrows: fc.boolean(),
  gated: fc.boolean(),
});

type Choices = typeof choices extends fc.Arbitrary<infer One> ? One : never;
type NetworkShape = typeof shape extends fc.Arbitrary<infer One> ? One : never;

function networkOf(
  { starts, optimizer, zeroReadout }: Choices,
  network: NetworkShape,
  nearMup: boolean,
): Graph {
  let next = 0;
  const start: StartOf = (id, kind) => {
    const { init, rate, right } = starts[next++ % starts.length]!;
    if (nearMup && right) return MUP[optimizer](id, kind);
    return { init: kind === 'readout' && zeroReadout ? 'zero' : init, rate };
  };
  const { isMlp, depth, headDimGrows, gated } = network;
  if (isMlp) return mlpGraph({ optimizer, start, depth });
  const attention = headDimGrows ? 1 : 0;
  return transformerGraph({ optimizer, start, blocks: 1 + (depth % 2), headDimGrows, attention, gated });
}

const withNodes = (graph: Graph, change: (node: GraphNode, place: number) => GraphNode): Graph => ({
  ...graph,
  nodes: graph.nodes.map(change),
});

test.prop([choices, shape], { numRuns: 600, seed: 20260 })(
  'five rounds of what is right here make any exponents width-stable',
  (choice, network) => {
    let graph = networkOf(choice, network, false);
    for (let round = 0; round < 5; round++) {
      const { weights } = classifyGraph(graph);
      graph = withNodes(graph, (node) => {
        const right = weights.get(node.id);
        if (node.op !== 'weight' || right === undefined) return node;
        const init = node.init === 'zero' ? 'zero' : (right.rightInit ?? Number.NaN);
        return { ...node, init, rate: right.rightRate };
      });
    }
    expect(classifyGraph(graph)).toMatchObject({ regime: 'feature-learning', widthStable: true });
  },
);

const INITS: readonly WeightNode['init'][] = [-1, 0, 1 / 4, 1 / 2, 1, 2, 'zero', 'one'];
const RATES: readonly number[] = [-2, -1 / 2, 0, 1 / 2, 1, 2];

test.prop([choices, shape, fc.nat(), fc.boolean()], { numRuns: 300, seed: 20261 })(
  'what is known beside an unknown exponent is so whatever that is',
  (choice, network, which, isInit) => {
    const graph = networkOf(choice, network, true);
    const weights = graph.nodes.filter(({ op }) => op === 'weight');
    const chosen = weights[which % weights.length]!.id;
    const put = (value: WeightNode['init'] | number) =>
      withNodes(graph, (node) =>
        node.op === 'weight' && node.id === chosen
          ? { ...node, ...(isInit ? { init: value } : { rate: value as number }) }
          : node,
      );
    const unknown = withNodes(graph, (node) =>
      node.op === 'weight' && node.id === chosen
        ? { ...node, ...(isInit ? { init: 'unknown' } : { rate: 'unknown' }) }
        : node,
    );
    const said = classifyGraph(unknown, { steps: 2 });
    for (const value of isInit ? INITS : RATES) holds(said, classifyGraph(put(value), { steps: 2 }));
  },
);

test.prop([choices, shape, fc.array(fc.boolean(), { minLength: 18, maxLength: 18 })], {
  numRuns: 200,
  seed: 20264,
})('where the sizes of gradients are not asked for, all else is as it is', (choice, network, unread) => {
  let next = 0;
  const graph = withNodes(networkOf(choice, network, true), (node) => {
    if (node.op !== 'weight' || unread[next++ % unread.length] === false) return node;
    const { optimizer: _, ...weight } = node;
    return { ...weight, rate: 'unknown' };
  });
  const said = classifyGraph(graph, { steps: 2 });
  expect(classifyGraph(graph, { steps: 2, gradients: false })).toEqual({ ...said, gradient: new Map() });
});

/** Everything known in the first is so in the second. An unstable graph's numbers are those of the update it grows at. */
function holds(said: GraphClassification, found: GraphClassification): void {
  if (said.regime !== 'unknown') expect(found.regime).toBe(said.regime);
  if (said.widthStable !== null) expect(found.widthStable).toBe(said.widthStable);
  agree(said.init, found.init);
  agree(said.gradient, found.gradient);
  if (found.regime === 'unstable') return;
  for (const list of ['grows', 'overwritten'] as const)
    expect(found[list]).toEqual(expect.arrayContaining([...said[list]]));
  agree(said.change, found.change);
  for (const [index, changes] of said.steps.entries()) agree(changes, found.steps[index]);
  for (const effect of ['init', 'rate', 'rightInit', 'targetInit'] as const) {
    agree(effectsOf(said, effect), effectsOf(found, effect));
  }
}

function effectsOf(
  { weights }: GraphClassification,
  effect: 'init' | 'rate' | 'rightInit' | 'targetInit',
): ReadonlyMap<string, Exponent> {
  return new Map([...weights].map(([id, weight]) => [id, weight[effect]]));
}

function agree(
  said: ReadonlyMap<string, Exponent> | null,
  found: ReadonlyMap<string, Exponent> | null | undefined,
): void {
  const known = [...(said ?? [])].filter(([, exponent]) => exponent !== null);
  expect(known.map(([id]) => [id, found?.get(id)])).toEqual(known);
}
