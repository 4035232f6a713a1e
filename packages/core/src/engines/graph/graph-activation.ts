import type { ActivationName } from '../../model/net-spec.ts';
import type { Graph } from './graph.ts';

/** φ(h). */
export function activated(graph: Graph, activation: ActivationName, h: string): string {
  switch (activation) {
    case 'tanh':
      return graph.add('Tanh', [h]);
    case 'sigmoid':
      return graph.add('Sigmoid', [h]);
    case 'erf':
      return graph.add('Erf', [h]);
    case 'relu':
      return graph.add('Relu', [h]);
    case 'silu':
      return graph.add('Mul', [h, graph.add('Sigmoid', [h])]);
    case 'gelu':
      return graph.add('Mul', [h, normalCdf(graph, h)]);
    case 'identity':
      return h;
  }
}

/** e ∘ φ′(h), given x = φ(h). */
export function timesDerivative(
  graph: Graph,
  activation: ActivationName,
  { e, h, x }: { readonly e: string; readonly h: string; readonly x: string },
): string {
  const one = (): string => graph.constant(1);
  const times = (factor: string): string => graph.add('Mul', [e, factor]);
  switch (activation) {
    case 'tanh':
      return times(graph.add('Sub', [one(), graph.add('Mul', [x, x])]));
    case 'sigmoid':
      return times(graph.add('Mul', [x, graph.add('Sub', [one(), x])]));
    case 'erf':
      return times(graph.add('Mul', [graph.constant(2 / Math.sqrt(Math.PI)), gaussian(graph, h, -1)]));
    case 'relu':
      return graph.add('Where', [graph.add('Greater', [h, graph.constant(0)]), e, graph.constant(0)]);
    case 'silu': {
      const rest = graph.add('Sub', [graph.add('Add', [one(), h]), x]);
      return times(graph.add('Mul', [graph.add('Sigmoid', [h]), rest]));
    }
    case 'gelu': {
      const density = graph.add('Mul', [
        graph.constant(1 / Math.sqrt(2 * Math.PI)),
        gaussian(graph, h, -1 / 2),
      ]);
      return times(graph.add('Add', [normalCdf(graph, h), graph.add('Mul', [h, density])]));
    }
    case 'identity':
      return e;
  }
}

/** Φ(h), the distribution function of the standard normal. */
function normalCdf(graph: Graph, h: string): string {
  const half = graph.constant(1 / 2);
  const erf = graph.add('Erf', [graph.add('Mul', [h, graph.constant(Math.SQRT1_2)])]);
  return graph.add('Add', [half, graph.add('Mul', [half, erf])]);
}

/** e^(factor·h²). */
function gaussian(graph: Graph, h: string, factor: number): string {
  return graph.add('Exp', [graph.add('Mul', [graph.constant(factor), graph.add('Mul', [h, h])])]);
}
