import type { Exponent } from '@widthwise/core';
import { knownExponent } from '../growth/growth.ts';
import { ROUNDING } from '../growth/rounding.ts';
import type { Tensor } from '../network/graph.ts';
import { operandsOf } from '../network/tensor.ts';
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
  const { biased } = sumsIn(pass);
  return sizesOf(sources, ({ product }) => {
    const node = built.nodes.get(biased.get(product) ?? product);
    return (node === undefined ? null : change.get(node)) ?? null;
  });
}

type InitialSources = Pick<LimitSources, 'pass' | 'built' | 'found' | 'uses'>;

/** Of each weight the size of something about its products; null where they do not agree. */
function sizesOf(
  { built, uses }: InitialSources,
  sizeIn: (use: { readonly product: Tensor; readonly other: Tensor }) => Exponent,
): ReadonlyMap<Weight, Exponent> {
  const sizes = new Map<Weight, Exponent>();
  for (const { product, side, weight } of uses) {
    if (!built.nodes.has(product)) continue;
    const size = sizeIn({ product, other: side.other });
    sizes.set(weight, !sizes.has(weight) || sizes.get(weight) === size ? size : null);
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
 * Null where it goes into none of a size that is known, and beside nothing there that is as large as features are.
 */
export function sharesIn(
  sources: InitialSources & Pick<LimitSources, 'widths'>,
): ReadonlyMap<Weight, Exponent> {
  const { pass, uses } = sources;
  const shares = new Map<Weight, Exponent>();
  const { behind } = sumsIn(pass);
  const sizeOf = (tensor: Tensor) => sizeAtStart(tensor, sources);
  let asTheyAre: Sums['behind'] | undefined;
  const sizesBeside = (product: Tensor) => {
    asTheyAre ??= sumsBehind(pass.tensors, (tensor) => isAsItIs(tensor, sources));
    return (asTheyAre.get(product) ?? []).flatMap(operandsOf).flatMap((one) => sizeOf(one) ?? []);
  };
  for (const { product, weight } of uses) {
    if (weight.role !== 'input') continue;
    const [own, a] = [sizeOf(product), knownExponent(weight.multiplier)];
    if (own === null || a === null) continue;
    const sizes = (behind.get(product) ?? []).flatMap((sum) => sizeOf(sum) ?? []);
    const share = sizes.length > 0 ? own - a - Math.min(...sizes) : shareBeside(own, sizesBeside(product));
    shares.set(weight, !shares.has(weight) || shares.get(weight) === share ? share : null);
  }
  return shares;
}

/**
 * The least that something falls beside what else goes into its sums, whose own sizes are not known: null where nothing of
 * that is as large as features are, as what is not known may be what it falls beside, or larger than all.
 */
function shareBeside(own: number, others: readonly number[]): Exponent {
  const largest = Math.min(...others);
  return largest <= ROUNDING && own > ROUNDING ? own - largest : null;
}

/** Whether a tensor is as large as what it is made of: a factor that is not known may make up for a small start. */
function isAsItIs(tensor: Tensor, { widths }: Pick<LimitSources, 'widths'>): boolean {
  return tensor.op !== 'scale' || knownExponent(widths.growthOf(tensor.factor)) === 0;
}

/** More sums than these are not gone through for each of what they are made of. */
const MOST_SUMS = 8;

/** Sums of a pass, whichever way through its conditions is looked at. */
interface Sums {
  /** The sums that each tensor goes into as it is, but for factors. */
  readonly behind: ReadonlyMap<Tensor, readonly Tensor[]>;
  /** What a product is with a bias. */
  readonly biased: ReadonlyMap<Tensor, Tensor>;
}

const known = new WeakMap<ForwardPass, Sums>();

function sumsIn(pass: ForwardPass): Sums {
  const sums = known.get(pass) ?? {
    behind: sumsBehind(pass.tensors, () => true),
    biased: biasedIn(pass.tensors),
  };
  known.set(pass, sums);
  return sums;
}

function biasedIn(tensors: readonly Tensor[]): ReadonlyMap<Tensor, Tensor> {
  const biased = new Map<Tensor, Tensor>();
  for (const tensor of tensors) {
    const [one, other] = tensor.op === 'add' && tensor.of.length === 2 ? tensor.of : [];
    if (one?.op === 'contract' && other !== undefined && parameterIn(other) !== null) biased.set(one, tensor);
  }
  return biased;
}

function sumsBehind(tensors: readonly Tensor[], goesOn: (tensor: Tensor) => boolean): Sums['behind'] {
  const behind = new Map<Tensor, readonly Tensor[]>();
  for (const tensor of [...tensors].reverse()) {
    const carries =
      tensor.op === 'add' || tensor.op === 'scale' || tensor.op === 'view' || tensor.op === 'repeat';
    if (!carries || !goesOn(tensor)) continue;
    const isSum = tensor.op === 'add' && tensor.of.filter((one) => parameterIn(one) === null).length > 1;
    const mine = [...(isSum ? [tensor] : []), ...(behind.get(tensor) ?? [])];
    for (const operand of operandsOf(tensor)) {
      const all = [...new Set([...(behind.get(operand) ?? []), ...mine])];
      behind.set(operand, all.slice(0, MOST_SUMS));
    }
  }
  return behind;
}
