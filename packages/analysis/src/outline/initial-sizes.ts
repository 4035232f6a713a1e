import type { Exponent } from '@widthwise/core';
import { knownExponent } from '../growth/growth.ts';
import type { Tensor, WeightTensor } from '../network/graph.ts';
import { operandsOf } from '../network/tensor.ts';
import { sidesOf } from './forward/contraction-side.ts';
import { type ForwardPass, parameterIn } from './forward/forward-pass.ts';
import type { LimitSources } from './start-limits.ts';
import type { Weight } from './weights.ts';

/**
 * How large what each weight is applied to is at initialization: e of Θ(n^−e).
 *
 * Null where its uses are applied to something of different sizes, or of one that is not known.
 */
export function inputSizes(sources: InitialSources): ReadonlyMap<Weight, Exponent> {
  const { pass } = sources;
  return sizesOf(sources, ({ other }) => (pass.isData(other) ? 0 : sizeAtStart(other, sources)));
}

/** How large what each weight makes of that is at initialization, before the factors on it: e of Θ(n^−e), or null likewise. */
export function outcomeSizes(sources: InitialSources): ReadonlyMap<Weight, Exponent> {
  return sizesOf(sources, ({ product }) => sizeAtStart(product, sources));
}

/**
 * How large the change of what each weight makes is, with the bias that is added to it and before the factors, once nothing
 * changes any more: e of Θ(n^−e), null likewise and where something grows.
 */
export function outcomeChanges(sources: InitialSources): ReadonlyMap<Weight, Exponent> {
  const { pass, built, found } = sources;
  const { change } = found;
  if (change === null) return new Map();
  const biased = new Map(
    pass.tensors.flatMap((tensor) => {
      const [one, other] = tensor.op === 'add' && tensor.of.length === 2 ? tensor.of : [];
      return one?.op === 'contract' && other !== undefined && parameterIn(other) !== null
        ? [[one as Tensor, tensor] as const]
        : [];
    }),
  );
  return sizesOf(sources, ({ product }) => {
    const node = built.nodes.get(biased.get(product) ?? product);
    return (node === undefined ? null : change.get(node)) ?? null;
  });
}

type InitialSources = Pick<LimitSources, 'pass' | 'built' | 'found' | 'weightOf'>;

/** Of each weight the size of something about its products; null where they do not agree. */
function sizesOf(
  { pass, built, weightOf }: InitialSources,
  sizeIn: (use: { readonly product: Tensor; readonly other: Tensor }) => Exponent,
): ReadonlyMap<Weight, Exponent> {
  const sizes = new Map<Weight, Exponent>();
  for (const product of pass.tensors) {
    if (product.op !== 'contract' || !built.nodes.has(product)) continue;
    for (const { of, other } of sidesOf(product)) {
      const weight = weightIn(parameterIn(of), weightOf);
      if (weight === undefined) continue;
      const size = sizeIn({ product, other });
      sizes.set(weight, !sizes.has(weight) || sizes.get(weight) === size ? size : null);
    }
  }
  return sizes;
}

function sizeAtStart(tensor: Tensor, { built, found }: InitialSources): Exponent {
  const node = built.nodes.get(tensor);
  return (node === undefined ? null : found.init.get(node)) ?? null;
}

/**
 * How much smaller what an input weight makes is, at initialization, than the sums that it goes into: e of Θ(n^−e).
 *
 * Null where it goes into none of a size that is known.
 */
export function sharesIn(sources: InitialSources): ReadonlyMap<Weight, Exponent> {
  const { pass, weightOf } = sources;
  const shares = new Map<Weight, Exponent>();
  const sums = sumsIn(pass);
  const sizeOf = (tensor: Tensor) => sizeAtStart(tensor, sources);
  const products = pass.tensors.filter((tensor) => tensor.op === 'contract');
  for (const { product, of } of products.flatMap((one) =>
    sidesOf(one).map(({ of }) => ({ product: one, of })),
  )) {
    const weight = weightIn(parameterIn(of), weightOf);
    if (weight?.role !== 'input') continue;
    const [own, a] = [sizeOf(product), knownExponent(weight.multiplier)];
    if (own === null || a === null) continue;
    const sizes = (sums.get(product) ?? []).flatMap((sum) => sizeOf(sum) ?? []);
    const share = sizes.length === 0 ? null : own - a - Math.min(...sizes);
    shares.set(weight, !shares.has(weight) || shares.get(weight) === share ? share : null);
  }
  return shares;
}

/** More sums than these are not gone through for each of what they are made of. */
const MOST_SUMS = 8;

/** Of a pass, whichever way through its conditions is looked at. */
const known = new WeakMap<ForwardPass, ReturnType<typeof sumsBehind>>();

function sumsIn(pass: ForwardPass): ReturnType<typeof sumsBehind> {
  const sums = known.get(pass) ?? sumsBehind(pass.tensors);
  known.set(pass, sums);
  return sums;
}

/** The sums that each tensor goes into as it is, but for factors. */
function sumsBehind(tensors: readonly Tensor[]): ReadonlyMap<Tensor, readonly Tensor[]> {
  const behind = new Map<Tensor, readonly Tensor[]>();
  for (const tensor of [...tensors].reverse()) {
    const carries =
      tensor.op === 'add' || tensor.op === 'scale' || tensor.op === 'view' || tensor.op === 'repeat';
    if (!carries) continue;
    const isSum = tensor.op === 'add' && tensor.of.filter((one) => parameterIn(one) === null).length > 1;
    const mine = [...(isSum ? [tensor] : []), ...(behind.get(tensor) ?? [])];
    for (const operand of operandsOf(tensor)) {
      const all = [...new Set([...(behind.get(operand) ?? []), ...mine])];
      behind.set(operand, all.slice(0, MOST_SUMS));
    }
  }
  return behind;
}

function weightIn(tensor: WeightTensor | null, weightOf: LimitSources['weightOf']): Weight | undefined {
  return tensor === null ? undefined : weightOf(tensor);
}
