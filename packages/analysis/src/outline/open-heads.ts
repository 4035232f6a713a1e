import type { GraphClassification } from '@widthwise/core';
import { freeSymbolsOf, type Quantity, symbolsOf } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { BuiltGraph } from './calculus-graph/build-graph.ts';
import { sidesOf } from './forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from './forward/forward-pass.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

/**
 * Whether all that grows are products of activations over a length that is the width divided by a name that the code
 * leaves open, as `n_embd / n_head`, or the size of heads: whoever adds heads has none of that.
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
      return lengths.some(({ length }) => isOpenLength(length, widths)) ? [node] : [];
    }),
  );
  const isOpen = (id: string): boolean => {
    const node = byId.get(id);
    return products.has(id) || (node?.op === 'scale' && isOpen(node.of[0]));
  };
  return grows.length > 0 && grows.every(isOpen);
}

/**
 * The numbers of heads that decide how long features are that meet features, and nothing of what weights are made of:
 * whether they grow is left open.
 */
export function undecidedHeads({
  pass,
  weights,
  widths,
}: {
  readonly pass: ForwardPass;
  readonly weights: readonly Weight[];
  readonly widths: Widths;
}): ReadonlySet<WidthSymbol> {
  const open = pass.tensors.flatMap((tensor) => {
    if (tensor.op !== 'contract' || tensor.of.some((one) => parameterIn(one) !== null)) return [];
    const lengths = sidesOf(tensor).flatMap(({ dimensions }) => dimensions.filter((one) => one.isSummed));
    return lengths.flatMap(({ length }) => (isOpenLength(length, widths) ? openHeadsIn(length, widths) : []));
  });
  const shaping = new Set(
    weights.flatMap(({ dims }) => (dims ?? []).flatMap((dim) => [...freeSymbolsOf(dim)])),
  );
  return new Set(open.filter((symbol) => !shaping.has(symbol)));
}

/**
 * Whether a length is a width over something that is none and no number, as `n_embd / n_head`, or the size of heads of
 * which there may be more instead.
 */
export function isOpenLength(length: Quantity, widths: Widths): boolean {
  return [...symbolsOf(length)].some(widths.isWidth) && openHeadsIn(length, widths).length > 0;
}

/**
 * The numbers of heads that decide how long one is; none is what the width is only multiplied by, as an expansion, nor, where
 * a name divides it, one that does not, as the part of a head that is turned.
 */
export function openHeadsIn(length: Quantity, widths: Widths): readonly WidthSymbol[] {
  const open = [...freeSymbolsOf(length)].filter((one) => mayCountHeads(one, length, widths));
  const dividing = open.filter((one) => widths.isWidth(one) || divides(one, length));
  return (dividing.length > 0 ? dividing : open).flatMap((one) =>
    widths.isWidth(one) ? (widths.openHeads.get(one) ?? []) : [one],
  );
}

function mayCountHeads(symbol: WidthSymbol, length: Quantity, widths: Widths): boolean {
  if (widths.isWidth(symbol)) return widths.openHeads.has(symbol);
  return !widths.staysAsItIs(symbol) && !onlyMultiplies(symbol, length);
}

function divides(symbol: WidthSymbol, length: Quantity): boolean {
  if (length.op === 'symbol') return length.value !== null && divides(symbol, length.value);
  if (!('left' in length)) return 'of' in length && divides(symbol, length.of);
  if (length.op === 'divide' && symbolsOf(length.right).has(symbol)) return true;
  return divides(symbol, length.left) || divides(symbol, length.right);
}

function onlyMultiplies(symbol: WidthSymbol, length: Quantity): boolean {
  if (length.op === 'multiply' || length.op === 'either')
    return [length.left, length.right].every((side) => onlyMultiplies(symbol, side));
  if (length.op === 'divide')
    return onlyMultiplies(symbol, length.left) && !symbolsOf(length.right).has(symbol);
  return (length.op === 'symbol' && length.value === null) || !symbolsOf(length).has(symbol);
}
