import type { GraphClassification } from '@widthwise/core';
import { freeSymbolsOf, type Quantity, symbolsOf } from '../growth/quantity.ts';
import type { BuiltGraph } from './calculus-graph/build-graph.ts';
import { sidesOf } from './forward/contraction-side.ts';
import { parameterIn } from './forward/forward-pass.ts';
import type { Widths } from './widths.ts';

/**
 * Whether all that grows are products of activations over a length that is the width divided by a name that the code
 * leaves open, as `n_embd / n_head`: whoever adds heads has none of that.
 */
export function growsWithHeadsAlone(
  { graph, nodes }: BuiltGraph,
  { grows }: GraphClassification,
  widths: Widths,
): boolean {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const products = new Set(
    [...nodes].flatMap(([tensor, node]) => {
      if (tensor.op !== 'contract' || tensor.of.some((one) => parameterIn(one) !== null)) return [];
      const lengths = sidesOf(tensor).flatMap(({ dimensions }) => dimensions.filter((one) => one.isSummed));
      return lengths.some(({ length }) => isDividedByOpen(length, widths)) ? [node] : [];
    }),
  );
  const isOpen = (id: string): boolean => {
    const node = byId.get(id);
    return products.has(id) || (node?.op === 'scale' && isOpen(node.of[0]));
  };
  return grows.length > 0 && grows.every(isOpen);
}

/** Whether a length is a width over something that is none and no number, as `n_embd / n_head`. */
export function isDividedByOpen(length: Quantity, { isWidth, staysAsItIs }: Widths): boolean {
  return (
    [...symbolsOf(length)].some(isWidth) &&
    [...freeSymbolsOf(length)].some((one) => !isWidth(one) && !staysAsItIs(one))
  );
}
