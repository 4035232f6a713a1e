import { grouped } from '../../grouped.ts';
import { isOne, productOfAll } from '../../growth/product.ts';
import { freeSymbolsOf, type Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Contraction, Multiple, Tensor, View } from '../../network/graph.ts';
import { parameterKey } from '../../network/layer.ts';
import { withoutFactors } from '../../network/without-factors.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';
import { type ContractionSide, type SideDimension, sidesOf } from '../forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from '../forward/forward-pass.ts';
import type { DimensionClasses } from './dimension-classes.ts';

/**
 * Names of what parameters have an entry each of for tokens, as learned queries, latents and positions do: layers that sum
 * over features do the same along it, no parameter sums over it, and of computed tensors nothing does but attention and
 * means. There are as many tokens at every width.
 */
export function tokenAxes(
  { parameters }: ObservedModel,
  pass: ForwardPass,
  classes: DimensionClasses,
): ReadonlySet<WidthSymbol> {
  const { along, summed } = classesAlong(pass, classes);
  const isToken = (tensor: Tensor, place: number) => {
    const one = classes.classOf(tensor, place);
    return along.has(one) && !summed.has(one) && !classes.isSplit(tensor, place);
  };
  const uses = grouped(
    pass.tensors.filter((tensor) => tensor.op === 'weight'),
    parameterKey,
  );
  const [tokens, others] = [new Set<WidthSymbol>(), new Set<WidthSymbol>()];
  for (const { layer, which, dims } of parameters) {
    const used = which === null ? [] : (uses.get(parameterKey({ layer, which })) ?? []);
    for (const [place, length] of (dims ?? []).entries()) {
      const isOfTokens = used.length > 0 && used.every((tensor) => isToken(tensor, place));
      addFree(isOfTokens ? tokens : others, length);
    }
  }
  return new Set([...tokens].filter((symbol) => !others.has(symbol)));
}

function addFree(to: Set<WidthSymbol>, length: Quantity): void {
  for (const symbol of freeSymbolsOf(length)) to.add(symbol);
}

/** Which dimensions layers do the same along, and which are summed over otherwise than by attention. */
function classesAlong({ tensors }: ForwardPass, classes: DimensionClasses) {
  const along = new Set<number>();
  const summed = new Set<number>();
  const means = new Set(tensors.flatMap((tensor) => (isMean(tensor) ? tensor.of : [])));
  const add = (to: Set<number>, of: Tensor, dimensions: readonly SideDimension[]) => {
    for (const { place } of dimensions) to.add(classes.classOf(of, place));
  };
  for (const tensor of tensors) {
    if (tensor.op !== 'contract') continue;
    if (!averages(tensor, means))
      for (const { of, dimensions } of sidesOf(tensor)) add(summed, of, dimensions.filter(isSummed));
    for (const { of, dimensions } of layerInputsIn(tensor)) {
      add(
        along,
        of,
        dimensions.filter((one) => !one.isSummed && !one.isShared),
      );
    }
  }
  const views = tensors.filter((tensor) => tensor.op === 'view').reverse();
  for (let before = -1; before < along.size + summed.size; ) {
    before = along.size + summed.size;
    for (const one of views) handBack(one, { along, summed }, classes);
  }
  return { along, summed };
}

/** What is done to a longer dimension is done to what was laid out in it: to tokens that others were put beside. */
function handBack(
  tensor: View,
  { along, summed }: Readonly<Record<'along' | 'summed', Set<number>>>,
  classes: DimensionClasses,
): void {
  for (const [at, places] of (tensor.from ?? []).entries()) {
    const whole = classes.classOf(tensor, at);
    const isAlong = tensor.part === null && places.length === 1 && along.has(whole);
    for (const place of places) {
      const own = classes.classOf(tensor.of, place);
      if (summed.has(whole)) summed.add(own);
      if (isAlong) along.add(own);
    }
  }
}

function isSummed({ isSummed, length }: SideDimension): boolean {
  return isSummed && !isOne(length);
}

/** What a contraction has that a parameter sums over features of; of two parameters, what a layer is applied to. */
function layerInputsIn(tensor: Contraction): readonly ContractionSide[] {
  return sidesOf(tensor).filter(({ other, of, dimensions }) => {
    const parameter = parameterIn(other);
    if (parameter === null || !dimensions.some(isSummed)) return false;
    return parameterIn(of)?.layer.family === 'parameter' ? parameter.layer.family !== 'parameter' : true;
  });
}

/** Whether a product of computed tensors weighs what it sums over by shares of one, as attention and means do. */
function averages(tensor: Contraction, means: ReadonlySet<Tensor>): boolean {
  return (
    tensor.of.every((one) => parameterIn(one) === null) && (means.has(tensor) || tensor.of.some(isShares))
  );
}

/** A sum over the number of its terms. */
function isMean(tensor: Tensor): tensor is Multiple {
  if (tensor.op !== 'scale' || tensor.of.op !== 'contract') return false;
  const [left] = sidesOf(tensor.of);
  const summed = left?.dimensions.filter(isSummed).map(({ length }) => length) ?? [];
  return isOne(productOfAll([tensor.factor, ...summed]));
}

/** Whether a tensor is shares that sum to 1. */
function isShares(tensor: Tensor): boolean {
  return withoutFactors(tensor).op === 'softmax';
}
