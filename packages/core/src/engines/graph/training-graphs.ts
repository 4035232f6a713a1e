import { errorFactor } from '../../model/loss.ts';
import { concreteScaling, type LayerScaling } from '../../parametrization/scaling.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import { Graph } from './graph.ts';
import { activated, timesDerivative } from './graph-activation.ts';

/** How many tensors a rule remembers of each weight, as they are named. */
export const REMEMBERED = { sgd: [], momentum: ['mean'], adam: ['mean', 'square'] } as const;

/** A pass forward as values of a graph: at index l − 1 those of layer l. */
interface Forward {
  readonly weights: readonly string[];
  readonly h: readonly string[];
  readonly x: readonly string[];
  /** ξ. */
  readonly inputs: string;
}

/**
 * f of so many samples: inputs `inputs`, `start{l}`, `change{l}`; output `f`.
 */
export function forwardGraph(spec: RunSpec, samples: number): Graph {
  const graph = new Graph();
  const { h } = forward(graph, spec, samples);
  graph.output('f', h[spec.net.depth], [samples, spec.net.outputDim]);
  return graph;
}

/**
 * One update: takes beside the inputs of {@link forwardGraph} `targets`, what the rule remembers (`mean{l}`, `square{l}`) and of
 * Adam `ofMean` and `ofSquare`, one over what its averages are short by; gives `f` before it, and `new…` of all that changes.
 *
 * @param rates learning rate on w^l at index l − 1
 */
export function stepGraph(
  spec: RunSpec,
  { rows, rates }: { readonly rows: number; readonly rates: readonly number[] },
): Graph {
  const graph = new Graph();
  const { net } = spec;
  const { weights, h, x, inputs } = forward(graph, spec, rows);
  graph.output('f', h[net.depth], [rows, net.outputDim]);
  const rule = updateRule(graph, spec);
  let e = errorSignal(graph, spec, { f: h[net.depth], rows });
  const scaling = concreteScaling(spec);
  for (let index = net.depth; index >= 0; index--) {
    const below = x[index - 1] ?? inputs;
    rule(index, scaling[index], { e, below, rate: rates[index] });
    if (index === 0) break;
    const passed = gemm(graph, [e, weights[index]], { alpha: scaling[index].multiplier });
    e = timesDerivative(graph, net.activation, { e: passed, h: h[index - 1], x: x[index - 1] });
  }
  return graph;
}

function forward(graph: Graph, spec: RunSpec, samples: number): Forward {
  const { net } = spec;
  const inputs = graph.input('inputs', [samples, net.inputDim]);
  const weights: string[] = [];
  const h: string[] = [];
  const x: string[] = [];
  let below = inputs;
  for (const [index, { fanIn, fanOut, multiplier }] of concreteScaling(spec).entries()) {
    const shape = [fanOut, fanIn];
    const start = graph.input(`start${index}`, shape);
    const w = graph.add('Add', [start, graph.input(`change${index}`, shape)]);
    weights.push(w);
    h.push(gemm(graph, [below, w], { alpha: multiplier, transB: 1 }));
    if (index === net.depth) break;
    below = activated(graph, net.activation, h[index]);
    x.push(below);
  }
  return { weights, h, x, inputs };
}

/** ∂loss/∂f. */
function errorSignal(
  graph: Graph,
  { loss, net }: RunSpec,
  { f, rows }: { readonly f: string; readonly rows: number },
): string {
  const targets = graph.input('targets', [rows, net.outputDim]);
  const reached =
    loss.kind === 'cross-entropy'
      ? graph.add('Sub', [graph.add('Softmax', [f], { axis: 1 }), graph.constant(1 / net.outputDim)])
      : f;
  const residual = graph.add('Sub', [reached, targets]);
  return graph.add('Mul', [graph.constant(errorFactor(loss, rows)), residual]);
}

type Rule = (
  index: number,
  scaling: LayerScaling,
  product: { readonly e: string; readonly below: string; readonly rate: number },
) => void;

/** Adds to Δ what the rule makes of the gradient m·Eᵀx. */
function updateRule(graph: Graph, { optimizer }: RunSpec): Rule {
  const kept = (name: string, index: number, { fanIn, fanOut }: LayerScaling): string =>
    graph.input(`${name}${index}`, [fanOut, fanIn]);
  const renew = (name: string, index: number, scaling: LayerScaling, value: string): void =>
    graph.output(`new${name}${index}`, value, [scaling.fanOut, scaling.fanIn]);
  const times = (factor: number, value: string): string => graph.add('Mul', [graph.constant(factor), value]);
  switch (optimizer.kind) {
    case 'sgd':
      return (index, scaling, { e, below, rate }) => {
        const alpha = -(rate * scaling.multiplier);
        const change = `change${index}`;
        renew('change', index, scaling, gemm(graph, [e, below, change], { alpha, transA: 1 }));
      };
    case 'momentum':
      return (index, scaling, { e, below, rate }) => {
        const mean = kept('mean', index, scaling);
        const { multiplier: alpha } = scaling;
        const next = gemm(graph, [e, below, mean], { alpha, beta: optimizer.momentum, transA: 1 });
        renew('mean', index, scaling, next);
        renew('change', index, scaling, graph.add('Add', [`change${index}`, times(-rate, next)]));
      };
    case 'adam': {
      const { beta1, beta2, epsilon } = optimizer;
      const [ofMean, ofSquare] = ['ofMean', 'ofSquare'].map((name) => graph.input(name, [1]));
      return (index, scaling, { e, below, rate }) => {
        const g = gemm(graph, [e, below], { alpha: scaling.multiplier, transA: 1 });
        const [mean, square] = [kept('mean', index, scaling), kept('square', index, scaling)];
        const p = graph.add('Add', [times(beta1, mean), times(1 - beta1, g)]);
        const q = graph.add('Add', [times(beta2, square), times(1 - beta2, graph.add('Mul', [g, g]))]);
        const root = graph.add('Sqrt', [graph.add('Mul', [q, ofSquare])]);
        const size = graph.add('Add', [root, graph.constant(epsilon)]);
        const update = graph.add('Div', [graph.add('Mul', [p, ofMean]), size]);
        renew('mean', index, scaling, p);
        renew('square', index, scaling, q);
        renew('change', index, scaling, graph.add('Add', [`change${index}`, times(-rate, update)]));
      };
    }
  }
}

/** α·A·B + β·C. */
function gemm(
  graph: Graph,
  operands: readonly string[],
  {
    alpha,
    beta = 1,
    ...transposed
  }: { readonly alpha: number; readonly beta?: number; readonly transA?: number; readonly transB?: number },
): string {
  return graph.add('Gemm', operands, { alpha: { float: alpha }, beta: { float: beta }, ...transposed });
}
