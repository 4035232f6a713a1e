import { freeSymbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import { parameterKey, parameterOf } from '../../network/layer.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import { sidesOf } from '../forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';

/**
 * Names of features whose origin is not followed, of which the model has parameters that make as many and whose use is not
 * followed either: they look like what it is given, and may be its own.
 */
export function mayBeMade(model: ObservedModel, pass: ForwardPass): ReadonlySet<WidthSymbol> {
  const made = madeUnseen(model, pass);
  const found = new Set<WidthSymbol>();
  if (made.size === 0) return found;
  const fromNowhere = ofNowhere(pass);
  for (const { of, other, dimensions } of pass.tensors.flatMap((one) =>
    one.op === 'contract' ? sidesOf(one) : [],
  )) {
    if (parameterIn(of) === null || !fromNowhere.has(other)) continue;
    const summed = dimensions.filter(({ isSummed }) => isSummed);
    for (const symbol of summed.flatMap(({ length }) => [...freeSymbolsOf(length)]))
      if (made.has(symbol)) found.add(symbol);
  }
  return found;
}

/** Tensors that are made of one that the code has from somewhere, of unknown shape. */
function ofNowhere({ tensors }: ForwardPass): ReadonlySet<Tensor> {
  const found = new Set<Tensor>();
  for (const tensor of tensors) {
    const of = operandsOf(tensor);
    for (const one of of) if (isShapeless(one)) found.add(one);
    if (isShapeless(tensor) || of.some((one) => found.has(one))) found.add(tensor);
  }
  return found;
}

function isShapeless(tensor: Tensor): boolean {
  if (tensor.op !== 'input' || tensor.span === null || tensor.fill !== null) return false;
  return tensor.shape === null || (tensor.shape.open && tensor.shape.dims.length === 0);
}

/** Names of what parameters make that the forward pass is not seen to use. */
function madeUnseen({ parameters }: ObservedModel, { tensors }: ForwardPass): ReadonlySet<WidthSymbol> {
  const used = new Set(tensors.flatMap((tensor) => (tensor.op === 'unread' ? [] : usedIn(tensor))));
  const names = parameters.flatMap(({ layer, which, dims }) => {
    if (which === null || used.has(parameterKey({ layer, which }))) return [];
    const fanIn = parameterOf({ kind: 'parameter', layer, which })?.fanIn ?? null;
    if (fanIn === null || fanIn.length === 0) return [];
    return (dims ?? []).flatMap((length, place) => (fanIn.includes(place) ? [] : [...freeSymbolsOf(length)]));
  });
  return new Set(names);
}

/** The parameters that an operation sees to. */
function usedIn(tensor: Tensor): readonly string[] {
  return operandsOf(tensor).flatMap((one) => (one.op === 'weight' ? [parameterKey(one)] : []));
}
