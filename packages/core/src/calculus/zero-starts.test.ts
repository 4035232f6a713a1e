import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { MUP, mlpGraph, type StartOf, transformerGraph } from '../../test/calculus/networks.ts';
import { classifyGraph } from './classify-graph.ts';
import type { Graph, GraphNode } from './graph.ts';

const quarters = fc.integer({ min: -6, max: 10 }).map((quarter) => quarter / 4);

const networks = fc.record({
  optimizer: fc.constantFrom('sgd', 'adam', 'muon'),
  rates: fc.array(fc.option(quarters), { minLength: 18, maxLength: 18 }),
  zeros: fc.array(fc.boolean(), { minLength: 18, maxLength: 18 }),
  depth: fc.integer({ min: 1, max: 4 }),
  isMlp: fc.boolean(),
});

test.prop([networks], { numRuns: 300, seed: 20262 })(
  'behind zeros, whatever the rates are, no rate but that of the closed form is called right',
  ({ optimizer, rates, zeros, depth, isMlp }) => {
    let next = 0;
    const right = new Map<string, number>();
    const start: StartOf = (id, kind) => {
      const place = next++ % rates.length;
      const mup = MUP[optimizer](id, kind);
      right.set(id, Number(mup.rate));
      // Of two layers of zeros in a row neither ever moves.
      const isZero = kind === 'readout' || (!isMlp && /^W[od]/.test(id) && zeros[place] === true);
      return { init: isZero ? 'zero' : mup.init, rate: rates[place] ?? mup.rate };
    };
    const graph = isMlp
      ? mlpGraph({ optimizer, start, depth })
      : transformerGraph({ optimizer, start, blocks: 1, headDimGrows: false, attention: 0, gated: false });
    const wanted = [...classifyGraph(graph).weights].map(([id, { rightRate }]) => [id, rightRate]);
    const known = wanted.filter(([, rate]) => rate !== null);
    expect(known).toEqual(known.map(([id]) => [id, right.get(String(id))]));
    if (optimizer === 'adam') expect(known).toHaveLength(wanted.length);
  },
);

test.prop([networks], { numRuns: 100, seed: 20263 })(
  'zeros that data look up are zeros that are added: a table of positions is no layer that hides the rest',
  ({ optimizer, rates, zeros }) => {
    let next = 0;
    const start: StartOf = (id, kind) => {
      const place = next++ % rates.length;
      const mup = MUP[optimizer](id, kind);
      const isZero = id === 'wpe' || (/^W[od]/.test(id) && zeros[place] === true);
      return { init: isZero ? 'zero' : mup.init, rate: rates[place] ?? mup.rate };
    };
    const added = transformerGraph({
      optimizer,
      start,
      blocks: 1,
      headDimGrows: true,
      attention: 1,
      gated: true,
    });
    expect(classifyGraph(withLookedUp(added, 'wpe')).weights).toEqual(classifyGraph(added).weights);
  },
);

/** The same graph, where rows of a table are looked up before they are added. */
function withLookedUp({ nodes, ...rest }: Graph, table: string): Graph {
  const lookup: readonly GraphNode[] = [
    { id: 'places', op: 'input', axes: ['t', 's'] },
    { id: 'looked up', op: 'contract', of: ['places', table], axes: ['t', 'd'] },
  ];
  const written = nodes.flatMap((node): readonly GraphNode[] => {
    if (node.id === table) return [{ ...node, axes: ['s', 'd'] } as GraphNode, ...lookup];
    return node.op === 'add' && node.of.includes(table)
      ? [{ ...node, of: node.of.map((id) => (id === table ? 'looked up' : id)) }]
      : [node];
  });
  return { ...rest, nodes: written };
}
