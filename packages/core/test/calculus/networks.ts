import type { Graph, GraphNode, GraphOptimizer, WeightNode } from '../../src/calculus/graph.ts';

/** Start and rate of one weight. */
export type WeightStart = Pick<WeightNode, 'init' | 'rate'>;

/** What a weight of a network is to be: asked once for each, with what multiplication makes of it. */
export type StartOf = (id: string, kind: 'embedding' | 'hidden' | 'readout' | 'gain' | 'bias') => WeightStart;

interface NetworkRequest {
  readonly optimizer: GraphOptimizer;
  readonly start: StartOf;
}

/** μP for weights without multipliers. */
export const MUP: Readonly<Record<'sgd' | 'adam' | 'muon', StartOf>> = {
  sgd: (_, kind) => ({
    ...mupInit(kind),
    rate: { hidden: 0, readout: 1, embedding: -1, gain: -1, bias: -1 }[kind],
  }),
  adam: (_, kind) => ({ ...mupInit(kind), rate: kind === 'hidden' || kind === 'readout' ? 1 : 0 }),
  muon: (_, kind) => ({ ...mupInit(kind), rate: kind === 'readout' ? 1 : 0 }),
};

function mupInit(kind: Parameters<StartOf>[1]): Pick<WeightNode, 'init'> {
  const inits = { hidden: 1 / 2, readout: 1, embedding: 0, gain: 'one', bias: 'zero' } as const;
  return { init: inits[kind] };
}

/** Nodes as they are written down, each under a name. */
class Writer {
  readonly nodes: GraphNode[] = [];
  readonly #request: NetworkRequest;

  constructor(request: NetworkRequest) {
    this.#request = request;
  }

  put(node: GraphNode): string {
    this.nodes.push(node);
    return node.id;
  }

  weight(id: string, kind: Parameters<StartOf>[1], axes: readonly string[]): string {
    const { optimizer, start } = this.#request;
    const matrix = kind === 'hidden' || optimizer !== 'muon';
    return this.put({ id, op: 'weight', axes, ...start(id, kind), optimizer: matrix ? optimizer : 'adam' });
  }

  times(id: string, of: readonly [string, string], axes: readonly string[]): string {
    return this.put({ id, op: 'contract', of, axes });
  }
}

/** A bias-free MLP with so many hidden layers. */
export function mlpGraph(request: NetworkRequest & { readonly depth: number }): Graph {
  const writer = new Writer(request);
  const axes = new Map([
    ['b', 0],
    ['d0', 0],
    ['c', 0],
  ]);
  let x = writer.put({ id: 'x0', op: 'input', axes: ['b', 'd0'] });
  for (let layer = 1; layer <= request.depth; layer++) {
    axes.set(`d${layer}`, 1);
    const w = writer.weight(`w${layer}`, layer === 1 ? 'embedding' : 'hidden', [
      `d${layer - 1}`,
      `d${layer}`,
    ]);
    const h = writer.times(`h${layer}`, [x, w], ['b', `d${layer}`]);
    x = writer.put({ id: `x${layer}`, op: 'act', of: [h], kind: 'tanh' });
  }
  const readout = writer.weight('readout', 'readout', [`d${request.depth}`, 'c']);
  const output = writer.times('f', [x, readout], ['b', 'c']);
  return { axes, nodes: writer.nodes, outputs: [output] };
}

export interface TransformerRequest extends NetworkRequest {
  readonly blocks: number;
  /** Whether head_dim grows rather than the number of heads: then q·k wants 1/d. */
  readonly headDimGrows: boolean;
  /** Exponent a of the factor n^−a on q·k. */
  readonly attention: number;
  readonly gated: boolean;
}

/** A pre-norm decoder: embedding and positions, blocks of attention and MLP, a norm with a gain, a readout. */
export function transformerGraph(request: TransformerRequest): Graph {
  const writer = new Writer(request);
  const { headDimGrows, blocks } = request;
  const axes = new Map([
    ...['t', 's', 'v'].map((axis): [string, number] => [axis, 0]),
    ...['d', 'a', 'f'].map((axis): [string, number] => [axis, 1]),
    ['h', headDimGrows ? 0 : 1],
    ['k', headDimGrows ? 1 : 0],
  ]);
  const tokens = writer.put({ id: 'tokens', op: 'input', axes: ['t', 'v'] });
  const embedded = writer.times('emb', [tokens, writer.weight('wte', 'embedding', ['v', 'd'])], ['t', 'd']);
  const positions = writer.weight('wpe', 'embedding', ['t', 'd']);
  let x = writer.put({ id: 'x0', op: 'add', of: [embedded, positions] });
  for (let block = 1; block <= blocks; block++) x = writeBlock(writer, request, { block, x });
  const norm = writer.put({ id: 'norm', op: 'norm', of: [x] });
  const gained = writer.times('gained', [norm, writer.weight('gain', 'gain', ['d'])], ['t', 'd']);
  const output = writer.times('f', [gained, writer.weight('readout', 'readout', ['d', 'v'])], ['t', 'v']);
  return { axes, nodes: writer.nodes, outputs: [output] };
}

function writeBlock(
  writer: Writer,
  request: TransformerRequest,
  { block, x }: { readonly block: number; readonly x: string },
): string {
  const id = (name: string) => `${name}${block}`;
  const norm = writer.put({ id: id('n'), op: 'norm', of: [x] });
  const heads = (name: string, position: string) => {
    const w = writer.weight(id(`W${name}`), 'hidden', ['d', 'a']);
    const flat = writer.times(id(name), [norm, w], ['t', 'a']);
    return writer.put({ id: id(`${name}h`), op: 'view', of: [flat], axes: [position, 'h', 'k'] });
  };
  const [q, k, v] = [heads('q', 't'), heads('k', 's'), heads('v', 's')];
  const logits = writer.times(id('qk'), [q, k], ['h', 't', 's']);
  const scaled = writer.put({ id: id('l'), op: 'scale', of: [logits], exponent: request.attention });
  const weights = writer.put({ id: id('A'), op: 'softmax', of: [scaled] });
  const mixed = writer.times(id('Av'), [weights, v], ['t', 'h', 'k']);
  const flat = writer.put({ id: id('o'), op: 'view', of: [mixed], axes: ['t', 'a'] });
  const attended = writer.times(id('O'), [flat, writer.weight(id('Wo'), 'hidden', ['a', 'd'])], ['t', 'd']);
  const between = writer.put({ id: id('y'), op: 'add', of: [x, attended] });
  const second = writer.put({ id: id('m'), op: 'norm', of: [between] });
  const up = writer.times(id('u'), [second, writer.weight(id('Wu'), 'hidden', ['d', 'f'])], ['t', 'f']);
  let inner = writer.put({ id: id('p'), op: 'act', of: [up], kind: request.gated ? 'silu' : 'gelu' });
  if (request.gated) {
    const gate = writer.times(id('g'), [second, writer.weight(id('Wg'), 'hidden', ['d', 'f'])], ['t', 'f']);
    inner = writer.times(id('pg'), [inner, gate], ['t', 'f']);
  }
  const down = writer.times(id('D'), [inner, writer.weight(id('Wd'), 'hidden', ['f', 'd'])], ['t', 'd']);
  return writer.put({ id: id('x'), op: 'add', of: [between, down] });
}
