import type { Graph, GraphNode, WeightNode } from '@widthwise/core';
import type { TransformerPlan, WeightKind } from './plan.ts';

/** Nodes as they are written down, each under a name; a weight's is its parameter's path. */
class Writer {
  readonly nodes: GraphNode[] = [];
  readonly #plan: TransformerPlan;

  constructor(plan: TransformerPlan) {
    this.#plan = plan;
  }

  put(node: GraphNode): string {
    this.nodes.push(node);
    return node.id;
  }

  matrix(id: string, kind: WeightKind, axes: readonly string[]): string {
    const { starts, optimizer } = this.#plan;
    const { b, c } = starts[kind];
    const muon = optimizer === 'muon' && !['embed', 'position', 'head'].includes(kind);
    const rule = optimizer !== 'muon' ? { optimizer } : muon ? MUON : { optimizer: 'adam' as const };
    return this.put({ id, op: 'weight', axes, init: b, rate: c, ...rule });
  }

  vector(id: string, init: WeightNode['init'], ...axes: readonly string[]): string {
    const { optimizer, restRate } = this.#plan;
    const rule = optimizer === 'sgd' ? 'sgd' : 'adam';
    return this.put({ id, op: 'weight', axes, init, rate: restRate, optimizer: rule });
  }

  times(id: string, of: readonly [string, string], axes: readonly string[]): string {
    return this.put({ id, op: 'contract', of, axes });
  }

  /** x·W, with a bias where the plan has one. */
  linear(
    path: string,
    kind: WeightKind,
    { x, from, to }: { readonly x: string; readonly from: readonly string[]; readonly to: readonly string[] },
  ): string {
    const z = this.times(
      `${path} z`,
      [x, this.matrix(`${path}.weight`, kind, [...from, ...to])],
      ['t', ...to],
    );
    if (!this.#plan.biases) return z;
    return this.put({ id: `${path} y`, op: 'add', of: [z, this.vector(`${path}.bias`, 'zero', ...to)] });
  }

  norm(path: string, x: string): string {
    const { norm } = this.#plan;
    const z = this.put({ id: `${path} z`, op: 'norm', of: [x] });
    if (norm === 'function') return z;
    const gained = this.times(`${path} g`, [z, this.vector(`${path}.weight`, 'one', 'd')], ['t', 'd']);
    if (norm === 'rms') return gained;
    return this.put({ id: `${path} y`, op: 'add', of: [gained, this.vector(`${path}.bias`, 'zero', 'd')] });
  }
}

const MUON = { optimizer: 'muon', shape: 'jordan' } as const;

/** The graph of a plan, written down by hand: nothing of the analysis has a part in it. */
export function graphOf(plan: TransformerPlan): Graph {
  const writer = new Writer(plan);
  const growing = ['d', 'f', plan.headDimGrows ? 'k' : 'h'];
  const axes = new Map(
    ['t', 's', 'v', 'h', 'k', ...growing].map((axis) => [axis, growing.includes(axis) ? 1 : 0]),
  );
  const tokens = writer.put({ id: 'tokens', op: 'input', axes: ['t', 'v'] });
  const table = writer.matrix('embed.weight', 'embed', ['v', 'd']);
  const places = writer.matrix('position.weight', 'position', ['t', 'd']);
  const embedded = writer.times('embed z', [tokens, table], ['t', 'd']);
  let x = writer.put({ id: 'x', op: 'add', of: [embedded, places] });
  for (let block = 0; block < plan.blocks; block++)
    x = writeBlock(writer, plan, { at: `blocks.${block}`, x });
  const last = plan.norms === 'pre' ? writer.norm('last', x) : x;
  const head = plan.tied ? table : writer.matrix('head.weight', 'head', ['d', 'v']);
  const logits = writer.times('head z', [last, head], ['t', 'v']);
  const output = writer.put({ id: 'out', op: 'scale', of: [logits], exponent: plan.readout });
  return { axes, nodes: writer.nodes, outputs: [output] };
}

interface Place {
  readonly at: string;
  readonly x: string;
}

function writeBlock(writer: Writer, plan: TransformerPlan, { at, x }: Place): string {
  const inner = (path: string, from: string) => (plan.norms === 'pre' ? writer.norm(path, from) : from);
  const behind = (path: string, to: string) => (plan.norms === 'post' ? writer.norm(path, to) : to);
  const attended = attention(writer, plan, { at: `${at}.attn`, x: inner(`${at}.norm1`, x) });
  const between = writer.put({ id: `${at} 1`, op: 'add', of: [x, attended] });
  const middle = behind(`${at}.norm1`, between);
  const made = feedForward(writer, plan, { at: `${at}.mlp`, x: inner(`${at}.norm2`, middle) });
  const end = writer.put({ id: `${at} 2`, op: 'add', of: [middle, made] });
  return behind(`${at}.norm2`, end);
}

function attention(writer: Writer, plan: TransformerPlan, { at, x }: Place): string {
  const heads = (kind: 'q' | 'k' | 'v', axis: string) => {
    const flat = writer.linear(`${at}.${kind}`, kind, { x, from: ['d'], to: ['h', 'k'] });
    const moved = writer.put({ id: `${at} ${kind}h`, op: 'view', of: [flat], axes: [axis, 'h', 'k'] });
    if (!plan.qkNorm || kind === 'v') return moved;
    return writer.put({ id: `${at} ${kind}n`, op: 'norm', of: [moved] });
  };
  const [q, k, v] = [heads('q', 't'), heads('k', 's'), heads('v', 's')];
  const logits = writer.times(`${at} qk`, [q, k], ['h', 't', 's']);
  const exponent = plan.headDimGrows ? plan.attention : 0;
  const scaled = writer.put({ id: `${at} l`, op: 'scale', of: [logits], exponent });
  const weights = writer.put({ id: `${at} A`, op: 'softmax', of: [scaled] });
  const mixed = writer.times(`${at} Av`, [weights, v], ['t', 'h', 'k']);
  return writer.linear(`${at}.o`, 'o', { x: mixed, from: ['h', 'k'], to: ['d'] });
}

function feedForward(writer: Writer, plan: TransformerPlan, { at, x }: Place): string {
  const inside = (kind: 'up' | 'gate') => writer.linear(`${at}.${kind}`, kind, { x, from: ['d'], to: ['f'] });
  const up = inside('up');
  const source = plan.gated ? inside('gate') : up;
  const bent = writer.put({ id: `${at} p`, op: 'act', of: [source], kind: plan.activation });
  const hidden = plan.gated ? writer.times(`${at} g`, [bent, up], ['t', 'f']) : bent;
  return writer.linear(`${at}.down`, 'down', { x: hidden, from: ['f'], to: ['d'] });
}
