import type { InitExponent } from '../calculus/exponent.ts';
import type { Graph, GraphNode } from '../calculus/graph.ts';
import { regimeOf } from '../calculus/graph-regime.ts';
import { structureOf } from '../calculus/graph-structure.ts';
import { growthOf } from '../calculus/network-growth.ts';
import type { Regime } from '../calculus/regime.ts';
import { toldExponent } from '../calculus/size.ts';
import type { OptimizerName } from './parametrization.ts';

export interface ChainRequest {
  /** Of layers 1…L+1. */
  readonly B: readonly InitExponent[];
  readonly C: readonly number[];
  readonly optimizer: OptimizerName;
  readonly phi0: boolean;
  /** Absent: until nothing changes. */
  readonly steps?: number;
}

/** Exponents of sizes, e for Θ(n^−e); index l − 1 is layer l. */
export interface ChainGrowth {
  readonly regime: Regime;
  /** Of hˡ at initialization. */
  readonly p0: readonly number[];
  readonly f0: number;
  /** Of Δhˡ. */
  readonly dh: readonly number[];
  readonly df: number;
}

/**
 * What a bias-free MLP does as its width grows: the graph whose every layer reads the one before it.
 *
 * @see docs/math.md#exponent-calculus
 */
export function chainGrowth({ steps, ...request }: ChainRequest): ChainGrowth {
  const structure = structureOf(chainOf(request));
  const { movement, judged } = growthOf(structure, steps === undefined ? {} : { steps });
  const layers = [...structure.nodes.keys()].filter((place) => structure.nodes[place].op === 'contract');
  const init = layers.map((place) => known(toldExponent(movement.initialization.tensors[place].size)));
  const change = layers.map((place) => known(toldExponent(movement.changes[place])));
  const depth = layers.length - 1;
  return {
    regime: regimeOf(movement, judged),
    p0: init.slice(0, depth),
    f0: init[depth],
    dh: change.slice(0, depth),
    df: change[depth],
  };
}

function known(exponent: number | null): number {
  return exponent ?? Number.NaN;
}

function chainOf({ B, C, optimizer, phi0 }: Omit<ChainRequest, 'steps'>): Graph {
  const nodes: GraphNode[] = [{ id: 'x0', op: 'input', axes: ['batch', 'd0'] }];
  const axes = new Map([
    ['batch', 0],
    ['d0', 0],
  ]);
  for (const [index, init] of B.entries()) {
    const [before, layer] = [index, index + 1];
    axes.set(`d${layer}`, layer === B.length ? 0 : 1);
    nodes.push(
      { id: `W${layer}`, op: 'weight', axes: [`d${before}`, `d${layer}`], init, rate: C[index], optimizer },
      { id: `h${layer}`, op: 'contract', of: [`x${before}`, `W${layer}`], axes: ['batch', `d${layer}`] },
    );
    if (layer < B.length) {
      nodes.push({ id: `x${layer}`, op: 'act', of: [`h${layer}`], kind: phi0 ? 'softplus' : 'silu' });
    }
  }
  return { axes, nodes, outputs: [`h${B.length}`] };
}
