import { freeSymbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import { parameterKey, parameterOf } from '../../network/layer.ts';
import { isAnyShape } from '../../network/shape.ts';
import { operandsOf } from '../../network/tensor.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import { sidesOf } from '../forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';

/**
 * Names of features whose origin is not followed, of which the model has parameters that make as many and whose use is not
 * followed either, or of which it hands code that is not read parameters with as many: they look like what it is given,
 * and may be its own.
 */
export function mayBeMade(model: ObservedModel, pass: ForwardPass): ReadonlySet<WidthSymbol> {
  const made = { names: madeUnseen(model, pass), behind: ofNowhere };
  const handed = { names: handedIn(pass), behind: ofHanded };
  const found = new Set<WidthSymbol>();
  for (const { names, behind } of [made, handed].filter((one) => one.names.size > 0)) {
    const tensors = behind(pass);
    for (const symbol of summedIn(pass, (tensor) => tensors.has(tensor)))
      if (names.has(symbol)) found.add(symbol);
  }
  return found;
}

/** Names of what parameters sum over of some tensors. */
function summedIn(pass: ForwardPass, isAmong: (tensor: Tensor) => boolean): readonly WidthSymbol[] {
  const sides = pass.tensors.flatMap((one) => (one.op === 'contract' ? sidesOf(one) : []));
  return sides
    .filter(({ of, other }) => parameterIn(of) !== null && isAmong(other))
    .flatMap(({ dimensions }) => dimensions.filter(({ isSummed }) => isSummed))
    .flatMap(({ length }) => [...freeSymbolsOf(length)]);
}

/** Names in the dimensions of parameters that code which is not read is handed, as they are or with data. */
function handedIn({ tensors, isComputed }: ForwardPass): ReadonlySet<WidthSymbol> {
  const names = new Set<WidthSymbol>();
  const seen = new Set<Tensor>();
  const ahead = tensors.flatMap((tensor) => (tensor.op === 'unread' ? operandsOf(tensor) : []));
  for (let tensor = ahead.pop(); tensor !== undefined; tensor = ahead.pop()) {
    if (seen.has(tensor) || isComputed(tensor)) continue;
    seen.add(tensor);
    ahead.push(...operandsOf(tensor));
    if (tensor.op !== 'weight') continue;
    for (const symbol of (tensor.shape?.dims ?? []).flatMap((length) => [...freeSymbolsOf(length)]))
      names.add(symbol);
  }
  return names;
}

/** Tensors behind code that is not read and that a parameter comes to. */
function ofHanded({ tensors }: ForwardPass): ReadonlySet<Tensor> {
  const having = new Set<Tensor>();
  const found = new Set<Tensor>();
  for (const tensor of tensors) {
    const of = operandsOf(tensor);
    if (tensor.op === 'weight' || of.some((one) => having.has(one))) having.add(tensor);
    if (of.some((one) => found.has(one)) || (tensor.op === 'unread' && having.has(tensor))) found.add(tensor);
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

/** Whether it is data that the code has from somewhere, of unknown shape. */
export function isShapeless(tensor: Tensor): boolean {
  if (tensor.op !== 'input' || tensor.span === null || tensor.fill !== null) return false;
  return tensor.shape === null || isAnyShape(tensor.shape);
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
